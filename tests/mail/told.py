"""A mail server that answers as it is told, for what no real one can be brought to do."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeAlias


class Deed(Enum):
    """What a server does in the place of an answer."""

    HANG_UP = auto()
    STAY_SILENT = auto()


Answer: TypeAlias = str | bytes | Deed
"""A reply without its line end, bytes just as they are, or no reply at all."""

GOOD: Mapping[str, str] = {
    "GREETING": "220 told.example.org",
    "MAIL": "250 2.1.0 good",
    "RCPT": "250 2.1.5 good",
    "DATA": "354 go on",
    "DOT": "250 2.0.0 taken",
    "RSET": "250 2.0.0 good",
    "QUIT": "221 2.0.0 bye",
    "AUTH": "235 2.7.0 in",
    "HELO": "250 told.example.org",
}
OFFERS = ("PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 1000000")


@dataclass(slots=True)
class ToldServer:
    """One that runs on 127.0.0.1.

    Attributes:
        answers: By the command that they answer, one after the other, the last one for ever; `DOT`
            is the final dot, `HALF` comes before a message is whole. Others are answered well.
        offers: What EHLO is answered with.
        heard: The commands, in order.
        taken: The messages as they came, where the dot was answered with 2xx.
        connections: How many were made.
    """

    answers: Mapping[str, Sequence[Answer]]
    offers: Sequence[str]
    port: int = 0
    heard: list[str] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    most_at_once: int = 0
    _counts: Counter[str] = field(default_factory=Counter)

    @property
    def dots(self) -> int:
        """How many messages came to their final dot, whether or not it was answered."""
        return self._counts["DOT"]

    async def until(self, is_so: Callable[[], bool], within_s: float = 60) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(within_s):
            while not is_so():  # noqa: ASYNC110 - lists tell of it, not events
                await asyncio.sleep(0.001)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk to one client until either ends it."""
        self.connections += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._talk(reader, writer)
        finally:
            self.at_once -= 1
            writer.transport.abort()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        is_on = await self._answer("GREETING", writer)
        while is_on:
            line = (await reader.readuntil(b"\r\n")).decode().rstrip()
            self.heard.append(line)
            command = line.partition(" ")[0]
            is_on = command != "QUIT" and await self._answer(command, writer)
            if is_on and command == "DATA" and self._said("DATA").startswith("354"):
                is_on = await self._take(reader, writer)
            elif command == "QUIT":
                await self._answer(command, writer)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        lines = list[bytes]()
        while (line := await reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line)
            if len(lines) == 2 and "HALF" in self.answers:
                return await self._answer("HALF", writer)
        is_on = await self._answer("DOT", writer)
        if self._said("DOT").startswith("2"):
            self.taken.append(b"".join(lines))
        return is_on

    async def _answer(self, command: str, writer: asyncio.StreamWriter) -> bool:
        """Answer; whether the talk goes on."""
        self._counts[command] += 1
        match self._told(command):
            case Deed.HANG_UP:
                return False
            case Deed.STAY_SILENT:
                await asyncio.sleep(600)
            case bytes() as raw:
                writer.write(raw)
            case str() as reply:
                writer.write(f"{reply}\r\n".encode())
        await writer.drain()
        return True

    def _told(self, command: str) -> Answer:
        if command in self.answers:
            answers = self.answers[command]
            return answers[min(self._counts[command], len(answers)) - 1]
        if command == "EHLO":
            lines = ["told.example.org", *self.offers]
            return "\r\n".join([*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}"])
        return GOOD.get(command, "500 5.5.2 what?")

    def _said(self, command: str) -> str:
        told = self._told(command)
        return told if isinstance(told, str) else ""


@asynccontextmanager
async def told_server(
    told_so: Mapping[str, Sequence[Answer]] | None = None,
    *,
    offers: Sequence[str] = OFFERS,
    **answers: Sequence[Answer],
) -> AsyncIterator[ToldServer]:
    """A server that answers, for example, `RCPT=["250 good", "550 no"]`."""
    told = ToldServer({**(told_so or {}), **answers}, offers)
    talks = dict[asyncio.Task[None], asyncio.StreamWriter]()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks[asyncio.create_task(told.talk(reader, writer))] = writer

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    told.port = server.sockets[0].getsockname()[1]
    try:
        yield told
    finally:
        server.close()
        for task, writer in talks.items():
            task.cancel()
            writer.transport.abort()  # one that has not begun to talk would not end it
        await asyncio.gather(*talks, return_exceptions=True)
