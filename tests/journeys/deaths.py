"""Campaigns sent by the real program, which is killed at random until it was often enough."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sendguard.send import State
from tests.journeys.program import Running, kill
from tests.journeys.sending import MOST_IN_DOUBT, Desk, a_desk, agrees, sends_again
from tests.mail.counting import CountingServer, counting_server

READERS = 1_000
SLOW = ("--pause", "0.02")
"""So that with ten connections a campaign takes some seconds."""
EARLY = 0.25
"""The share of kills at any moment from the start; the others come once it has begun to send."""


@dataclass(slots=True)
class Deaths:
    """What came of it.

    Attributes:
        here: Where each campaign gets a folder.
        new_database: The address of another store; nothing for SQLite in that folder.
        kills: How often the program was killed, by what it left on its way then.
        most_in_doubt: Of one kill.
        doubts, doubled: How many were in doubt, and how many of them got a second copy.
    """

    here: Path
    new_database: Callable[[], str]
    chance: random.Random = field(default_factory=lambda: random.Random(42))  # noqa: S311 - no secret
    kills: int = 0
    kills_while_sending: int = 0
    sends: int = 0
    most_in_doubt: int = 0
    doubts: int = 0
    doubled: int = 0

    async def die(self, times: int) -> None:
        """Send campaigns until the program was killed so often."""
        while self.kills < times:
            self.sends += 1
            folder = self.here / f"send{self.sends}"
            folder.mkdir()
            async with counting_server(folder, *SLOW) as server:
                desk = a_desk(folder, server.port, readers=READERS, database=self.new_database())
                await self._send(desk, server, times)

    async def _send(self, desk: Desk, server: CountingServer, times: int) -> None:
        while self.kills < times and await self._dies(desk, server):
            begun = desk.states()[State.SENDING]
            assert begun <= MOST_IN_DOUBT
            self.most_in_doubt = max(self.most_in_doubt, begun)
            self.kills_while_sending += begun > 0
            agrees(desk, server)
        await (desk.resume() if desk.results() else desk.send())
        agrees(desk, server)
        assert len(desk.results()) == READERS
        self.doubts += desk.states()[State.IN_DOUBT]
        await sends_again(desk, server)
        self.doubled += len(server.copies()) - READERS

    async def _dies(self, desk: Desk, server: CountingServer) -> bool:
        """The program goes on and is killed; False where it was done before that."""
        is_early = self.chance.random() < EARLY
        if not is_early:
            await server.hold("greeting")
        async with desk.resuming() if desk.results() else desk.sending() as running:
            if not is_early:
                await _until_either(running, server)
            delay_s = self.chance.uniform(0, 2.5 if is_early else 0.5)
            with suppress(TimeoutError):
                await asyncio.wait_for(running.wait(), delay_s)
            is_killed = running.returncode is None
            await kill(running)
        await server.until_calm()
        self.kills += is_killed
        return is_killed


async def _until_either(running: Running, server: CountingServer) -> None:
    """Until the program is about to send, or has ended."""
    waiting = {asyncio.create_task(server.until_held()), asyncio.create_task(running.wait())}
    _, left = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for one in left:
        one.cancel()
    await asyncio.wait(waiting)
    await server.go()
