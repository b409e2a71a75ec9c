"""An incident as Markdown, for the people who were not there: numbers, no addresses of readers."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sendguard.incident.clock import Mark, marks, told_after, told_mark
from sendguard.incident.incident import Incident, Note, Righted, Told
from sendguard.incident.markdown import as_code, as_quotation, escaped
from sendguard.incident.tally import Tally
from sendguard.incident.words import (
    KINDS,
    LONGEST_ADDRESS,
    LONGEST_NOTE,
    counts,
    minute,
    subject_of,
    told_hour,
    told_share,
    told_triage,
    what_happened,
)
from sendguard.watch.sending import told_instant

_NOT_YET = "_Nobody has written that down yet._"


def incident_as_markdown(incident: Incident, now: datetime) -> str:
    """The whole report, without a line end behind it."""
    parts = (
        _head(incident),
        _clock(incident, now),
        _links(incident),
        _readers(incident),
        _section("What readers were told", _apology(incident)),
        _section("What it cost", map(_note, incident.consequences)),
        _section("Why it happened", _whys(incident)),
        _section("One-off or systemic", [KINDS[incident.kind]]),
        _section("Who was told", map(_told, incident.told)),
        _section("What will keep it from happening again", map(_note, incident.prevention)),
        _section("Done against advice", map(_note, incident.forced)) if incident.forced else (),
    )
    return "\n".join(line for part in parts for line in part).rstrip("\n")


def _head(incident: Incident) -> Iterator[str]:
    title = subject_of(incident)
    number = f" {incident.id}" if incident.id else ""
    yield f"# Incident{number}: {escaped(title, 150)}"
    yield ""
    yield escaped(" ".join(what_happened(incident)), LONGEST_NOTE)
    yield ""
    if incident.triage:
        yield escaped(told_triage(incident.triage), 2 * LONGEST_NOTE)
        yield ""
    state = f"closed on {_day(incident.closed_at)}" if incident.closed_at else "open"
    yield f"The record was begun on {_day(incident.opened_at)}, and is {state}."
    yield ""


def _clock(incident: Incident, now: datetime) -> Iterator[str]:
    yield from ("## The clock", "", "| Step | When | After it was found | Mark |")
    yield "| --- | --- | --- | --- |"
    for mark in marks(incident):
        yield _row(mark, incident, now)
    yield from ("", told_hour(incident), "")


def _row(mark: Mark, incident: Incident, now: datetime) -> str:
    at = minute(mark.at) if mark.at else "–"
    cells = (mark.what, at, told_after(mark) or "–", told_mark(mark, incident, now) or "–")
    return f"| {' | '.join(cells)} |"


def _links(incident: Incident) -> Iterator[str]:
    links = map(_righted, incident.links)
    return _section("What was wrong, and what is right", links)


def _righted(link: Righted) -> str:
    label = f"“{escaped(link.label, 150)}”" if link.label.strip() else "A link without words"
    wrong, right = (as_code(address, LONGEST_ADDRESS) for address in (link.wrong, link.right))
    return f"- {label}: opened {wrong}, and should open {right}"


def _readers(incident: Incident) -> Iterator[str]:
    yield from ("## Who got it", "")
    yield from _tally("the wrong version", incident.original)
    yield from _tally("the correction", incident.corrected)
    if incident.corrections:
        names = ", ".join(map(as_code, incident.corrections))
        yield from (f"Corrected by: {names}", "")


def _tally(what: str, tally: Tally | None) -> Iterator[str]:
    if tally is None:
        yield from (f"How many got {what} is not known.", "")
        return
    whole = f"{tally.got_it:,} of {tally.recipients:,} readers ({told_share(tally)})"
    yield from (f"{whole} got {what}.", "")
    rows = counts(tally)
    if rows:
        yield from ("| Messages | Number |", "| --- | ---: |")
        yield from (f"| {words} | {number:,} |" for words, number in rows)
        yield ""


def _apology(incident: Incident) -> Iterator[str]:
    if incident.apology and incident.apology.strip():
        yield as_quotation(incident.apology.strip())


def _whys(incident: Incident) -> Iterator[str]:
    for number, why in enumerate(incident.whys, 1):
        yield f"{number}. {_said(why)}"


def _note(note: Note) -> str:
    return f"- {_said(note)}"


def _said(note: Note) -> str:
    by = f", {escaped(note.by)}" if note.by else ""
    return f"{escaped(note.text, LONGEST_NOTE)} ({minute(note.at)}{by})"


def _told(told: Told) -> str:
    how = f", {escaped(told.how, LONGEST_NOTE)}" if told.how else ""
    by = f", by {escaped(told.by)}" if told.by else ""
    return f"- {escaped(told.who, LONGEST_NOTE)}{how} ({minute(told.at)}{by})"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from (f"## {title}", "")
    there = tuple(lines)
    yield from there or (_NOT_YET,)
    yield ""


def _day(at: datetime) -> str:
    return told_instant(at.astimezone(UTC))
