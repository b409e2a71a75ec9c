"""What the tests of the watch begin with."""

from datetime import datetime, timedelta

from sendguard.watch import Kind, Moment, Seen, Standing, Verdict, plan
from tests.builders import NOON

HOUR = 3600.0
DAY = 24 * HOUR
BEFORE = (DAY, HOUR, 600.0)
AFTER = (HOUR, 6 * HOUR, DAY, 3 * DAY)
SEND = NOON + timedelta(days=2)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def a_seen(
    send_at: datetime | None = SEND, at: datetime = NOON, *, content: str = "sha256:0"
) -> Seen:
    return Seen(campaign="navigator-42", content=content, send_at=send_at, at=at)


def planned(send_at: datetime | None = SEND, at: datetime = NOON) -> tuple[Moment, ...]:
    return plan(a_seen(send_at, at), BEFORE, AFTER)


def a_moment(
    kind: Kind = Kind.BEFORE,
    offset_s: float = HOUR,
    due: datetime = NOON,
    campaign: str = "navigator-42",
) -> Moment:
    return Moment(campaign=campaign, content="sha256:0", kind=kind, offset_s=offset_s, due=due)


def a_standing(
    decision: Verdict = Verdict.BLOCK, *, at: datetime = NOON, send_at: datetime | None = SEND
) -> Standing:
    return Standing(
        campaign="navigator-42",
        path="campaigns/navigator-42",
        content="sha256:0",
        decision=decision,
        gist="1 link opens the wrong page",
        at=at,
        send_at=send_at,
    )
