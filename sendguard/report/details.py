"""The rows beneath an entry: what its link should open, what it does open, what to do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sendguard.gate import CheckedLink
from sendguard.intent import HEADLINE_LIKE, Intent
from sendguard.judge.quote import called, quoted
from sendguard.links import Link
from sendguard.report.entries import Entry, Spot
from sendguard.report.layout import plain
from sendguard.report.phrases import what_opens, what_was_not_asked
from sendguard.visit import Answered, Kind
from sendguard.visit.walls import behind

MOST_PLACES = 6
_ASKS = "Did you mean "
_TELLING = 40  # characters of a title; a sentence cuts a long one short


@dataclass(frozen=True, slots=True)
class Row:
    """A name and what stands beside it, a line or more each."""

    name: str
    says: tuple[str, ...]


def details(entry: Entry) -> Iterator[Row]:
    """The rows of an entry, those that say anything."""
    link = entry.spots[0].link
    if link:
        yield from _should_open(link)
        yield from _met(link, " ".join(told.says for told in entry.told))
    if words := tuple(dict.fromkeys(told.approved for told in entry.told if told.approved)):
        yield Row("approved", tuple(word.removeprefix("Approved ") for word in words))
    if advice := tuple(_advice(plain(told.advice) for told in entry.told if told.advice)):
        yield Row("to do", advice)
    if len(entry.spots) > 1:
        yield Row("also at", (_also_at(entry.spots[1:]),))


def _advice(advice: Iterable[str]) -> Iterator[str]:
    """Each advice once, and the question that several begin with only in the first."""
    asked = ""
    for one in dict.fromkeys(advice):
        yield one.removeprefix(asked) if asked else one
        question, mark, _ = one.partition("? ")
        if one.startswith(_ASKS) and mark:
            asked = question + mark


def says_no_more(says: str, rows: tuple[Row, ...]) -> bool:
    """Does a sentence only say what the link should open and what it does open?"""
    shown = {row.name: row.says[0] for row in rows if row.says}
    both = (shown.get("should open"), shown.get("opens"))
    return all(title and title[:_TELLING] in says for title in both)


def wall_details(link: CheckedLink) -> Iterator[Row]:
    """The rows of a link that only a person can open."""
    yield Row("address", (address_of(link),))
    yield from _should_open(link)
    if isinstance(link.visit.outcome, Answered):
        yield Row("why", tuple(_why_walled(link.visit.outcome)))


def _why_walled(answer: Answered) -> Iterator[str]:
    sign = plain(answer.walled or "")
    if answer.kind not in {Kind.LOGIN, Kind.CONSENT}:
        yield f"it turns programs away ({sign})"
        return
    yield sign
    if there := behind(answer.landed.url):
        yield f"behind it should be {plain(there.text)}"


def name_of(link: Link) -> str:
    """The link as an editor finds it: its id and its words."""
    if plain(link.label):
        return f"{link.id} {quoted(link.label, limit=60)}"
    name = called(link)
    return f"{link.id} ({name[0].lower()}{name[1:]})"


def address_of(link: CheckedLink) -> str:
    """The address as the newsletter has it; for one that is no web address as it is written."""
    return plain(link.visit.url.text if link.visit.url else link.link.href)


def _should_open(link: CheckedLink) -> Iterator[Row]:
    """What it is meant to open, as far as that is known: a guess is no fact to show."""
    if link.intent and link.intent.sureness >= HEADLINE_LIKE:
        yield Row("should open", tuple(_meant(link.intent)))


def _meant(intent: Intent) -> Iterator[str]:
    if intent.title:
        yield plain(intent.title)
    if intent.url:
        yield plain(intent.url.text)


def _met(link: CheckedLink, said: str) -> Iterator[Row]:
    """What it opens; its address only where that is not said already."""
    outcome = link.visit.outcome
    opens = what_opens(outcome) if isinstance(outcome, Answered) else None
    unasked = tuple(filter(None, (what_was_not_asked(link.visit),)))
    if opens and isinstance(outcome, Answered):
        yield Row("opens", (opens, plain(outcome.landed.url.text), *unasked))
        return
    address = address_of(link)
    if address and (unasked or address not in said):
        yield Row("address", (address, *unasked))


def _also_at(spots: tuple[Spot, ...]) -> str:
    named = [_briefly(spot) for spot in spots[:MOST_PLACES]]
    more = len(spots) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _briefly(spot: Spot) -> str:
    line = f"line {spot.place.line}" if spot.place else ""
    return f"{spot.link.link.id} ({line})" if spot.link else line
