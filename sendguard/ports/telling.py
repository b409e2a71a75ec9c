"""The ports through which people are told what a watch found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sendguard.watch import Verdict


@dataclass(frozen=True, slots=True)
class NotTold:
    """Why a notice did not get through: words of our own, without anything secret."""

    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNotice:
    """A notice that one address is to be told now.

    Attributes:
        id: One for each notice and address.
        to: Stands for the address, which is kept nowhere (`watch.address.digest_of`).
        campaign: Whom it is about.
        title: One line.
        body: Plain text.
        tries: How often it was tried before.
        decision: What it tells; None where nobody knows any more.
    """

    id: str
    to: str
    campaign: str
    title: str
    body: str
    tries: int
    decision: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UntoldNotice:
    """A notice that was tried in vain.

    Attributes:
        to: As for `DueNotice`.
        campaign: Whom it is about.
        title: One line.
        made_at: When it came to be.
        tries: How often it was tried.
        why: Why it did not get through the last time.
        again_at: When it is tried again; None when it was given up.
    """

    to: str
    campaign: str
    title: str
    made_at: datetime
    tries: int
    why: str
    again_at: datetime | None


class Notifier(Protocol):
    """Tells people."""

    async def tell(
        self, address: str, title: str, body: str, decision: Verdict | None = None
    ) -> NotTold | None:
        """Tell once, within bounded time; trouble is a value, not an exception.

        Args:
            address: An Apprise URL, which is a secret.
            title: One line.
            body: Plain text; nothing in it is interpreted.
            decision: How grave it is, for a service that shows that.

        Returns:
            None when it was taken.
        """
        ...


class Notices(Protocol):
    """The notices that wait to be told: an outbox that outlives the program.

    Every method may raise `BadStore`; nothing is half written then.
    """

    def due(self, to: str, now: datetime) -> tuple[DueNotice, ...]:
        """What that address is to be told now: what was tried least first, then the oldest."""
        ...

    def begin(self, notice: DueNotice, until: datetime) -> bool:
        """Mark it as being on its way, and count the try; False where another was faster.

        Args:
            notice: As `due` gave it.
            until: From when on it is due again: whoever sends it must have died.
        """
        ...

    def told(self, notice: DueNotice) -> None:
        """It got through, even if it was overtaken meanwhile."""
        ...

    def failed(self, notice: DueNotice, why: str, again_at: datetime) -> None:
        """It did not; what else waits for that address and is due by then waits as long."""
        ...

    def give_up(self, notice: DueNotice, why: str) -> None:
        """It did not, and is not tried any more."""
        ...

    def drop_others(self, to: Iterable[str]) -> int:
        """Drop what waits for any address but these; how many notices that were."""
        ...

    def untold(self) -> tuple[UntoldNotice, ...]:
        """What was tried in vain, the newest first."""
        ...
