"""What was queued and is not over; what went out wrong and is not understood."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONG_PAST = timedelta(days=7)
"""What went out longer ago is nobody's business any more."""

MANY_REFUSED = 0.05
"""Of what was tried; an old list comes back at 2 % or so."""

FEW_REFUSED = 5
"""So many may come back of any list, however small."""

QUIET = timedelta(hours=1)
"""Nobody is at work where nothing goes out for so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """A campaign in the outbox.

    Attributes:
        campaign: Its name.
        queued_at: When it was queued.
        waiting: Messages that are still to be sent.
        sent, refused, in_doubt: Messages of which that is so; who was sending those that are in
            doubt may only just be gone.
        due: When the next of those that wait may be tried; None for none.
        last_sent: When the last one was taken; None for none.
        paused: Why it does not go on; None where it does.
        is_being_corrected: Whether it is paused until its correction is queued.
    """

    campaign: str
    queued_at: datetime
    waiting: int = 0
    sent: int = 0
    refused: int = 0
    in_doubt: int = 0
    due: datetime | None = None
    last_sent: datetime | None = None
    paused: str | None = None
    is_being_corrected: bool = False

    @property
    def tried(self) -> int:
        """Messages of which an answer is known."""
        return self.sent + self.refused

    @property
    def is_refused(self) -> bool:
        """Do so many not arrive that something else than a few old addresses is wrong?"""
        return self.refused > max(FEW_REFUSED, MANY_REFUSED * self.tried)

    @property
    def quiet_since(self) -> datetime:
        """Since when something of it should have gone out, and did not."""
        return max(filter(None, (self.queued_at, self.due, self.last_sent)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """The outbox.

    Attributes:
        mailings: What is not over, or was refused, the last one first.
        has_worker: Whether somebody was at work in the last minutes.
        last_sent: When the last message of all was taken; None for none.
    """

    mailings: tuple[Mailing, ...] = ()
    has_worker: bool = False
    last_sent: datetime | None = None

    def is_busy(self, now: datetime) -> bool:
        """Does somebody send something?"""
        return self.has_worker and self.last_sent is not None and now - self.last_sent < QUIET


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIncident:
    """A mistake that went out, of whose record nobody has said that it is done.

    Attributes:
        number: For `sendguard incident`.
        campaign: What went out.
        opened_at: When the record was begun.
        is_settled: Whether somebody has said that it could happen again, or could not.
        has_whys: Whether somebody has said why it happened.
    """

    number: int
    campaign: str
    opened_at: datetime
    is_settled: bool
    has_whys: bool
