"""Changes to a text: each a stretch of it and what comes in its place."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from sendguard.values import Lines


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text` in the place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Each edit once, the first first; of two that overlap the first."""
    kept: list[Edit] = []
    for edit in sorted(set(edits)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits that are `in_order`; every other character is as it was."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*pieces, text[at:]))


@dataclass(frozen=True, slots=True)
class Shifts:
    """How far each edit moves what stands behind it."""

    ends: tuple[int, ...]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, edits: Sequence[Edit]) -> "Shifts":
        """Those of edits that are `in_order`."""
        lengths = (len(edit.text) - (edit.end - edit.start) for edit in edits)
        return cls(tuple(edit.end for edit in edits), tuple(accumulate(lengths, initial=0)))

    def after(self, offset: int) -> int:
        """Where the character at `offset` stands after the edits."""
        return offset + self.lengths[bisect_right(self.ends, offset)]


def moved(lines: Lines, edits: Sequence[Edit]) -> Lines:
    """Where the lines of the file begin in the text after the edits."""
    shifts = Shifts.of(edits)
    return replace(lines, starts=tuple(map(shifts.after, lines.starts)))
