"""Where in a piece copies differ: words next to each other together."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sendguard.correct.edits import Edit
from sendguard.gateway.readers.parts import Baseline
from sendguard.gateway.readers.survey import Survey, fits_address
from sendguard.send.escape import in_address


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a piece, from `begin` to before `stop`, and the places that it is made of."""

    places: range
    begin: int
    stop: int

    def edit(self, text: str) -> Edit:
        """Something else in its place."""
        return Edit(self.begin, self.stop, text)


def find_runs(baseline: Baseline, piece: int, personal: AbstractSet[int]) -> tuple[Run, ...]:
    """Those of one piece, in order, none next to another."""
    every = range(baseline.starts[piece], baseline.starts[piece + 1])
    found: list[range] = []
    for place in every:
        if place in personal:
            wide = _with_neighbours(place, every)
            if found and wide.start < found[-1].stop:
                wide = range(found.pop().start, wide.stop)
            found.append(wide)
    return tuple(_run(baseline, places, every.start) for places in found)


def fits(survey: Survey, run: Run, before: str) -> bool:
    """Can it be a field in an address, behind the words `before`, for each reader?"""
    place = run.places.start
    is_word = len(run.places) == 1 and place not in survey.unfit
    return is_word and fits_address(survey.baseline.words[place - 1]) and bool(in_address(before))


def _with_neighbours(place: int, every: range) -> range:
    """What differs between two words is one with both: a field has no blanks at its ends."""
    if (place - every.start) % 2:
        return range(place, place + 1)
    return range(max(place - 1, every.start), min(place + 2, every.stop))


def _run(baseline: Baseline, places: range, start: int) -> Run:
    words = baseline.words
    begin = sum(len(words[place - 1]) for place in range(start, places.start))
    stop = begin + sum(len(words[place - 1]) for place in places)
    return Run(places, begin, stop)
