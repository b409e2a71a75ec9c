"""Which check is to be made now, which ones it makes up for, and what was put off too long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sendguard.watch.moment import Kind, Moment
from sendguard.watch.span import told_span

ON_TIME_S = 60.0
"""A check that begins within so many seconds is no late one: somebody has to look first."""


class Why(StrEnum):
    """Why a check was not made in time, fit to follow “because”."""

    NOT_WATCHING = "nothing was watching"
    CLOCK = "this computer slept or its clock was set"
    BUSY = "other checks took so long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A check that was not made in time.

    Attributes:
        moment: When it was to be.
        late_s: Seconds since then.
        says: What became of it: a sentence.
    """

    moment: Moment
    late_s: float
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One check to make now.

    Attributes:
        run: The latest moment that is due.
        along: Earlier ones that the same check settles in time.
        missed: Earlier ones that it comes too late for, earliest first.
        late: What is to be said where `run` itself comes late; empty where it does not.
    """

    run: Moment
    along: tuple[Moment, ...] = ()
    missed: tuple[Missed, ...] = ()
    late: str = ""

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All that the check settles."""
        return (self.run, *self.along, *(one.moment for one in self.missed))

    @property
    def says(self) -> tuple[str, ...]:
        """A sentence for each check that was not made in time."""
        return (*(one.says for one in self.missed), *filter(None, (self.late,)))


def choose_turn(
    pending: Iterable[Moment],
    now: datetime,
    *,
    why: Why = Why.NOT_WATCHING,
    on_time_s: float = ON_TIME_S,
) -> Turn | None:
    """The check that a campaign needs now; None while nothing is due.

    Args:
        pending: The campaign's moments that nobody has checked at, all of one content.
        now: The present instant.
        why: What is to be said of those that come late.
        on_time_s: Seconds that are not late yet; more than the time between two looks.
    """
    due = sorted((one for one in pending if one.due <= now), key=lambda one: (one.due, one.name))
    if not due:
        return None
    *earlier, run = due
    return Turn(
        run=run,
        along=tuple(one for one in earlier if _late_s(one, now) <= on_time_s),
        missed=tuple(
            _missed(one, run, now, why) for one in earlier if _late_s(one, now) > on_time_s
        ),
        late=_instead(run, now, why) if _late_s(run, now) > on_time_s else "",
    )


def soonest_first(
    turns: Iterable[Turn], sends: Mapping[str, datetime | None], now: datetime
) -> tuple[Turn, ...]:
    """The turns in the order in which they matter.

    The campaign that is sent next comes first, then those without a time, then those that were
    sent, the last one first.

    Args:
        turns: At most one a campaign.
        sends: When campaigns are to be sent, by name; one that is missing has no time.
        now: The present instant.
    """

    def rank(turn: Turn) -> tuple[int, float, str]:
        send = turn.run.send or sends.get(turn.run.campaign)
        if send is None:
            return 1, 0.0, turn.run.campaign
        ahead_s = (send.astimezone(UTC) - now).total_seconds()
        return 0 if ahead_s >= 0 else 2, abs(ahead_s), turn.run.campaign

    return tuple(sorted(turns, key=rank))


def to_make_again(done: Iterable[Moment], now: datetime) -> tuple[Moment, ...]:
    """Checks that were made before their time, by a clock that has been set back since."""
    latest = now + timedelta(seconds=ON_TIME_S)
    return tuple(one for one in done if one.kind is not Kind.NOTICED and one.due > latest)


def _late_s(moment: Moment, now: datetime) -> float:
    return (now - moment.due).total_seconds()


def _missed(moment: Moment, run: Moment, now: datetime, why: Why) -> Missed:
    late_s = _late_s(moment, now)
    says = f"{_by(moment, late_s, why)}; the one {run.called} makes up for it"
    return Missed(moment=moment, late_s=late_s, says=says)


def _instead(run: Moment, now: datetime, why: Why) -> str:
    too_late = run.kind is Kind.BEFORE and run.send is not None and run.send <= now
    after = ", after the send" if too_late else ""
    return f"{_by(run, _late_s(run, now), why)}; checked now instead{after}"


def _by(moment: Moment, late_s: float, why: Why) -> str:
    return f"The check {moment.called}: missed by {told_span(late_s)}, because {why}"
