"""Where the characters of one text stand in another that has something more."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sendguard.read import Medium

_MARKUP = re.compile(r"<[^<>]*+>|[^<>]++|[<>]")
_LINES = re.compile(r"[^\n]*+\n|[^\n]++")
_CUTS = {Medium.HTML: (">", "<", _MARKUP), Medium.TEXT: ("\n", "\n", _LINES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """What stands in both: where in the one, how far, and where in the other."""

    start: int
    end: int
    there: int


@dataclass(frozen=True, slots=True)
class Lost:
    """A piece that is not there any more: where it stood, and what it was."""

    offset: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """One text found again in another.

    Attributes:
        stretches: Of the first text what is in the second, in order.
        lost: What of the first is not in the second.
    """

    stretches: tuple[_Stretch, ...]
    lost: tuple[Lost, ...]

    def there(self, offset: int) -> int | None:
        """Where the character at `offset` of the first text stands in the second."""
        at = bisect_right(self.stretches, offset, key=lambda stretch: stretch.start) - 1
        stretch = self.stretches[at] if at >= 0 else None
        if stretch is None or offset >= stretch.end:
            return None
        return offset - stretch.start + stretch.there


def align(one: str, other: str, medium: Medium, *, most_lost: int) -> Alignment:
    """Find `one` in `other`: both have the same beginning and end, and what is between is searched.

    Args:
        one: What went before.
        other: The same with something put in.
        medium: HTML is compared by tags and the words between them, plain text by lines.
        most_lost: So many pieces may be missing; behind one more the search ends.
    """
    start, end = _middle(one, other, medium)
    last = end + len(other) - len(one)
    pieces = _CUTS[medium][2]
    stretches = [_Stretch(start=0, end=start, there=0)]
    lost: list[Lost] = []
    known = [(found.start(), found[0]) for found in pieces.finditer(other, start, last)]
    at = 0
    for found in pieces.finditer(one, start, end):
        met = _next(known, at, found[0])
        if met is None:
            lost.append(Lost(found.start(), found[0]))
            if len(lost) > most_lost:
                break
            continue
        stretches.append(_Stretch(start=found.start(), end=found.end(), there=known[met][0]))
        at = met + 1
    stretches.append(_Stretch(start=end, end=len(one) + 1, there=last))
    return Alignment(stretches=tuple(stretches), lost=tuple(lost))


def _next(known: Sequence[tuple[int, str]], at: int, piece: str) -> int | None:
    return next((here for here in range(at, len(known)) if known[here][1] == piece), None)


def _middle(one: str, other: str, medium: Medium) -> tuple[int, int]:
    """Where the two begin to differ and end to differ in the first, at the edges of pieces."""
    ends, begins, _ = _CUTS[medium]
    shorter = min(len(one), len(other))
    start = one.rfind(ends, 0, _same(one, other, shorter)) + 1
    behind = _same(one[::-1], other[::-1], shorter - start)
    edge = one.find(begins, len(one) - behind)
    if edge < 0:
        return start, len(one)
    return start, edge + (1 if ends == begins else 0)


def _same(one: str, other: str, most: int) -> int:
    """How many characters at the beginning are the same, at most `most`."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low
