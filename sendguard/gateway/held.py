"""Messages that the store keeps: until their campaign is decided, or the next hop takes them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sendguard.gateway.mail import Mail


class HeldState(StrEnum):
    """How a message in the store stands."""

    HELD = "held"  # its campaign is not decided, or may not go out
    DUE = "due"  # it may go, at its time
    SENDING = "sending"  # written down before it goes to the next hop
    IN_DOUBT = "in-doubt"  # the next hop may have it: a person settles that


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One message that was taken with a 250 and has not reached the next hop.

    Attributes:
        id: Its number in the store; 0 before it is there.
        fingerprint: Of its campaign; None for a notice to a sender and what belongs to none.
        mail: With those recipients alone who are still to get it.
        since: When it was taken, in UTC.
        state: How it stands.
        due: When it may be tried (next); None for at once.
        tries: How often it was.
        says: What the next hop answered last; None for nothing yet.
    """

    id: int = 0
    fingerprint: str | None
    mail: Mail
    since: datetime
    state: HeldState
    due: datetime | None = None
    tries: int = 0
    says: str | None = None
