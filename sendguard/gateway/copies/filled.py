"""Words of a headline that are filled in for each reader, told by campaigns with others there.

One headline tells nobody: `Anna` is a reader of one newsletter and the heroine of another. Three
campaigns with the same links do, which went to three readers at about the same time and say three
different things in one place alone. What differs from them only there is a copy of the first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from itertools import islice

from sendguard.gateway.copies.boxes import addresses_of
from sendguard.gateway.copies.differences import Difference
from sendguard.gateway.copies.same import apart_in_words
from sendguard.gateway.copies.texts import Apart, core
from sendguard.gateway.copies.value import Words, may_say
from sendguard.gateway.stream import Copy, Standing, Stream

FEWEST = 3
"""Campaigns that show it: with two it may as well be a headline that somebody put right."""
MOST_FIELDS, MOST_PLACES = 2, 8
"""A name and a number, say; the same one may stand in the subject, a headline and a label."""
TOGETHER = timedelta(hours=1)
"""Within that they began: next week's headline is not filled in."""
AFTER = timedelta(days=6)
"""So long they speak for copies that still come: mail servers try again for five days."""
MOST_KNOWN, MOST_COMPARED = 100, 20
"""Campaigns that a copy is held against, and of these the ones that are held side by side."""


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """Words of a copy: which text they stand in, from which one on, and up to before which one."""

    text: int
    begin: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Near:
    """A campaign, and the headlines and the like that a copy has otherwise."""

    stream: Stream
    apart: tuple[Apart, ...]

    def places(self) -> Iterator[_Place]:
        """Where, in the copy."""
        for text in self.apart:
            for one in text.every:
                yield _Place(text.at, one.at, one.at + len(one.ours))

    def says(self, place: _Place, words: Words) -> tuple[str, ...]:
        """What the campaign has where the copy has these words."""
        said, at = list[str](), place.begin
        for one in (one for text in self.apart if text.at == place.text for one in text.every):
            if place.begin <= one.at and one.at + len(one.ours) <= place.stop:
                said += (*words[at - place.begin : one.at - place.begin], *one.theirs)
                at = one.at + len(one.ours)
        return (*said, *words[at - place.begin :])


def stream_of_filled(copy: Copy, streams: Iterable[Stream], now: datetime) -> Stream | None:
    """The campaign of a copy that differs from others of its key in what is filled in alone.

    It is the first one of three, unless a person discarded that: all later copies come to it,
    whichever process has them, and its ruling is theirs. Where checks say different things of the
    three, what stands there matters, and each is to be checked for itself; so nothing goes out on
    the pass of the first while others are being checked.

    Args:
        copy: It; no copy of any of them by itself.
        streams: Those of its key that are known.
        now: In UTC.

    Returns:
        None where nothing tells so.
    """
    recent = [one for one in streams if one.since >= now - AFTER]
    if len(recent) < FEWEST:
        return None
    recent.sort(key=lambda one: (one.since, one.fingerprint))
    found = (_near(copy, one) for one in recent[:MOST_KNOWN])
    near = [*islice((one for one in found if one), MOST_COMPARED)]
    shown = (_shown(copy, near[at:]) for at in range(len(near) - FEWEST + 1))
    group = next((one for one in shown if one and not _disagree(one)), None)
    return _whose_ruling(group) if group else None


def standing_as_filled(copy: Copy, stream: Stream, streams: Iterable[Stream]) -> Standing | None:
    """How a copy stands by now that came to a campaign by what is filled in.

    It came while checks were being made, and they may have said different things since.

    Args:
        copy: It; no copy of the campaign by itself.
        stream: The campaign, which passed.
        streams: All of its key, as they stand now.

    Returns:
        None where what is filled in no longer tells of it.
    """
    found = stream_of_filled(copy, streams, stream.since)
    return found.standing if found else None


def alike_but_for_filled(stream: Stream, streams: Iterable[Stream]) -> tuple[Stream, ...]:
    """Those that began at about the same time, and differ from it in what may be filled in alone.

    They may be the same newsletter, and are decided each for itself.
    """
    near = (
        _near(stream.first, one) for one in streams if abs(one.since - stream.since) <= TOGETHER
    )
    return tuple(one.stream for one in near if one and _is_filled_in(stream.first, [one]))


def _near(copy: Copy, stream: Stream) -> _Near | None:
    if not _are_two_readers(copy, stream.first):
        return None  # whoever tries a headline out sends it to himself again
    apart = apart_in_words(copy, stream)
    if not apart or sum(len(text.every) for text in apart) > MOST_PLACES:
        return None
    return _Near(stream, tuple(map(_refined, apart)))


def _refined(text: Apart) -> Apart:
    """The same by single words: between a name and a number may stand one that all have."""
    return Apart(text.at, tuple(one for wide in text.every for one in _parts(wide)))


def _parts(wide: Difference) -> Iterator[Difference]:
    ours, theirs = wide.ours, wide.theirs
    matched = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, begin, stop, start, end in matched.get_opcodes():
        if tag != "equal":
            yield Difference(ours=ours[begin:stop], theirs=theirs[start:end], at=wide.at + begin)


def _are_two_readers(one: Copy, other: Copy) -> bool:
    ours, theirs = addresses_of(one), addresses_of(other)
    return not ours <= theirs and not theirs <= ours


def _shown(copy: Copy, near: Sequence[_Near]) -> list[Stream] | None:
    """The first of them with two later ones that show with it that something is filled in."""
    chosen = [near[0]]
    for one in near[1:]:
        if one.stream.since - near[0].stream.since > TOGETHER:
            return None
        if _is_filled_in(copy, (*chosen, one)):
            chosen.append(one)
        if len(chosen) == FEWEST:
            return [found.stream for found in chosen]
    return None


def _is_filled_in(copy: Copy, near: Sequence[_Near]) -> bool:
    """Whether each of them has something of its own wherever the copy differs from any.

    One with the same plan and another name tells of names; beside it, one with another plan as well
    tells nothing, as it may be of a campaign that was put right meanwhile.
    """
    firsts = [one.stream.first for one in near]
    if not all(_are_two_readers(firsts[-1], other) for other in firsts[:-1]):
        return False
    fields = set[tuple[str, ...]]()
    for place in _merged(one for every in near for one in every.places()):
        text = copy.texts[place.text].split()
        ours = text[place.begin : place.stop]
        theirs = [one.says(place, ours) for one in near]
        if not may_say(ours, theirs, is_whole=len(ours) == len(text)):
            return False
        fields.add(tuple(" ".join(map(core, words)) for words in (ours, *theirs)))
    return len(fields) <= MOST_FIELDS and all(len({*field}) == len(field) for field in fields)


def _merged(places: Iterable[_Place]) -> list[_Place]:
    """In order; of those that overlap or touch one."""
    found: list[_Place] = []
    for place in sorted(places):
        last = found[-1] if found else None
        if last and last.text == place.text and place.begin <= last.stop:
            found[-1] = _Place(last.text, last.begin, max(last.stop, place.stop))
        else:
            found.append(place)
    return found


def _whose_ruling(group: Sequence[Stream]) -> Stream:
    """The first one, unless a person wants none of it to go out and not yet none of the others."""
    first = next((one for one in group if one.standing is not Standing.DISCARDED), group[0])
    if first.standing is not Standing.PASSED or first.ruling.by is not None:
        return first
    return next((one for one in group if one.standing is Standing.CHECKING), first)


def _disagree(group: Iterable[Stream]) -> bool:
    found = {one.standing for one in group if one.ruling.by is None}
    return {Standing.PASSED, Standing.BLOCKED} <= found
