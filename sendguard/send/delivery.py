"""A delivery: one message to one recipient, its states, and which may follow which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """How far a delivery has come."""

    PENDING = "pending"
    SENDING = "sending"  # written down before its MAIL FROM
    SENT = "sent"
    REFUSED = "refused"
    IN_DOUBT = "in-doubt"  # the connection died behind the final dot: nobody can know
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"


MAY_FOLLOW: Mapping[State, frozenset[State]] = {
    State.PENDING: frozenset({State.SENDING, State.SUPPRESSED, State.CANCELLED}),
    State.SENDING: frozenset({State.SENT, State.REFUSED, State.IN_DOUBT, State.PENDING}),
    # Only a person, or a bounce that comes back, settles these.
    State.IN_DOUBT: frozenset({State.SENT, State.REFUSED, State.PENDING}),
    State.SENT: frozenset({State.REFUSED}),
    State.REFUSED: frozenset(),
    State.SUPPRESSED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""Which state may follow which; what is sent is never sent again."""

GOT_IT = frozenset({State.SENT, State.IN_DOUBT})
"""Those who have the message, or may have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One recipient of a campaign.

    Attributes:
        key: The address as it is told from others: normalised; see `address.py`.
        address: The address as mail is sent to it.
        fields: What the merge fields say, in the order of `Dispatch.columns`.
    """

    key: str
    address: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to one recipient, as a worker takes it from the outbox.

    Attributes:
        id: Its number in the outbox, which no other delivery ever has.
        reader: Who is to get it.
        edition: Digest of the edition that this reader gets.
        tries: How often it has been begun, this time not counted.
        dated: When it was first begun, in UTC and whole seconds; None for never. A second try
            carries the same Date, so that servers can tell it from another message.
        answers: For a correction, the number of the delivery that it corrects, from which that
            one's Message-ID is known; None for none.
    """

    id: int
    reader: Reader
    edition: str
    tries: int = 0
    dated: datetime | None = None
    answers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a delivery that was begun.

    Attributes:
        id: As in `Delivery`.
        state: `SENT`, `REFUSED`, `IN_DOUBT`, or `PENDING` for another try.
        says: The server's answer, or what happened, as one line of plain text.
        due: When to try again, in UTC; None for at once. Only for `PENDING`.
        counts: False where the server never saw it, so that it was no try.
    """

    id: int
    state: State
    says: str
    due: datetime | None = None
    counts: bool = True
