"""8. SEND: this is where a newsletter becomes one delivery for each recipient."""

from sendguard.send.delivery import GOT_IT, MAY_FOLLOW, Delivery, Reader, Settled, State
from sendguard.send.edition import BEING_CORRECTED, Dispatch, Edition, Going
from sendguard.send.letter import Letter
from sendguard.send.outcome import (
    Accepted,
    Deferred,
    NotSent,
    Outcome,
    Refused,
    Reply,
    Unanswered,
)

__all__ = [
    "BEING_CORRECTED",
    "GOT_IT",
    "MAY_FOLLOW",
    "Accepted",
    "Deferred",
    "Delivery",
    "Dispatch",
    "Edition",
    "Going",
    "Letter",
    "NotSent",
    "Outcome",
    "Reader",
    "Refused",
    "Reply",
    "Settled",
    "State",
    "Unanswered",
]
