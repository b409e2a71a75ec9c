"""One connection while letters go over it, and how long anything on it may take."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVarTuple

from sendguard.adapters.smtp.dialogue import Dialogue, Ended, Step
from sendguard.adapters.smtp.door import Connection
from sendguard.adapters.smtp.replies import Confused, Replies
from sendguard.ports.sending import Supply

GOODBYE_S = 2.0

Given = TypeVarTuple("Given")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much and how long.

    Attributes:
        messages: Most letters over one connection.
        answer_s: Longest wait for an answer.
        final_s: Longest wait for the one behind the final dot.
        idle_s: After so long without a letter, the connection is closed.
    """

    messages: int
    answer_s: float
    final_s: float
    idle_s: float


class Session(asyncio.Protocol):
    """Takes a connection over from whoever opened it.

    Attributes:
        lost: Why the connection was lost; None while it is there, or where we ended it.
        is_idle: There was nothing to send; see `wake`.
    """

    def __init__(
        self, connection: Connection, supply: Supply, limits: Limits, on_idle: Callable[[], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport = connection.transport
        self._limits = limits
        self._on_idle = on_idle
        self._replies = Replies()
        self._dialogue = Dialogue(supply, connection.offers, limits.messages, self._write)
        self._changed = asyncio.Event()
        self._error: Exception | None = None
        self._keeps_up = True
        self._is_leaving = False
        self._since_s = self._loop.time()
        self._alarm: asyncio.TimerHandle | None = None
        self._is_over = False
        self.lost: str | None = None
        self.is_idle = False

    @property
    def has_answered(self) -> bool:
        """Did the server say of any letter what becomes of it?"""
        return self._dialogue.answered > 0

    @property
    def has_begun(self) -> bool:
        """Was it given any letter?"""
        return self._dialogue.begun > 0

    async def carry(self) -> None:
        """Send until there was nothing to send for long, it was enough, or the connection died."""
        self._transport.set_protocol(self)
        self._look_at_the_clock()
        try:
            if self._transport.is_closing():
                self._end("the server ended the connection")
            self.wake()
            await self._until_done()
            if not self._is_over:
                await self._take_leave()
        finally:
            self._end("the sending was interrupted", is_interrupted=True)
        if self._error:
            raise self._error

    def wake(self) -> bool:
        """Take the next letter, if there is one; whether there was."""
        self._since_s = self._loop.time()
        self._try(self._dialogue.go_on)
        if self._dialogue.awaits is None:
            return False
        self.is_idle = False
        self._changed.set()
        return True

    def dismiss(self) -> None:
        """Let what is under way be answered, and leave."""
        self._is_leaving = True
        self._changed.set()

    async def _until_done(self) -> None:
        while not self._is_over:
            self._changed.clear()
            if self._dialogue.awaits is not None:
                await self._changed.wait()
            elif self._is_leaving or self._dialogue.is_full or not await self._has_more():
                return

    async def _has_more(self) -> bool:
        """Wait to be woken; False where nobody did for long."""
        self.is_idle = True
        self._on_idle()
        try:
            async with asyncio.timeout(self._limits.idle_s):
                await self._changed.wait()
        except TimeoutError:
            # It may have been woken at the very end.
            return self._dialogue.awaits is not None
        finally:
            self.is_idle = False
        return True

    async def _take_leave(self) -> None:
        self._is_leaving = True
        self._changed.clear()
        self._transport.write(b"QUIT\r\n")
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                await self._changed.wait()

    def _look_at_the_clock(self) -> None:
        awaits, limits = self._dialogue.awaits, self._limits
        limit_s = limits.final_s if awaits is Step.DOT else limits.answer_s
        left_s = self._since_s + limit_s - self._loop.time()
        if awaits and left_s <= 0:
            self._end(f"the server did not answer within {limit_s:g} s")
            return
        # Often enough for the shorter limit, which may begin to count meanwhile.
        pause_s = limits.answer_s / 4
        look_s = min(left_s, pause_s) if awaits else pause_s
        self._alarm = self._loop.call_later(look_s, self._look_at_the_clock)

    def data_received(self, data: bytes) -> None:
        """Hear what the server says."""
        if self._is_leaving and self._dialogue.awaits is None:
            self._changed.set()
        elif not self._is_over:
            self._try(self._hear, data)
            if self._dialogue.awaits is None:
                self._changed.set()

    def _hear(self, data: bytes) -> None:
        now_s = self._loop.time()
        for heard in self._replies.feed(data):
            self._since_s = now_s
            self._dialogue.hear(heard)

    def connection_lost(self, exc: Exception | None) -> None:
        """Settle what was under way."""
        why = f": {exc}" if exc else ""
        self._end(f"the connection to the server broke off{why}")

    def pause_writing(self) -> None:
        """Keep the dot of a long letter back."""
        self._keeps_up = False

    def resume_writing(self) -> None:
        """Let it go."""
        self._keeps_up = True
        self._since_s = self._loop.time()
        if not self._is_over:
            self._try(self._dialogue.drained)

    def _write(self, parts: Sequence[bytes]) -> bool:
        self._transport.writelines(parts)
        return self._keeps_up

    def _try(self, step: Callable[[*Given], None], *given: *Given) -> None:
        try:
            step(*given)
        except Confused as error:
            self._end(str(error), is_garbled=True)
        except Ended as error:
            self._end(str(error))
        except Exception as error:  # noqa: BLE001 - whatever the supply raises is `carry`'s to raise
            self._error = self._error or error
            self._end("the sending was interrupted", is_interrupted=True)

    def _end(self, says: str, *, is_interrupted: bool = False, is_garbled: bool = False) -> None:
        """Settle what is under way and let go of the connection; only the first time counts."""
        if self._is_over:
            return
        self._is_over = True
        self.lost = None if is_interrupted else says
        if self._alarm:
            self._alarm.cancel()
        self._transport.abort()
        ending = partial(
            self._dialogue.end, says, is_interrupted=is_interrupted, is_garbled=is_garbled
        )
        self._try(ending)
        self._changed.set()
