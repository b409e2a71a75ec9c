"""An incident as it stands now: what is kept of it, and how far its corrections have come."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import reduce
from operator import add
from typing import TypeAlias

from sendguard.correct.folder import corrects
from sendguard.incident import Incident, Tally
from sendguard.ports.incidents import Incidents
from sendguard.ports.sending import Progress
from sendguard.send import State

_MOST_LOOKED_AT = 1_000

FindProgress: TypeAlias = Callable[[str], tuple[Progress, ...]]
"""`ports.sending.Outbox.progress`, asked for one campaign."""


def as_it_stands(incident: Incident, progress: FindProgress) -> Incident:
    """The incident with what the outbox knows of it; what is not there any more stays as kept."""
    going = [found for name in incident.corrections for found in progress(name)]
    return _with_original(_with_corrections(incident, going), progress)


def incident_about(name: str, incidents: Incidents) -> Incident | None:
    """The last incident of a campaign, or that which a campaign corrects; None for neither."""
    own = incidents.of_campaign(name)
    if own is not None:
        return own
    known = (one for one in incidents.latest(_MOST_LOOKED_AT) if name in one.corrections)
    of = corrects(name)
    return next(known, None) or (incidents.of_campaign(of) if of else None)


def tally_of(progress: Progress) -> Tally:
    """How many readers a dispatch reached."""
    return Tally(
        sent=progress.count(State.SENT),
        in_doubt=progress.count(State.IN_DOUBT),
        refused=progress.count(State.REFUSED),
        waiting=progress.count(State.PENDING, State.SENDING),
        cancelled=progress.count(State.CANCELLED),
        suppressed=progress.count(State.SUPPRESSED),
    )


def _with_corrections(incident: Incident, going: list[Progress]) -> Incident:
    if not going:
        return incident
    firsts, lasts = _known(one.first_sent for one in going), _known(one.last_sent for one in going)
    return replace(
        incident,
        first_sent=min(firsts, default=incident.first_sent),
        last_sent=max(lasts, default=incident.last_sent),
        corrected=reduce(add, map(tally_of, going)),
    )


def _with_original(incident: Incident, progress: FindProgress) -> Incident:
    now = next(map(tally_of, progress(incident.campaign)), None)
    if incident.original and incident.queued_at and now:
        return replace(incident, original=_since(incident.original, now))
    if incident.original or incident.stopped_at:
        return incident
    return replace(incident, original=now)


def _since(stopped: Tally, now: Tally) -> Tally:
    """Who still waited when it was stopped gets a repaired one in its name."""
    return replace(
        stopped,
        waiting=now.waiting,
        spared=min(max(now.got_it - stopped.got_it, 0), stopped.waiting),
        refused=now.refused,
        cancelled=now.cancelled,
        suppressed=now.suppressed,
    )


def _known(instants: Iterable[datetime | None]) -> list[datetime]:
    return [at for at in instants if at]
