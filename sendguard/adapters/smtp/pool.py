"""Connections that are kept warm, as many as are needed, and whose turn it is to have one."""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from sendguard.adapters.smtp.channel import Channel
from sendguard.adapters.smtp.door import Door, NoConnection
from sendguard.adapters.smtp.session import GOODBYE_S, Limits
from sendguard.errors import RelayTrouble
from sendguard.send import NotSent

PAUSE_S = 1.0
"""So long a server that could not be reached is left alone."""

LONG_PAUSE_S = 30.0
"""And so long one that does not let us in: it might lock out whoever keeps asking."""

LOOK_S = 1.0

Turn: TypeAlias = asyncio.Future[Channel | NotSent]


@dataclass(frozen=True, slots=True)
class _Closed:
    """There is no connection, and nobody is to ask again before that time is over."""

    says: str
    pause_s: float = PAUSE_S


class Pool:
    """Hands connections out, the latest used first, so that those nobody needs come to an end."""

    def __init__(self, door: Door, limits: Limits, at_once: int, connect_s: float) -> None:
        """Open nothing yet.

        Args:
            door: Where connections are made.
            limits: Of each connection; `answer_s` is the longest wait for one that is free, too.
            at_once: Most connections at a time.
            connect_s: Longest wait for a connection that is ready.
        """
        self._door = door
        self._limits = limits
        self._at_once = at_once
        self._connect_s = connect_s
        self._open: set[Channel] = set()
        self._idle: list[Channel] = []
        self._turns: deque[tuple[Turn, float]] = deque()
        self._opening: set[asyncio.Task[None]] = set()
        self._trouble: NotSent | None = None
        self._not_before_s = 0.0
        self._look_s = min(LOOK_S, limits.answer_s / 4, limits.idle_s)
        self._alarm: asyncio.TimerHandle | None = None
        self._over = asyncio.Event()
        self._is_closing = False

    async def take(self) -> Channel | NotSent:
        """A connection, to be given back; or why there is none."""
        while self._idle:
            channel = self._idle.pop()
            if channel.is_usable:
                return channel
        if self._is_closing:
            return NotSent("SendGuard is being ended")
        loop = asyncio.get_running_loop()
        turn: Turn = loop.create_future()
        self._turns.append((turn, loop.time() + self._limits.answer_s))
        self._serve()
        try:
            return await turn
        except asyncio.CancelledError:
            if not turn.cancelled() and isinstance(given := turn.result(), Channel):
                self.give_back(given)
            raise

    def give_back(self, channel: Channel) -> None:
        """Let the next one have it."""
        if not channel.is_usable:
            channel.abort()
        elif channel.is_worn or self._is_closing:
            channel.leave()
        elif not self._give(channel):
            self._idle.append(channel)

    def forget_idle(self) -> None:
        """Part with those that nobody uses: one like them turned out to be dead."""
        for channel in list(self._idle):
            channel.abort()

    async def close(self) -> None:
        """Take leave on every connection, after what is under way; wait a little for that."""
        self._is_closing = True
        self._turn_away(NotSent("SendGuard is being ended"))
        for task in self._opening:
            task.cancel()
        for channel in list(self._idle):
            channel.leave()
        await asyncio.gather(*self._opening, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                await self._until_all_are_over()
        for channel in list(self._open):
            channel.abort()
        if self._alarm:
            self._alarm.cancel()

    async def _until_all_are_over(self) -> None:
        while self._open:
            self._over.clear()
            await self._over.wait()

    def _serve(self) -> None:
        """Open as many as are waited for; few at first, so that the first goes ahead."""
        loop = asyncio.get_running_loop()
        self._alarm = self._alarm or loop.call_later(self._look_s, self._look_at_the_clock)
        there = len(self._open)
        if loop.time() < self._not_before_s:
            if self._trouble and not there and not self._opening:
                self._turn_away(self._trouble)
            return
        most = min(len(self._turns), max(1, there), self._at_once - there)
        while len(self._opening) < most:
            self._opening.add(loop.create_task(self._open_one()))

    async def _open_one(self) -> None:
        opened = await self._connection()
        task = asyncio.current_task()
        self._opening = {other for other in self._opening if other is not task}
        if isinstance(opened, _Closed):
            self._trouble = NotSent(opened.says)
            self._not_before_s = asyncio.get_running_loop().time() + opened.pause_s
        else:
            self._open.add(opened)
            self.give_back(opened)
        self._serve()

    async def _connection(self) -> Channel | _Closed:
        try:
            async with asyncio.timeout(self._connect_s):
                connection = await self._door.open()
        except RelayTrouble as trouble:
            return _Closed(str(trouble), LONG_PAUSE_S)
        except TimeoutError:
            return _Closed(f"the mail server did not let us in within {self._connect_s:g} s")
        except Exception as error:  # noqa: BLE001 - or whoever waits would not hear of it
            return _Closed(f"there is no connection to the mail server ({error})")
        if isinstance(connection, NoConnection):
            return _Closed(connection.says)
        return Channel(connection, self._limits, self._forget)

    def _give(self, channel: Channel) -> bool:
        """To whoever waits longest; whether somebody did."""
        while self._turns:
            turn, _ = self._turns.popleft()
            if not turn.done():
                turn.set_result(channel)
                return True
        return False

    def _turn_away(self, trouble: NotSent) -> None:
        while self._turns:
            turn, _ = self._turns.popleft()
            if not turn.done():
                turn.set_result(trouble)

    def _forget(self, channel: Channel) -> None:
        """It is over."""
        self._open.discard(channel)
        self._over.set()
        if channel in self._idle:
            self._idle.remove(channel)
        if self._turns:
            self._serve()

    def _look_at_the_clock(self) -> None:
        loop = asyncio.get_running_loop()
        now_s = loop.time()
        for channel in list(self._open):
            channel.look_at_the_clock(now_s)
        while self._idle and now_s - self._idle[0].since_s >= self._limits.idle_s:
            self._idle.pop(0).leave()
        while self._turns and self._turns[0][1] <= now_s:
            turn, _ = self._turns.popleft()
            if not turn.done():
                turn.set_result(NotSent("every connection to the mail server was busy for long"))
        self._alarm = None
        if self._open or self._turns:
            self._serve()
