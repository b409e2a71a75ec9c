"""The gateway's listeners for tests, open on free ports, and clients that say what they like."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sendguard.config.gateway import Gateway, Listener
from sendguard.entrypoints.gateway.listening import Open, listening
from sendguard.gateway import Mail
from sendguard.send import Reply

TAKEN = Reply(code=250, enhanced="2.0.0", text="taken")


@dataclass(slots=True)
class ToldJournal:
    """A `ports.watching.Journal` that remembers."""

    told: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def tell(self, event: str, **about: object) -> None:
        self.told.append((event, about))

    def warn(self, event: str, **about: object) -> None:
        self.told.append((event, about))


@dataclass(slots=True)
class Doors:
    """Open listeners, the messages that came through them, and what was told."""

    replies: list[Reply | Exception]
    pause_s: float = 0.0
    begun: int = 0
    mails: list[Mail] = field(default_factory=list)
    journal: ToldJournal = field(default_factory=ToldJournal)
    ports: tuple[int, ...] = ()
    opened: Open | None = None

    async def take(self, mail: Mail, _: Listener) -> Reply:
        self.begun += 1
        await asyncio.sleep(self.pause_s)
        self.mails.append(mail)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply

    @property
    def bodies(self) -> list[bytes]:
        return [mail.data for mail in self.mails]

    @property
    def connections(self) -> int:
        assert self.opened
        return self.opened.connections

    async def until_connections(self, count: int) -> None:
        await self.until(lambda: self.connections == count)

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not is_so():  # noqa: ASYNC110 - nobody tells us
                await asyncio.sleep(0.005)


def a_listener(**said: object) -> Listener:
    """On a free port."""
    return Listener(**{"listen": "127.0.0.1:2525"} | said).model_copy(  # type: ignore[arg-type]
        update={"listen": f"{str(said.get('listen', '127.0.0.1:0')).rpartition(':')[0]}:0"}
    )


@asynccontextmanager
async def open_doors(
    *listeners: Listener,
    reply: Reply | Exception = TAKEN,
    then: tuple[Reply, ...] = (),
    pause_s: float = 0.0,
    patience_s: float = 60.0,
    **said: object,
) -> AsyncIterator[Doors]:
    """Listeners, one on this computer unless told, and what came through them."""
    doors = Doors([reply, *then], pause_s)
    gateway = Gateway(listeners=listeners or (a_listener(),), **said)  # type: ignore[arg-type]
    async with listening(gateway, doors.take, doors.journal, patience_s) as opened:
        doors.opened, doors.ports = opened, opened.ports
        yield doors


@dataclass(slots=True)
class Client:
    """Says bytes, and hears replies."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def hear(self) -> str:
        """The next reply, its lines joined; empty once the server has closed."""
        lines: list[str] = []
        with suppress(ConnectionError):
            async with asyncio.timeout(60):
                while line := (await self.reader.readline()).decode():
                    lines.append(line.rstrip("\r\n"))
                    if line[3:4] != "-":
                        break
        return "\n".join(lines)

    async def say(self, *lines: str | bytes) -> list[str]:
        """The reply to each line, said one after the other."""
        return [await self._ask(line) for line in lines]

    async def _ask(self, line: str | bytes) -> str:
        await self.send((line if isinstance(line, bytes) else line.encode()) + b"\r\n")
        return await self.hear()

    async def send(self, data: bytes) -> None:
        with suppress(ConnectionError):
            self.writer.write(data)
            await self.writer.drain()

    async def hear_all(self) -> list[str]:
        """Every reply until the server closes."""
        heard: list[str] = []
        while reply := await self.hear():
            heard.append(reply)
        return heard

    async def secure(self, trust: ssl.SSLContext) -> None:
        await self.writer.start_tls(trust, server_hostname="localhost")


@asynccontextmanager
async def client(port: int, host: str = "127.0.0.1", **more: object) -> AsyncIterator[Client]:
    """A connection to a listener; the greeting is not heard yet."""
    reader, writer = await asyncio.open_connection(host, port, **more)  # type: ignore[arg-type]
    try:
        yield Client(reader, writer)
    finally:
        writer.transport.abort()


@asynccontextmanager
async def greeted(port: int, *said: str) -> AsyncIterator[Client]:
    """A client that said EHLO, and more."""
    async with client(port) as one:
        await one.hear()
        await one.say("EHLO letters.example.org", *said)
        yield one


MESSAGE = ("MAIL FROM:<ada@example.org>", "RCPT TO:<reader@example.net>", "DATA")
