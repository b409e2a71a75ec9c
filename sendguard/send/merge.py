"""Merge fields: what stands in a newsletter in each reader's place, and what is put there."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sendguard.errors import Unreadable

ADDRESS = "email"
"""The field that everybody has."""

WAY_OUT = "unsubscribe_url"
"""The field that `mail.unsubscribe` fills in where no column has it."""

LONGEST_IN_HEADER = 200
"""Characters of a reader's value in a header: a name has fewer."""

Values: TypeAlias = tuple[str, ...]
"""What one reader's fields say, in the order of the columns, and the address at the end."""

Value: TypeAlias = Callable[[Values], str]
"""Finds what a field says to one reader."""

# No letter is read twice: every part ends where a brace begins.
_FIELD = re.compile(
    r"""(?<!\{)\{\{\s*+(?P<name>\w++(?:[ .-]\w++){0,9}+)\s*+
    (?:\|\s*+default\s*+:\s*+(?P<quote>"|'|&quot;|&apos;|&\#3[49];)
    (?P<default>[^{}]{0,300}?)(?P=quote)\s*+)?\}\}(?!\})""",
    re.VERBOSE,
)
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# What turns the direction of letters: behind it, a line says something else than it seems to.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FILLER = "x"  # a letter that means nothing anywhere


@dataclass(frozen=True, slots=True)
class Field:
    """A merge field, `{{ name }}` or `{{ name | default: "reader" }}`.

    Attributes:
        name: As written.
        default: For readers whose cell is empty, or for all where no column has the name; None
            where nothing is said.
    """

    name: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A merge field where it stands in a text, from offset `start` to before `end`."""

    field: Field
    start: int
    end: int


def find_fields(text: str, *, markup: bool = False) -> Iterator[Found]:
    """Every merge field, in order; anything else between braces is none of ours.

    Args:
        text: To look at.
        markup: It is HTML, so that a default may hold `&amp;` and the like.
    """
    for found in _FIELD.finditer(text):
        default = found["default"]
        if markup and default is not None:
            default = html.unescape(default)
        yield Found(Field(found["name"], default), found.start(), found.end())


def by_default(text: str) -> str:
    """A text, not of markup, as it says to somebody of whom nothing is known."""
    return _filled(text, lambda field: field.default)


def for_reader(text: str, columns: Sequence[str], values: Values) -> str:
    """A text, not of markup, as it says to one reader."""

    def said(field: Field) -> str | None:
        return None if is_missing(field, columns) else valued(field, columns)(values)

    return _filled(text, said)


def _filled(text: str, says: Callable[[Field], str | None]) -> str:
    pieces, end = [], 0
    for found in find_fields(text):
        said = says(found.field)
        pieces += [text[end : found.start], f"[{found.field.name}]" if said is None else said]
        end = found.end
    return "".join([*pieces, text[end:]])


def mask(text: str, fields: Iterable[Found]) -> str:
    """The text with a word of the same length in the place of each field.

    A field may hold quotes and blanks, which say nothing about the text around it.
    """
    pieces, end = [], 0
    for found in fields:
        pieces += [text[end : found.start], _FILLER * (found.end - found.start)]
        end = found.end
    return "".join([*pieces, text[end:]])


def is_missing(field: Field, columns: Sequence[str]) -> bool:
    """Whether nothing says what to put there."""
    return field.default is None and _column(field.name, columns) is None


def valued(field: Field, columns: Sequence[str]) -> Value:
    """How to find what the field says to a reader; see `Values`.

    Raises:
        Unreadable: Nothing says it.
    """
    at, default = _column(field.name, columns), one_line(field.default or "")
    if at is None:
        if field.default is None:
            raise Unreadable(says_missing([field.name]))
        return lambda _: default
    column = at

    def value(values: Values) -> str:
        return one_line(values[column]) or default

    return value


def says_missing(names: Iterable[str]) -> str:
    """That fields are to be filled in which the audience does not have."""
    missing = tuple(names)
    fields = ", ".join(f"{{{{ {name} }}}}" for name in missing)
    if missing == (WAY_OUT,):
        return f"nothing says what {fields} is: set mail.unsubscribe in config.yaml"
    return (
        f"the audience has no column for {fields}: add it, or write what stands there for those "
        'who have none, as in {{ name | default: "reader" }}'
    )


def is_one_line(text: str) -> bool:
    """Whether there are no line ends, control characters and halves of characters in it."""
    return text.isprintable() or not _UNFIT.search(text)


def one_line(text: str) -> str:
    """The text without line ends and control characters, and without blanks around it."""
    return (text if is_one_line(text) else _UNFIT.sub(" ", text)).strip()


def find_unfit(text: str) -> str | None:
    """The first character that no header may hold: of line ends, control or direction."""
    found = None if text.isprintable() else _UNFIT.search(text) or _TURNING.search(text)
    return found and found[0][0]


def in_header(value: str) -> str:
    """A reader's value as a header may hold it: without what turns directions, and not too long."""
    return _TURNING.sub("", value)[:LONGEST_IN_HEADER]


def _column(name: str, columns: Sequence[str]) -> int | None:
    """The exact name before one in other letters; the address stands behind all columns."""
    if name.casefold() == ADDRESS:
        return len(columns)
    alike = [at for at, column in enumerate(columns) if column.casefold() == name.casefold()]
    exact = [at for at in alike if columns[at] == name]
    return next(iter((*exact, *alike)), None)
