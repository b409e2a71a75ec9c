"""As many connections as there is work for: opened one after the other, made anew when they die.

One task waits for the supply and hands its letters to whoever is idle, the latest first, so that
those nobody needs any more come to their end.
"""

import asyncio
from contextlib import suppress

from sendguard.adapters.smtp.door import Door, NoConnection
from sendguard.adapters.smtp.session import Limits, Session
from sendguard.errors import RelayTrouble
from sendguard.ports.sending import Supply
from sendguard.send import Letter, Outcome

LOOK_S = 0.25
"""So often it is looked whether it is over, while nothing else happens."""

LONGEST_PAUSE_S = 30.0


class Crew:
    """The connections that carry one supply. Sessions take from it, so that it can end early."""

    def __init__(
        self, door: Door, supply: Supply, limits: Limits, at_once: int, patience_s: float
    ) -> None:
        self._door = door
        self._supply = supply
        self._limits = limits
        self._at_once = at_once
        self._patience_s = patience_s
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._waiting: asyncio.Task[None] | None = None
        self._opening: set[asyncio.Task[None]] = set()
        self._sessions: list[Session] = []
        self._trouble: RelayTrouble | None = None
        self._failures = 0
        self._failing_since_s: float | None = None
        self._not_before_s = 0.0
        self._is_dismissed = False

    async def work(self) -> None:
        """Carry all; see `ports.sending.Relay`."""
        try:
            async with asyncio.TaskGroup() as group:
                while not self.is_over:
                    await self._step(group)
                self._dismiss()
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None
        finally:
            if self._waiting:
                self._waiting.cancel()
        if self._trouble:
            raise self._trouble

    # What sessions ask of a supply.

    def take(self) -> Letter | None:
        """The next letter; None where there is trouble."""
        return None if self._trouble else self._supply.take()

    def put_back(self, letter: Letter) -> None:
        """As the supply does."""
        self._supply.put_back(letter)

    def settle(self, letter: Letter, outcome: Outcome) -> None:
        """As the supply does."""
        self._supply.settle(letter, outcome)

    @property
    def is_over(self) -> bool:
        """Is there no more to take, or nobody to take it?"""
        return self._trouble is not None or self._supply.is_over

    async def wait(self) -> None:
        """As the supply does."""
        await self._supply.wait()

    async def _step(self, group: asyncio.TaskGroup) -> None:
        if not self._idle() and not self._may_open():
            await self._change()
        elif await self._has_more():
            # Who was idle before may have left meanwhile: a letter given to it would be lost.
            if idle := self._idle():
                # The first that finds nothing any more is the last that is asked.
                all(session.wake() for session in reversed(idle))
            elif self._may_open():
                self._opening.add(group.create_task(self._send_over_one()))

    def _idle(self) -> list[Session]:
        return [session for session in self._sessions if session.is_idle]

    def _may_open(self) -> bool:
        """Few at first: as many may be on their way as are there, so that the first goes ahead."""
        opening, there = len(self._opening), len(self._sessions)
        is_time = self._loop.time() >= self._not_before_s
        return is_time and opening + there < self._at_once and opening < max(1, there)

    async def _change(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await self._changed.wait()
        self._changed.clear()

    async def _has_more(self) -> bool:
        """Wait a little for the supply, without ever disturbing it while it waits itself."""
        self._waiting = self._waiting or asyncio.create_task(self._supply.wait())
        done, _ = await asyncio.wait({self._waiting}, timeout=LOOK_S)
        if not done:
            return False
        waited, self._waiting = self._waiting, None
        waited.result()
        return not self.is_over

    def _dismiss(self) -> None:
        self._is_dismissed = True
        for task in self._opening:
            task.cancel()
        for session in self._sessions:
            session.dismiss()

    async def _send_over_one(self) -> None:
        if session := await self._open():
            try:
                await session.carry()
            finally:
                self._sessions.remove(session)
                self._changed.set()
            if session.has_answered:
                self._failures, self._failing_since_s = 0, None
            elif session.lost and session.has_begun:
                self._fail(session.lost)

    async def _open(self) -> Session | None:
        try:
            connection = await self._door.open()
        except RelayTrouble as trouble:
            self._trouble = self._trouble or trouble
            return None
        finally:
            self._opening = {task for task in self._opening if task is not asyncio.current_task()}
            self._changed.set()
        if isinstance(connection, NoConnection):
            self._fail(connection.says)
            return None
        session = Session(connection, self, self._limits, self._changed.set)
        self._sessions.append(session)
        if self._is_dismissed:  # it was cancelled too late
            session.dismiss()
        return session

    def _fail(self, says: str) -> None:
        """Pause twice as long each time; give up where there was no connection for long."""
        if self._supply.is_over:  # nobody needs a connection any more
            return
        now_s = self._loop.time()
        self._not_before_s = now_s + min(2.0**self._failures, LONGEST_PAUSE_S)
        self._failures = min(self._failures + 1, 16)
        if self._sessions:
            self._failing_since_s = None
            return
        self._failing_since_s = self._failing_since_s or now_s
        if now_s - self._failing_since_s >= self._patience_s:
            self._trouble = self._trouble or RelayTrouble(says)
