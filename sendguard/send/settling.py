"""What the relay's answer makes of a delivery."""

from datetime import datetime, timedelta
from typing import assert_never

from sendguard.judge.quote import plain
from sendguard.send.delivery import Delivery, Settled, State
from sendguard.send.later import pause_before_try_s
from sendguard.send.outcome import Accepted, Deferred, NotSent, Outcome, Refused, Unanswered

_LONGEST_SAID = 300


def settled_by(outcome: Outcome, delivery: Delivery, now: datetime) -> Settled:
    """What is written down of a delivery that was begun and came to this."""
    match outcome:
        case Accepted(reply):
            return _settled(delivery, State.SENT, str(reply))
        case Refused(reply):
            return _settled(delivery, State.REFUSED, str(reply))
        case Unanswered(says):
            return _settled(delivery, State.IN_DOUBT, says)
        case NotSent(says):
            return Settled(id=delivery.id, state=State.PENDING, says=plain(says), counts=False)
        case Deferred(reply):
            return _put_off(delivery, str(reply), now)
        case _:
            assert_never(outcome)


def _put_off(delivery: Delivery, says: str, now: datetime) -> Settled:
    pause_s = pause_before_try_s(delivery.tries)
    if pause_s is None:
        return _settled(delivery, State.REFUSED, f"given up after many tries: {says}")
    due = now + timedelta(seconds=pause_s)
    said = plain(says, _LONGEST_SAID)
    return Settled(id=delivery.id, state=State.PENDING, says=said, due=due)


def _settled(delivery: Delivery, state: State, says: str) -> Settled:
    return Settled(id=delivery.id, state=state, says=plain(says, _LONGEST_SAID))
