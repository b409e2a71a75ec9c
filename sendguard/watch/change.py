"""Who has to be told: people hear of a change of decision, not of every check.

A look that told nothing, because our own network was down or the check was ended, is no change:
five hundred campaigns would be told of for one cable. It is told only where the send is near and
nobody would know otherwise. A campaign that was sent long before anybody watched is none of
today's business either.
"""

from dataclasses import replace

from sendguard.watch.notice import Notice, notice_of
from sendguard.watch.standing import Blind, Standing, Verdict

NEAR_S = 90_000.0
"""A send that is no further ahead is near: a day, and a check that comes an hour early."""

LONG_PAST_S = 300_000.0
"""What went out longer ago, three days and a little, is not told of when it is first seen."""


def changed(before: Standing | None, now: Standing) -> Notice | None:
    """What people have to hear; None where it is what they know, or a first pass.

    Args:
        before: What was known before, as `following` gave it back; None for a new campaign.
        now: What the last look showed.
    """
    was = before.told if before else None
    if not _is_telling(before, now) or was is now.decision:
        return None
    return None if was is None and now.decision is Verdict.PASS else notice_of(before, now)


def following(before: Standing | None, now: Standing) -> Standing:
    """The standing to keep: `now`, with what people have heard of once `changed` was obeyed."""
    heard = before.told if before else None
    return replace(now, told=now.decision if _is_telling(before, now) else heard)


def _is_telling(before: Standing | None, now: Standing) -> bool:
    match now.blind:
        case Blind.INTERRUPTED:
            return False
        case Blind.NO_NETWORK:
            return now.ahead_s is not None and 0 < now.ahead_s <= NEAR_S
        case None:
            return bool(before and before.told) or not _is_long_past(now)


def _is_long_past(now: Standing) -> bool:
    return now.ahead_s is not None and now.ahead_s < -LONG_PAST_S
