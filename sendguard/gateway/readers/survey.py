"""Where the copies of a campaign differ, gathered from what is kept of each reader's own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from sendguard.gateway.readers.parts import OTHER_TEXT, Baseline

_MARK = (1 << 64) - 1
_PLAIN = re.compile(r"(?:[A-Za-z0-9_.~@-]|%[0-9A-Fa-f]{2})*")


@dataclass(slots=True)
class Survey:
    """What is known of all copies, added one by one.

    Attributes:
        baseline: The first copy.
        marks: Every place where copies differ, with a number made of who has what there: two places
            with one number say the same to each reader.
        spelt: Places where somebody has what may be a character spelt out (`&amp;`, `%40`).
        unfit: Places where somebody has what cannot be a part of an address by itself.
        readers: How many copies are known.
        unknown: How many are not.
        has_other_text: Whether the plain texts have not all equally many lines.
    """

    baseline: Baseline
    marks: dict[int, int] = field(default_factory=dict)
    spelt: set[int] = field(default_factory=set)
    unfit: set[int] = field(default_factory=set)
    readers: int = 0
    unknown: int = 0
    has_other_text: bool = False

    def add(self, parts: Mapping[int, str] | None) -> None:
        """Hear of one more copy; None for one of which nothing is known."""
        if parts is None:
            self.unknown += 1
            return
        self.readers += 1
        self.has_other_text |= OTHER_TEXT in parts
        for place, now in self.baseline.whole(parts).items():
            mark = self.marks.get(place, 0) + hash((self.readers, now))
            self.marks[place] = mark & _MARK
            if is_spelt(now):
                self.spelt.add(place)
            if not fits_address(now):
                self.unfit.add(place)

    def knows(self, parts: Mapping[int, str]) -> bool:
        """Is there nothing of a copy that was not heard of before?"""
        is_told = self.has_other_text or OTHER_TEXT not in parts
        return is_told and self.marks.keys() >= self.baseline.whole(parts).keys()


def is_spelt(word: str) -> bool:
    """May a character of it be spelt out, as markup or addresses do?"""
    return "&" in word or "%" in word


def fits_address(word: str) -> bool:
    """Does a part of an address mean the same once it was decoded, and encoded again?"""
    if not _PLAIN.fullmatch(word):
        return False
    if "%" not in word:
        return True
    once = quote(unquote(word), safe="@")
    return once.lower() == word.replace("%40", "@").replace("%7E", "~").lower()
