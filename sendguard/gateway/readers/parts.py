"""What of a copy is its reader's own: where it differs from the first copy of its campaign.

A correction is made of it: each reader gets his own name and his own way to unsubscribe again. A
copy is cut into pieces (lines of its headers and its plain text; the tags, and the texts between
them, of its HTML), and those that differ into words. A place is the number of a word, counted
from 1 through all pieces of the first copy, what stands between words counted too.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, chain, islice

from sendguard.gateway.cut import cut
from sendguard.gateway.opened import Inside, Opened, worded
from sendguard.gateway.readers.enclosing import numbered

OTHER_TEXT = 0
"""The place that stands for the whole plain text, where it has other lines than the first one's."""

TO = -1
"""The place that stands for the reader's name as `To` has it; no other copy says the same there."""

MOST_PLACES = 400
MOST_LETTERS = 8_000
"""Of one reader's own, all together."""

_WORD = re.compile(r"([^\s/?&=#\"'<>;,:()!]+)")
_LONGEST_LINK = 2_000
_TOLD_APART = 8  # letters of a word that is hardly ever another reader's too
_WEB = re.compile(r"<\s*(https?://[^<>]{1,4000})>", re.IGNORECASE)


class Line(IntEnum):
    """The pieces in front, which every message has."""

    SUBJECT = 0
    UNSUBSCRIBE = 1
    REPLY_TO = 2


@dataclass(frozen=True, slots=True)
class Pieces:
    """A message in pieces.

    Attributes:
        every: The lines of `Line`, those of the text, and what `cut` makes of the HTML.
        text: Where the text begins.
        html: Where the HTML begins.
    """

    every: Sequence[str]
    text: int
    html: int

    @property
    def has_text(self) -> bool:
        """Is there plain text in it?"""
        return self.html > self.text

    @property
    def shape(self) -> tuple[bool, int]:
        """What is the same for all copies of a campaign."""
        return self.has_text, len(self.every) - self.html

    @classmethod
    def of(cls, inside: Inside) -> "Pieces":
        """A message cut into pieces."""
        front = [
            worded(inside.first("subject")),
            one_click(inside) or "",
            inside.first("reply-to"),
        ]
        plain, markup = inside.shown("text/plain"), inside.shown("text/html")
        text = [] if plain is None else plain.split("\n")
        html = [] if markup is None else cut(numbered(markup, inside))
        begins = len(front) + len(text)
        return cls(every=[*front, *text, *html], text=len(front), html=begins)


def one_click(inside: Inside) -> str | None:
    """The address by which one click unsubscribes (RFC 8058, section 3.1); None for none."""
    if "list-unsubscribe-post" not in inside.headers:
        return None
    found = _WEB.search(inside.first("list-unsubscribe"))
    return "".join(found[1].split()) if found else None


def words_of(piece: str) -> list[str]:
    """What stands between words at even places, words at odd ones; joined, they are the piece."""
    return _WORD.split(piece)


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The first copy of a campaign, made ready for others to be held against it.

    Attributes:
        pieces: It.
        words: All of it, as `words_of` parts its pieces; the first one is at place 1.
        starts: The place at which each piece begins, and one behind the last.
        again: The places of each long word that stands in several.
        alone: By such a word, the pieces that it stands in as a whole word alone, with its places.
    """

    pieces: Pieces
    words: Sequence[str]
    starts: Sequence[int]
    again: Mapping[str, Sequence[int]]
    alone: Mapping[str, Mapping[int, Sequence[int]]]

    @classmethod
    def of(cls, first: Opened) -> "Baseline | None":
        """Make it ready; None where its text is too large to be looked into."""
        return cls.of_pieces(Pieces.of(first.inside)) if first.inside.is_read else None

    @classmethod
    def of_pieces(cls, pieces: Pieces) -> "Baseline":
        """As `of`, of a message that was cut."""
        parted = [words_of(piece) for piece in pieces.every]
        starts = tuple(accumulate(map(len, parted), initial=1))
        words = list(chain.from_iterable(parted))
        again = _again(words)
        few = islice(again, MOST_PLACES)
        alone = {word: _alone(word, pieces.every, starts, again[word]) for word in few}
        return cls(pieces=pieces, words=words, starts=starts, again=again, alone=alone)

    def parts(self, copy: Opened) -> Mapping[int, str] | None:
        """What of a copy is its reader's own, by place: what stands there in that one's place.

        Returns:
            None where it is not built as the first one is, or too little of it is the same.
        """
        return self.parts_of(Pieces.of(copy.inside)) if copy.inside.is_read else None

    def parts_of(self, copy: Pieces) -> Mapping[int, str] | None:
        """As `parts`, of a copy that was cut."""
        if self.pieces.shape != copy.shape:
            return None
        own, theirs, done = dict[int, str](), self._lined_up(copy), set[int]()
        for number, (old, new) in enumerate(zip(self.pieces.every, theirs, strict=True)):
            if old != new and number not in done:
                found = dict(self._words_own(number, new))
                own |= found
                if len(own) > MOST_PLACES:
                    return None
                for place, now in found.items():
                    self._look_ahead(place, now, theirs, own, done)
        told = self._shortened(own)
        if copy.html != self.pieces.html:
            told[OTHER_TEXT] = ""
        return told if sum(map(len, told.values())) <= MOST_LETTERS else None

    def whole(self, parts: Mapping[int, str]) -> Mapping[int, str]:
        """What a copy has at every place where it differs, from its `parts`."""
        own = {place: now for place, now in parts.items() if place > 0}
        for place in tuple(own):
            for other in self.again.get(self.words[place - 1], ()):
                own.setdefault(other, own[place])
        return own

    def words_at(self, piece: int) -> Sequence[str]:
        """Those of one piece."""
        return self.words[self.starts[piece] - 1 : self.starts[piece + 1] - 1]

    def _lined_up(self, copy: Pieces) -> Sequence[str]:
        """The copy's pieces in the places of ours; of a text with other lines, our own."""
        first = self.pieces
        if copy.html == first.html:
            return copy.every
        front, text = copy.every[: first.text], first.every[first.text : first.html]
        return [*front, *text, *copy.every[copy.html :]]

    def _look_ahead(
        self, place: int, now: str, theirs: Sequence[str], own: dict[int, str], done: set[int]
    ) -> None:
        """The pieces where this same word is all that differs: a token stands in every link."""
        word = self.words[place - 1]
        for piece, places in self.alone.get(word, {}).items():
            if piece not in done and self.pieces.every[piece].replace(word, now) == theirs[piece]:
                own.update(dict.fromkeys(places, now))
                done.add(piece)

    def _words_own(self, piece: int, text: str) -> Iterator[tuple[int, str]]:
        old, new, start = self.words_at(piece), words_of(text), self.starts[piece]
        if len(old) == len(new) and old[::2] == new[::2]:
            pairs = enumerate(zip(old, new, strict=True), start)
            yield from ((place, now) for place, (was, now) in pairs if was != now)
            return
        begin, end = _between(old, new)
        yield start + begin, "".join(new[begin : len(new) - len(old) + end])
        yield from ((place, "") for place in range(start + begin + 1, start + end))

    def _shortened(self, own: dict[int, str]) -> dict[int, str]:
        """A long word that differs alike wherever it stands is told once; see `whole`."""
        for word in {self.words[place - 1] for place in own} & self.again.keys():
            places = self.again[word]
            now = [own.get(place, word) for place in places]
            own.update(zip(places, now, strict=True))
            for place in places[1:] if len(set(now)) == 1 else ():
                del own[place]
        return own


def _again(words: Sequence[str]) -> Mapping[str, Sequence[int]]:
    places = defaultdict[str, list[int]](list)
    for place, word in enumerate(words, 1):
        if len(word) >= _TOLD_APART:
            places[word].append(place)
    return {word: found for word, found in places.items() if 1 < len(found) <= MOST_PLACES}


def _alone(
    word: str, every: Sequence[str], starts: Sequence[int], places: Sequence[int]
) -> Mapping[int, Sequence[int]]:
    held: dict[int, list[int]] = {}
    for place in places:
        held.setdefault(bisect_right(starts, place) - 1, []).append(place)
    short = {piece: some for piece, some in held.items() if len(every[piece]) <= _LONGEST_LINK}
    return {piece: some for piece, some in short.items() if every[piece].count(word) == len(some)}


def _between(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """The part of `old` that is replaced: from a word to behind a word, where there are any."""
    most, begin, end = min(len(old), len(new)), 0, 0
    while begin < most and old[begin] == new[begin]:
        begin += 1
    while end < most - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    begin = min(begin, len(old) - 1)
    begin = max(begin - 1, 0) if begin % 2 == 0 else begin
    behind = max(len(old) - end, begin + 1)
    return begin, min(behind + behind % 2, len(old))
