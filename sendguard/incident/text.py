"""An incident in words, for an editor's screen; and all of them, a line each."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from textwrap import wrap

from sendguard.incident.clock import Mark, marks, told_after, told_mark
from sendguard.incident.incident import Incident, Kind, Note, Righted, Told
from sendguard.incident.tally import Tally
from sendguard.incident.words import (
    KINDS,
    LONGEST_ADDRESS,
    LONGEST_NOTE,
    counted,
    counts,
    minute,
    missing,
    told_hour,
    told_share,
    told_triage,
    what_happened,
)
from sendguard.judge.quote import plain, quoted

WIDTH = 100
_LONGEST_NAME = 40


def incidents_as_text(incidents: Iterable[Incident]) -> str:
    """Each in a line, in the order given."""
    return "\n".join(map(_line, incidents)) or "No incident is kept."


def _line(incident: Incident) -> str:
    state = "closed" if incident.closed_at else "open"
    links = f", {counted(len(incident.links), 'link')}" if incident.links else ""
    campaign = plain(incident.campaign, _LONGEST_NAME)
    return f"{incident.id:>6}  {minute(incident.found_at)}  {state:<6}  {campaign}{links}"


def incident_as_text(incident: Incident, now: datetime) -> str:
    """The clock, the record, and what is still to be said."""
    parts = (
        _head(incident),
        _clock(incident, now),
        _listed("Links", map(_righted, incident.links)),
        _readers(incident),
        _listed("What it cost", map(_said, incident.consequences)),
        _whys(incident),
        _kind(incident),
        _listed("Told", map(_told, incident.told)),
        _listed("What will keep it from happening again", map(_said, incident.prevention)),
        _listed("Done against advice", map(_said, incident.forced)),
        _listed("Still to be said", missing(incident) if incident.closed_at is None else ()),
    )
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part)


def _head(incident: Incident) -> Iterator[str]:
    closed = incident.closed_at
    state = f"closed on {minute(closed)}" if closed else "open"
    number = f" {incident.id}" if incident.id else ""
    yield f"Incident{number}, {state}."
    yield from _wrapped(" ".join(what_happened(incident)))
    if incident.triage:
        yield from _wrapped(told_triage(incident.triage))


def _clock(incident: Incident, now: datetime) -> Iterator[str]:
    yield "The clock:"
    for mark in marks(incident):
        yield _step(mark, incident, now)
    yield f"  {told_hour(incident)}"


def _step(mark: Mark, incident: Incident, now: datetime) -> str:
    at = minute(mark.at) if mark.at else "–"
    cells = (f"  {mark.what:<22}", f"{at:<22}", f"{told_after(mark):<14}")
    return "".join((*cells, told_mark(mark, incident, now))).rstrip()


def _righted(link: Righted) -> str:
    label = quoted(link.label, 150) if link.label.strip() else "a link without words"
    wrong, right = (plain(address, LONGEST_ADDRESS) for address in (link.wrong, link.right))
    return f"{label} opened {wrong} and should open {right}"


def _readers(incident: Incident) -> Iterator[str]:
    for what, tally in (("wrong version", incident.original), ("correction", incident.corrected)):
        if tally:
            yield from _tally(what, tally)
    if incident.corrections:
        names = ", ".join(plain(name, _LONGEST_NAME) for name in incident.corrections)
        yield from _wrapped(f"Corrected by: {names}")


def _tally(what: str, tally: Tally) -> Iterator[str]:
    share = f"{tally.got_it:,} of {counted(tally.recipients, 'reader')} ({told_share(tally)})"
    yield f"The {what}: {share}"
    for words, number in counts(tally):
        yield f"  {words}: {number:,}"


def _kind(incident: Incident) -> Iterator[str]:
    if incident.kind is not Kind.UNKNOWN:
        yield KINDS[incident.kind]


def _whys(incident: Incident) -> Iterator[str]:
    if incident.whys:
        yield "Why it happened:"
    for number, why in enumerate(incident.whys, 1):
        yield from _wrapped(f"{number}. {_said(why)}", "  ", "     ")


def _said(note: Note) -> str:
    by = f", {plain(note.by)}" if note.by else ""
    return f"{plain(note.text, LONGEST_NOTE)} ({minute(note.at)}{by})"


def _told(told: Told) -> str:
    how = f", {plain(told.how, LONGEST_NOTE)}" if told.how else ""
    by = f", by {plain(told.by)}" if told.by else ""
    return f"{plain(told.who, LONGEST_NOTE)}{how} ({minute(told.at)}{by})"


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    there = tuple(lines)
    if there:
        yield f"{title}:"
    for line in there:
        yield from _wrapped(line, "  - ", "    ")


def _wrapped(text: str, first: str = "", others: str = "") -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
