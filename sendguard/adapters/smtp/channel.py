"""A connection that is kept: one message after another goes over it, for whoever has it."""

import asyncio
from collections.abc import Callable, Sequence

from sendguard.adapters.smtp.dialogue import Ended, Step
from sendguard.adapters.smtp.door import Connection
from sendguard.adapters.smtp.replies import Confused, Replies
from sendguard.adapters.smtp.session import GOODBYE_S, Limits
from sendguard.adapters.smtp.transaction import Transaction
from sendguard.gateway import Mail


class Channel(asyncio.Protocol):
    """Takes a connection over from whoever opened it.

    Attributes:
        carried: So many messages were given to it.
        since_s: When something happened on it last.
        has_died: The server ended it, and not we.
        is_over: There is no connection any more.
    """

    def __init__(
        self, connection: Connection, limits: Limits, on_over: Callable[["Channel"], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport = connection.transport
        self._offers = connection.offers
        self._limits = limits
        self._on_over = on_over
        self._replies = Replies()
        self._transaction: Transaction | None = None
        self._done: asyncio.Future[None] | None = None
        self._keeps_up = True
        self._is_clean = True
        self._is_leaving = False
        self.since_s = self._loop.time()
        self.carried = 0
        self.has_died = False
        self.is_over = False
        self._transport.set_protocol(self)

    @property
    def is_usable(self) -> bool:
        """Can it take one more message?"""
        return not (self.is_over or self._is_leaving or self._transport.is_closing())

    @property
    def is_worn(self) -> bool:
        """Has it carried as much as it may?"""
        return self.carried >= self._limits.messages

    async def carry(self, mail: Mail) -> Transaction:
        """Send one message; what became of it, always. Whoever is cancelled ends the connection."""
        transaction = Transaction(mail, self._offers, self._write, is_clean=self._is_clean)
        self._transaction = transaction
        self.carried += 1
        self.since_s = self._loop.time()
        if self.is_usable:
            transaction.begin()
        else:  # it died just now
            self._end("the server ended the connection", has_died=True)
            transaction.end("the server ended the connection")
        if transaction.awaits is not None:
            self._done = self._loop.create_future()
            try:
                await self._done
            except asyncio.CancelledError:
                self._end("the sending was interrupted")
                raise
        self._transaction = None
        self._is_clean = transaction.is_clean
        return transaction

    def leave(self) -> None:
        """Take leave of the server; it is over once that has answered."""
        if not self.is_over and not self._is_leaving:
            self._is_leaving = True
            self.since_s = self._loop.time()
            self._transport.write(b"QUIT\r\n")

    def abort(self) -> None:
        """End it now."""
        self._end("the sending was interrupted")

    def look_at_the_clock(self, now_s: float) -> None:
        """End it where the server lets us wait for too long."""
        limit_s = self._limit_s()
        if limit_s is not None and now_s - self.since_s >= limit_s:
            self._end(f"the server did not answer within {limit_s:g} s")

    def _limit_s(self) -> float | None:
        if self._transaction is None:
            return GOODBYE_S if self._is_leaving else None
        is_last = self._transaction.awaits is Step.DOT
        return self._limits.final_s if is_last else self._limits.answer_s

    def data_received(self, data: bytes) -> None:
        """Hear what the server says."""
        if self.is_over:
            return
        if (transaction := self._transaction) is None:
            # It answers our leave, or ends what nobody uses.
            self._end("the server ended the connection", has_died=True)
            return
        try:
            for heard in self._replies.feed(data):
                self.since_s = self._loop.time()
                transaction.hear(heard)
        except Confused as error:
            self._end(str(error), is_garbled=True)
        except Ended as error:
            self._end(str(error), has_died=True)
        else:
            if transaction.awaits is None:
                self._finish()

    def connection_lost(self, exc: Exception | None) -> None:
        """Settle what was under way."""
        why = f": {exc}" if exc else ""
        self._end(f"the connection to the server broke off{why}", has_died=True)

    def pause_writing(self) -> None:
        """Keep the dot of a long message back."""
        self._keeps_up = False

    def resume_writing(self) -> None:
        """Let it go."""
        self._keeps_up = True
        self.since_s = self._loop.time()
        if self._transaction:
            self._transaction.drained()

    def _write(self, parts: Sequence[bytes]) -> bool:
        self._transport.writelines(parts)
        return self._keeps_up

    def _finish(self) -> None:
        if self._done and not self._done.done():
            self._done.set_result(None)

    def _end(self, says: str, *, is_garbled: bool = False, has_died: bool = False) -> None:
        """Settle what is under way and let go of the connection; only the first time counts."""
        if self.is_over:
            return
        self.is_over = True
        self.has_died = has_died
        self._transport.abort()
        if self._transaction:
            self._transaction.end(says, is_garbled=is_garbled)
        self._finish()
        self._on_over(self)
