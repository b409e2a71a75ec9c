"""The rows of a CSV file, each with its line; one that is broken costs no other."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sendguard.send.audience.lines import Lines, TooLong

Record: TypeAlias = tuple[int, list[str]]
"""The line on which a row begins, and its cells."""

QUOTES = (
    "its quotation marks do not match: a cell that begins with one has to end with one, "
    "and one inside it is written twice"
)
TOO_LONG = "the row is too long to be a reader's"
NUL = "the row holds the character NUL, which no text has"
OLD_LINE_END = (
    "a line end of another kind stands in the row, so all that this line holds is left out "
    "({rows} rows, it seems): save the file again as “CSV UTF-8”"
)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used.

    Attributes:
        line: On which it begins, from 1.
        says: What is wrong with it.
    """

    line: int
    says: str


def read_records(lines: Lines, delimiter: str) -> Iterator[Record | BadRow]:
    """The rows that are not blank.

    A quotation mark that is never closed would swallow all that follows, so behind a row that
    cannot be read it goes on with the very next line. Each line is read twice at most.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, TooLong) as error:
            yield BadRow(lines.first, _complaint(error, lines))
            lines.go_back()
            continue
        if lines.has_nul:
            yield BadRow(lines.first, NUL)
        elif any(cells):
            yield lines.first, cells


def _complaint(error: Exception, lines: Lines) -> str:
    if "new-line" in str(error):
        return OLD_LINE_END.format(rows=lines.old_line_ends + 1)
    if lines.has_more or not (isinstance(error, TooLong) or "limit" in str(error)):
        return QUOTES
    return TOO_LONG
