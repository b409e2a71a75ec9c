"""Incidents for tests: one that was put right in time, and its parts."""

from dataclasses import replace
from datetime import datetime, timedelta

from sendguard.incident import Incident, Kind, Note, Righted, Tally, Told
from tests.builders import NOON

WRONG, RIGHT = "https://example.org/last-issue", "https://example.org/right?a=1&b=2"
HOSTILE = "a|b <script>alert(1)</script> `c` *d* [e](http://f) \n# g\n- h\r\n```\n~~~\n&lt; $x$"


def after(minutes: float) -> datetime:
    """So many minutes after the mistake was found."""
    return NOON + timedelta(minutes=minutes)


def a_note(text: str = "Three readers wrote", *, by: str | None = "Ada") -> Note:
    return Note(text=text, at=after(90), by=by)


def a_new_incident(campaign: str = "navigator-42") -> Incident:
    return Incident.begun(campaign, NOON)


def an_incident(subject: str = "How to recover", label: str = "Read article") -> Incident:
    """Put right within the hour, with something in every corner."""
    stopped = a_new_incident().with_subject(subject).stopped(after(2), Tally(sent=97, cancelled=3))
    queued = (
        stopped.repaired(after(4), Righted(label=label, wrong=WRONG, right=RIGHT))
        .triaged("everyone", "The main button of the issue opens another article.")
        .queued(after(5), "navigator-42-corrected", "I am sorry.\n\nThe right link is below.")
        .forced_by(a_note("The apology has 90 words"))
    )
    corrected = Tally(sent=95, in_doubt=1, suppressed=1)
    sent = replace(queued, first_sent=after(6), last_sent=after(12), corrected=corrected)
    return (
        sent.with_consequence(a_note())
        .with_why(a_note("The button was copied"))
        .with_why(a_note("The draft is a copy of the last issue"))
        .with_kind(Kind.SYSTEMIC)
        .with_told(Told(who="The sponsor", at=after(20), how="by phone", by="Ada"))
        .with_prevention(a_note("Drafts begin empty"))
    )
