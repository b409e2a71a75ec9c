"""From the bytes of an audience file to its readers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from sendguard.errors import Unreadable
from sendguard.send.address import parse_address
from sendguard.send.audience.columns import (
    ONE_COLUMN,
    Form,
    find_delimiter,
    is_list_of_addresses,
    read_columns,
)
from sendguard.send.audience.lines import Lines
from sendguard.send.audience.records import BadRow, Record, read_records
from sendguard.send.delivery import Reader
from sendguard.values import Place

# Spreadsheets write it so that other spreadsheets need not guess.
_SEP = re.compile(r"\"?sep=([,;:|\t])\"?\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """An audience file whose first row has been read.

    Attributes:
        columns: Names of the merge fields. One is called `email`: it holds the address as mail is
            sent to it, whatever the file calls its column.
        rows: The readers, and what cannot be one, in order. They can be gone through once, and are
            read as they are asked for; where the file turns out to be in another encoding than
            UTF-8, that raises `Unreadable`.
    """

    columns: tuple[str, ...]
    rows: Iterator[Reader | BadRow]


def read_audience(pieces: Iterable[bytes], name: str) -> Audience:
    """Who is to get it, out of a CSV file.

    Nobody is passed over for being there twice; see `Reader.key`.

    Args:
        pieces: The file, cut as `Lines` says.
        name: Of the file, for complaints.

    Raises:
        Unreadable: It is empty, in another encoding, or no column holds the addresses.

    Source:
        RFC 4180; besides commas, semicolons and tabs.
    """
    lines = Lines(pieces, name)
    records = read_records(lines, _delimiter(lines, name))
    first = next(records, None)
    if first is None:
        raise Unreadable("there is nothing in it", Place(name, 1))
    if isinstance(first, BadRow):
        raise Unreadable(first.says, Place(name, first.line))
    line, cells = first
    if is_list_of_addresses(cells):
        return _audience(ONE_COLUMN, chain([first], records))
    return _audience(read_columns(cells, Place(name, line)), records)


def _delimiter(lines: Lines, name: str) -> str:
    """What parts the cells; leaves the first row the next one to be read."""
    line = lines.peek()
    while line is not None and not line.strip():
        next(lines)
        line = lines.peek()
    if line and "\r" in line.rstrip("\r\n") and not line.endswith("\n"):
        says = "its lines end as on old Macs: save the file again as “CSV UTF-8”"
        raise Unreadable(says, Place(name, 1))
    told = _SEP.fullmatch(line or "")
    if told:
        next(lines)
        return told[1]
    return find_delimiter(line or "")


def _audience(form: Form, records: Iterable[Record | BadRow]) -> Audience:
    return Audience(columns=form.names, rows=(_row(record, form) for record in records))


def _row(record: Record | BadRow, form: Form) -> Reader | BadRow:
    if isinstance(record, BadRow):
        return record
    line, cells = record
    if len(cells) != form.width:
        if any(cells[form.width :]):
            says = f"the row has {len(cells)} cells, but there are {form.width} columns"
            return BadRow(line, says)
        # Programs leave out the empty cells at a row's end, or write some more.
        cells += [""] * (form.width - len(cells))
    try:
        key, address = parse_address(cells[form.email])
    except ValueError as error:
        return BadRow(line, str(error))
    cells[form.email] = address
    return Reader(key=key, address=address, fields=tuple([cells[at] for at in form.picks]))
