"""How long each step took, counted from when the mistake was found, and the marks to keep to.

Source:
    What senders advise: fifteen minutes to stop it, thirty to know its extent and have it
    repaired, one hour until readers have the correction.
"""

from dataclasses import dataclass
from datetime import datetime

from sendguard.incident.incident import Incident
from sendguard.watch.span import told_span

_MINUTE_S = 60.0
HOUR_S = 60 * _MINUTE_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One step on the clock.

    Attributes:
        name: The step, as a word for programs.
        what: The same for a person.
        at: When it was reached; None for not yet, or not by SendGuard.
        after_s: Seconds after the mistake was found; negative for before.
        within_s: Seconds that it should take; None where nobody says so.
    """

    name: str
    what: str
    at: datetime | None
    after_s: float | None
    within_s: float | None = None

    @property
    def in_time(self) -> bool | None:
        """Was the mark kept? None where there is none, or the step is not known to be done."""
        if self.after_s is None or self.within_s is None:
            return None
        return self.after_s <= self.within_s


def marks(incident: Incident) -> tuple[Mark, ...]:
    """All steps, in order; the last correction counts once nobody waits for it any more."""
    known = incident
    last = None if known.corrected and known.corrected.waiting else known.last_sent
    return (
        _mark(known, "found", "Found", known.found_at),
        _mark(known, "stopped", "Stopped", known.stopped_at, 15 * _MINUTE_S),
        _mark(known, "repaired", "Repaired", known.repaired_at, 30 * _MINUTE_S),
        _mark(known, "queued", "Correction queued", known.queued_at),
        _mark(known, "first-sent", "First correction sent", known.first_sent, HOUR_S),
        _mark(known, "last-sent", "Last correction sent", last, HOUR_S),
    )


def _mark(
    incident: Incident, name: str, what: str, at: datetime | None, within_s: float | None = None
) -> Mark:
    after_s = (at - incident.found_at).total_seconds() if at else None
    return Mark(name=name, what=what, at=at, after_s=after_s, within_s=within_s)


def within_the_hour(incident: Incident) -> bool | None:
    """Had every reader the correction within the hour? None where nobody was sent one yet.

    It is False, too, while some wait for it and the last one that was sent left too late.
    """
    last = incident.last_sent
    if last is None:
        return None
    if (last - incident.found_at).total_seconds() > HOUR_S:
        return False
    return None if incident.corrected and incident.corrected.waiting else True


def told_after(mark: Mark) -> str:
    """How long after it was found: `12 min later`; empty where that says nothing."""
    if mark.after_s is None or mark.name == "found":
        return ""
    if mark.after_s < 0:
        return f"{told_span(-mark.after_s)} before"
    return f"{told_span(mark.after_s)} later"


def told_mark(mark: Mark, incident: Incident, now: datetime) -> str:
    """Whether it was in time, and how much time is left where it still can be."""
    if mark.within_s is None:
        return ""
    within = told_span(mark.within_s)
    if mark.in_time is not None:
        return f"within {within}: {'yes' if mark.in_time else 'no'}"
    left_s = mark.within_s - (now - incident.found_at).total_seconds()
    if incident.closed_at or left_s <= 0:
        return f"within {within}: not known"
    return f"{told_span(left_s)} left of {within}"
