"""What the first line of an audience file says: how cells are parted, and what they hold."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sendguard.errors import Unreadable
from sendguard.judge.quote import quoted
from sendguard.values import Place

MOST_COLUMNS = 500
EMAIL = "email"
_DELIMITERS = (",", ";", "\t")
_MOST_NAMED = 8

# The surest first: a column `address` beside a column `mail` holds streets.
_NAMES = (
    *("email", "emailaddress", "emailadresse", "adresseemail", "correoelectronico"),
    *("correoelectrónico", "courriel", "correo", "mailaddress", "mailadresse", "mail", "address"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the rows of an audience file are to be read.

    Attributes:
        names: What the columns are called, as merge fields; always with one called `email`.
        picks: Where in a row the cell of each of them stands.
        email: Where the address stands.
        width: Cells of a row.
    """

    names: tuple[str, ...]
    picks: tuple[int, ...]
    email: int
    width: int


ONE_COLUMN = Form(names=(EMAIL,), picks=(0,), email=0, width=1)
"""A list of addresses without a first line that names them."""


def find_delimiter(line: str) -> str:
    """What parts the cells, judged by the first line: comma, semicolon or tab."""
    cut = {delimiter: _cells(line, delimiter) for delimiter in _DELIMITERS}
    return max(cut, key=lambda one: (_email_column(cut[one]) is not None, len(cut[one])))


def is_list_of_addresses(cells: Sequence[str]) -> bool:
    """Is the first row no line of names, but a first address?"""
    return len(cells) == 1 and "@" in cells[0]


def read_columns(cells: Sequence[str], at: Place) -> Form:
    """The form of the rows below a first row that names the columns.

    Raises:
        Unreadable: None of them, or more than one, holds the addresses; two have one name.
    """
    names = [cell.strip() for cell in cells]
    if len(names) > MOST_COLUMNS:
        raise Unreadable(f"it has {len(names):,} columns; {MOST_COLUMNS} are the most", at)
    _refuse_doubles(names, at)
    email = _email_column(names)
    if email is None:
        raise Unreadable(
            "no column is called `email`, so nobody knows where the addresses are. "
            f"{_columns(names)}",
            at,
        )
    picked = [(name, place) for place, name in enumerate(names) if name]
    if EMAIL not in names:
        picked.append((EMAIL, email))
    return Form(
        names=tuple(name for name, _ in picked),
        picks=tuple(place for _, place in picked),
        email=email,
        width=len(names),
    )


def own_columns(names: Sequence[str]) -> int:
    """How many of the names, which are the first, stand in the file; what follows repeats one."""
    before = names[:-1]
    is_repeated = names[-1:] == (EMAIL,) and _email_column(before) is not None
    return len(before) if is_repeated else len(names)


def _refuse_doubles(names: Sequence[str], at: Place) -> None:
    counts = Counter(filter(None, names))
    double = next((name for name, count in counts.items() if count > 1), None)
    if double is not None:
        raise Unreadable(f"two columns are called {quoted(double)}: rename one of them", at)


def _columns(names: Sequence[str]) -> str:
    told = ", ".join(quoted(name, 40) for name in names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    if any("@" in name for name in names):
        return f"The first row has to name the columns; it says {told}{more}"
    return f"The columns are {told}{more}"


def _email_column(names: Sequence[str]) -> int | None:
    """Where the addresses stand; None where no name says so."""
    plain = {_plain(name): place for place, name in reversed(tuple(enumerate(names)))}
    return next((plain[name] for name in _NAMES if name in plain), None)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum()) if name else ""


def _cells(line: str, delimiter: str) -> Sequence[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), ())
    except csv.Error:
        return ()
