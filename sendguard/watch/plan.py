"""Which moments a campaign has, from when it is to be sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sendguard.watch.moment import Kind, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A campaign's folder as it was found, new or changed.

    Attributes:
        campaign: Its name.
        content: As `content_of` tells it.
        send_at: When it is to be sent, in any zone; None where nobody says so, or it cannot be
            read.
        at: When it was found.
    """

    campaign: str
    content: str
    send_at: datetime | None
    at: datetime


def plan(seen: Seen, before: Iterable[float], after: Iterable[float]) -> tuple[Moment, ...]:
    """The moments at which this content is to be checked, soonest first.

    One is due at once, because it is new or changed; the others are those around the send that
    are still ahead. They stand in the place of all that was planned for an earlier content of
    the campaign. A content that comes back is planned anew, as if it had never been there. Where
    only the settings changed, all but the first moment stand in the place of those still pending.

    Args:
        seen: The campaign.
        before: Seconds before the send; what is told twice counts once.
        after: Seconds after it.
    """
    around = () if seen.send_at is None else _around(seen, seen.send_at, before, after)
    ahead = (moment for moment in around if moment.due > seen.at)
    at_once = _moment(seen, Kind.NOTICED, 0.0, seen.at.astimezone(UTC))
    return (at_once, *sorted(ahead, key=lambda moment: moment.due))


def next_before(send_at: datetime | None, now: datetime, before: Iterable[float]) -> str | None:
    """When it is checked next before its send, `1 h before the send`; None for never."""
    if send_at is None:
        return None
    seen = Seen(campaign="", content="", send_at=send_at, at=now)
    ahead = (one for one in _around(seen, send_at, before, ()) if one.due > now)
    soonest = min(ahead, key=lambda one: one.due, default=None)
    return soonest.called if soonest else None


def _around(
    seen: Seen, send_at: datetime, before: Iterable[float], after: Iterable[float]
) -> Iterator[Moment]:
    for offset_s in dict.fromkeys(map(float, before)):
        if due := _later(send_at, -offset_s):
            yield _moment(seen, Kind.BEFORE, offset_s, due)
    for offset_s in dict.fromkeys(map(float, after)):
        if due := _later(send_at, offset_s):
            yield _moment(seen, Kind.AFTER, offset_s, due)


def _later(send_at: datetime, seconds: float) -> datetime | None:
    """So many seconds that pass, whatever the clocks do; None beyond the calendar."""
    try:
        return send_at.astimezone(UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _moment(seen: Seen, kind: Kind, offset_s: float, due: datetime) -> Moment:
    return Moment(
        campaign=seen.campaign, content=seen.content, kind=kind, offset_s=offset_s, due=due
    )
