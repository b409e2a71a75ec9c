"""What came of a check, ready to be written down as one."""

from datetime import datetime

from sendguard.ports.watching import Known, Made, Planned, Settled
from sendguard.watch import (
    Circumstances,
    Standing,
    Turn,
    Verdict,
    changed,
    following,
    standing_of,
    unreadable,
)


def came_of(made: Made, turn: Turn, known: Known, around: Circumstances) -> Settled:
    """What a check came to, and what people are to hear of it.

    Args:
        made: A check of one campaign.
        turn: What it was made for.
        known: What was known before.
        around: What matters besides.
    """
    run, moment = made.run, turn.run
    if run.newsletters:
        now = standing_of(run.newsletters[0], run.at, moment.content, known.sent_at)
    else:
        now = unreadable(run.unreadable[0], moment.campaign, run.at, moment.content)
    return _settled(turn, known, now, made, around)


def came_of_a_mistake(
    path: str, turn: Turn, known: Known, planned: Planned, at: datetime
) -> Settled:
    """What is known where a check could not be made by a mistake of our own.

    Somebody relies on being told; that nothing is known must not pass for nothing to tell.
    """
    now = Standing(
        campaign=turn.run.campaign,
        path=path,
        content=turn.run.content,
        decision=Verdict.UNVERIFIED,
        gist="SendGuard made a mistake of its own",
        says="SendGuard could not check it, by a mistake of its own; its log says which.",
        at=at,
        send_at=planned.send_at,
        sent_at=known.sent_at,
    )
    return _settled(turn, known, now, None, Circumstances())


def _settled(
    turn: Turn, known: Known, now: Standing, made: Made | None, around: Circumstances
) -> Settled:
    return Settled(
        turn=turn,
        standing=following(known.standing, now, around),
        record=made.record if made else None,
        notice=changed(known.standing, now, around),
    )
