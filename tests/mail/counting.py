"""The counting server for tests: started, told to stop at a point, killed and started anew."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

Point: TypeAlias = Literal["greeting", "data", "dot", "taken", "answered"]
"""Where the server can be stopped; see the program."""

ALL = ("PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES")
PROGRAM = Path(__file__).with_name("counting_server.py")
LONGEST_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A message that the server took, for one of its recipients.

    Attributes:
        sender, recipient: Of its envelope.
        digest: Of its bytes.
    """

    sender: str
    recipient: str
    message_id: str
    date: str
    digest: str


class CountingServer:
    """One at a port of 127.0.0.1 that stays the same, however often it is killed.

    Attributes:
        folder: Where its ledger is, and each message, under its digest.
        port: Where it listens.
    """

    def __init__(self, folder: Path, options: tuple[str, ...]) -> None:
        self.folder = folder
        self.port = 0
        self._options = options
        self._process: Process | None = None

    async def start(self) -> None:
        """Start it."""
        told = [str(self.folder / "ledger"), "--keep", str(self.folder), "--port", str(self.port)]
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, str(PROGRAM), *told, *self._options, stdin=PIPE, stdout=PIPE
        )
        self.port = (await self._said("port"))["port"]

    async def kill(self) -> None:
        """Kill it at once."""
        if self._process:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.communicate()
            self._process = None

    async def hold(self, point: Point, at: int = 1) -> None:
        """Order it to stop at this point, the time after next for 2."""
        await self._order({"hold": point, "at": at})

    async def until_held(self) -> None:
        """Wait until it has stopped there."""
        await self._said("held")

    async def go(self) -> None:
        """Let it go on, and stop nowhere."""
        await self._order({"go": True})

    async def until_calm(self) -> None:
        """Let it go on, and wait until all clients have left and what they sent is dealt with."""
        await self.go()
        await self._order({"calm": True})
        await self._said("calm")

    def copies(self) -> list[Copy]:
        """All that it ever took."""
        return list(self._read())

    def taken(self) -> Counter[str]:
        """How many copies each recipient got."""
        return Counter(copy.recipient for copy in self._read())

    def bytes_of(self, copy: Copy) -> bytes:
        """The message as it came, dots no longer stuffed."""
        return (self.folder / f"{copy.digest}.eml").read_bytes()

    def top_of(self, copy: Copy) -> bytes:
        """Where its headers are, however long the message is."""
        with (self.folder / f"{copy.digest}.eml").open("rb") as file:
            return file.read(64 * 1024)

    async def until_taken(self, count: int) -> None:
        """Wait until it took so many."""
        async with asyncio.timeout(LONGEST_S):
            while len(self.copies()) < count:  # noqa: ASYNC110 - asked of another process
                await asyncio.sleep(0.02)

    def _read(self) -> Iterator[Copy]:
        ledger = self.folder / "ledger"
        if ledger.exists():
            for line in ledger.read_text("utf-8").splitlines():
                yield Copy(**json.loads(line))

    async def _order(self, order: Mapping[str, object]) -> None:
        assert self._process
        assert self._process.stdin
        self._process.stdin.write(f"{json.dumps(order)}\n".encode())
        await self._said("heard")

    async def _said(self, word: str) -> Any:  # noqa: ANN401 - whatever it says about that
        assert self._process
        assert self._process.stdout
        async with asyncio.timeout(LONGEST_S):
            while line := await self._process.stdout.readline():
                if word in (said := json.loads(line)):
                    return said
        raise AssertionError("the counting server has ended")


@asynccontextmanager
async def counting_server(folder: Path, *options: str) -> AsyncIterator[CountingServer]:
    """One that runs, and keeps what it takes in a folder of its own.

    Args:
        folder: Where that folder is made.
        options: As the program has them; without `--offer` it offers all that it can.
    """
    own = folder / "taken"
    own.mkdir()
    offers = () if "--offer" in options else tuple(f"--offer={offer}" for offer in ALL)
    server = CountingServer(own, (*offers, *options))
    await server.start()
    try:
        yield server
    finally:
        await server.kill()
