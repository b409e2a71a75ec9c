"""Bytes of a body changed in its own transfer encoding, in as few of its lines as that takes."""

import re
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sendguard.read.message.transfer import decode_rows

_WIDEST = 76
"""Of an encoded line (RFC 2045, sections 6.7 and 6.8)."""

_QUOTED = re.compile(rb"=[0-9A-Fa-f]{2}|.", re.DOTALL)
_SAFE = frozenset(range(33, 127)) - {ord("=")}


@dataclass(frozen=True, slots=True)
class Change:
    """`put` in the place of what stands from `start` to `end` in the decoded bytes."""

    start: int
    end: int
    put: bytes


def changed_rows(rows: Sequence[bytes], encoding: str, changes: Sequence[Change]) -> list[bytes]:
    """The rows of a body with its changes.

    Args:
        rows: Its lines, with their ends.
        encoding: Of the lines; see `read.message.transfer`.
        changes: In order; none overlaps another.
    """
    match encoding:
        case "quoted-printable":
            return _quoted(rows, changes)
        case "base64":
            return _base64(rows, changes)
        case _:
            return [_put(b"".join(rows), changes)]


def _put(raw: bytes, changes: Iterable[Change]) -> bytes:
    pieces, at = [], 0
    for change in changes:
        pieces += [raw[at : change.start], change.put]
        at = change.end
    return b"".join((*pieces, raw[at:]))


def _base64(rows: Sequence[bytes], changes: Sequence[Change]) -> list[bytes]:
    """All of it anew, in lines as long as the first one."""
    whole = b64encode(_put(b"".join(decode_rows(rows, "base64")), changes))
    first = next(row for row in rows if row.strip())
    last = max(at for at, row in enumerate(rows) if row.strip())
    width = len(first.strip()) // 4 * 4 or _WIDEST
    lines = (whole[at : at + width] + _end(first) for at in range(0, len(whole), width))
    return [*lines, *rows[last + 1 :]]


def _quoted(rows: Sequence[bytes], changes: Sequence[Change]) -> list[bytes]:
    """Only the lines anew in which something changes, and what they are continued by."""
    starts = list(
        accumulate((len(chunk) for chunk in decode_rows(rows, "quoted-printable")), initial=0)
    )
    done: list[bytes] = []
    at = 0
    for first, last, several in _by_rows(changes, starts):
        done += rows[at:first]
        done += _rewritten(rows[first : last + 1], starts[first], several)
        at = last + 1
    return [*done, *rows[at:]]


def _by_rows(
    changes: Iterable[Change], starts: Sequence[int]
) -> Iterator[tuple[int, int, list[Change]]]:
    """The first and the last row that changes touch; those that share a row together."""
    first, last, several = 0, -1, list[Change]()
    for change in changes:
        begins, ends = _row(change.start, starts), _row(max(change.start, change.end - 1), starts)
        if several and begins > last:
            yield first, last, several
            several = []
        first = first if several else begins
        last = ends
        several.append(change)
    if several:
        yield first, last, several


def _row(offset: int, starts: Sequence[int]) -> int:
    return min(bisect_right(starts, offset) - 1, len(starts) - 2)


def _rewritten(rows: Sequence[bytes], start: int, changes: Sequence[Change]) -> list[bytes]:
    pieces = [piece for row in rows for piece in _pieces(row)]
    at, changed = 0, list[bytes]()
    for change in changes:
        changed += pieces[at : change.start - start]
        changed += [bytes([byte]) if byte in _SAFE else b"=%02X" % byte for byte in change.put]
        at = change.end - start
    end = _end(rows[0]) or b"\r\n"
    return list(_wrapped([*changed, *pieces[at:]], end, ends=not _is_continued(rows[-1])))


def _pieces(row: bytes) -> list[bytes]:
    """What stands for one byte each, the end of the line included."""
    line = row.rstrip(b" \t\r\n")
    is_continued = _is_continued(row)
    pieces = _QUOTED.findall(line[:-1] if is_continued else line)
    # A lone "=" is damage that is read as itself; what comes to stand behind it must not change it.
    whole = [b"=3D" if piece == b"=" else piece for piece in pieces]
    return whole if is_continued or not _end(row) else [*whole, _end(row)]


def _wrapped(pieces: Iterable[bytes], end: bytes, *, ends: bool) -> Iterator[bytes]:
    """The pieces in lines that are not too long; the last is continued where it does not end."""
    line = b""
    for piece in pieces:
        if piece[-1:] in {b"\n", b"\r"}:
            yield line + piece
            line = b""
            continue
        if len(line) + len(piece) >= _WIDEST:
            yield line + b"=" + end
            line = b""
        line += piece
    if line:
        yield line if ends else line + b"=" + end


def _is_continued(row: bytes) -> bool:
    return row.rstrip(b" \t\r\n").endswith(b"=")


def _end(row: bytes) -> bytes:
    return row[len(row.rstrip(b"\r\n")) :]
