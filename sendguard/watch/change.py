"""Who has to be told: people hear of a change of decision, not of every check.

A look that told nothing, because our own network was down or the check was ended, is no change:
five hundred campaigns would be told of for one cable. It is told only where the send is near and
nobody would know otherwise. A campaign that was sent long before anybody watched is none of
today's business either, but for a folder that appears while somebody watches: who writes a
campaign today that was to be sent long ago has written a wrong date.
"""

from dataclasses import dataclass, replace

from sendguard.watch.notice import Notice, notice_of
from sendguard.watch.plan import next_before
from sendguard.watch.standing import Blind, Standing, Verdict

NEAR_S = 90_000.0
"""A send that is no further ahead is near: a day, and a check that comes an hour early."""

LONG_PAST_S = 300_000.0
"""What went out longer ago, three days and a little, is not told of when it is first seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What matters besides what a look showed.

    Attributes:
        has_appeared: Its folder appeared while somebody watched.
        before: Seconds before the send at which it is checked.
    """

    has_appeared: bool = False
    before: tuple[float, ...] = ()


_NONE = Circumstances()


def changed(before: Standing | None, now: Standing, around: Circumstances = _NONE) -> Notice | None:
    """What people have to hear; None where it is what they know, or a first pass.

    Args:
        before: What was known before, as `following` gave it back; None for a new campaign.
        now: What the last look showed.
        around: What matters besides.
    """
    was = before.told if before else None
    if not _is_telling(before, now, around) or was is now.decision:
        return None
    if was is None and now.decision is Verdict.PASS:
        return None
    send_at = None if now.sent_at else now.send_at
    return notice_of(before, now, next_before(send_at, now.at, around.before))


def following(before: Standing | None, now: Standing, around: Circumstances = _NONE) -> Standing:
    """The standing to keep: `now`, with what people have heard of once `changed` was obeyed."""
    heard = before.told if before else None
    return replace(now, told=now.decision if _is_telling(before, now, around) else heard)


def _is_telling(before: Standing | None, now: Standing, around: Circumstances) -> bool:
    match now.blind:
        case Blind.INTERRUPTED:
            return False
        case Blind.NO_NETWORK:
            return now.ahead_s is not None and 0 < now.ahead_s <= NEAR_S
        case None:
            is_known = bool(before and before.told)
            return is_known or around.has_appeared or not _is_long_past(now)


def _is_long_past(now: Standing) -> bool:
    return now.ahead_s is not None and now.ahead_s < -LONG_PAST_S
