"""Small real servers for tests: they answer as told and remember what they were asked."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Reply: TypeAlias = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Site:
    """A site that runs; as text it is its own address, without a slash at the end."""

    scheme: str
    port: int = 0
    connections: int = 0
    asked: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    times_s: list[float] = field(default_factory=list)
    now: int = 0
    most_at_once: int = 0

    @property
    def gaps(self) -> list[float]:
        """Seconds from each request to the next."""
        return [later - earlier for earlier, later in pairwise(self.times_s)]

    def __str__(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"


def page(
    body: str | bytes = "",
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    **headers: str,
) -> bytes:
    """A whole answer; `retry_after="1"` becomes the header `retry-after: 1`."""
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    all_headers = {"content-type": kind, "content-length": str(len(content)), **named}
    lines = [f"{name}: {value}" for name, value in all_headers.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + content


def moved(to: str, status: str = "302 Found", **headers: str) -> bytes:
    """A redirect."""
    return page("moved", status, location=to, **headers)


def titled(title: str) -> bytes:
    """A page with nothing but a title."""
    return page(f"<html><head><title>{title}</title></head><body><p>Hello</p></body></html>")


def in_turn(*replies: bytes) -> Reply:
    """Each request gets the next of `replies`, the last one for ever."""
    left = list(replies)

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0) if len(left) > 1 else left[0])
        await writer.drain()

    return answer


def after(pause_s: float, reply: bytes) -> Reply:
    """`reply`, late."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(pause_s)
        writer.write(reply)
        await writer.drain()

    return answer


@asynccontextmanager
async def site(
    replies: Mapping[str, Reply], tls: ssl.SSLContext | None = None
) -> AsyncIterator[Site]:
    """A server on a free port that answers each path as told, and 404 to all others."""
    told = Site("https" if tls else "http")

    talks = dict[asyncio.Task[None], asyncio.StreamWriter]()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told.connections += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                while not writer.is_closing():
                    await _answer_one(told, replies, reader, writer)
        finally:
            writer.transport.abort()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of ours, since asyncio complains of its own when they are cancelled.
        talks[asyncio.create_task(talk(reader, writer))] = writer

    server = await asyncio.start_server(begin, "127.0.0.1", 0, ssl=tls)
    told.port = server.sockets[0].getsockname()[1]
    try:
        yield told
    finally:
        server.close()
        for task, writer in talks.items():
            task.cancel()
            writer.transport.abort()  # one that has not begun to talk would not end it
        await asyncio.gather(*talks, return_exceptions=True)


async def _answer_one(
    told: Site,
    replies: Mapping[str, Reply],
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    path = request.split(" ")[1]
    told.asked.append(path)
    told.requests.append(request)
    told.bodies.append(await reader.readexactly(_length(request)))
    told.times_s.append(asyncio.get_running_loop().time())
    told.now += 1
    told.most_at_once = max(told.most_at_once, told.now)
    try:
        reply = replies.get(path, page("<title>Not found</title>", "404 Not Found"))
        if isinstance(reply, bytes):
            writer.write(reply)
            await writer.drain()
        else:
            await reply(writer)
    finally:
        told.now -= 1


def _length(request: str) -> int:
    named = (line.partition(":") for line in request.split("\r\n"))
    return next((int(said) for name, _, said in named if name.lower() == "content-length"), 0)


def tls_for(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """What a server with that certificate needs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@dataclass(slots=True)
class Post:
    """A mail server that runs, and remembers what it took; it takes no name but `knows`."""

    knows: tuple[bytes, bytes] = (b"ada", b"secret")
    port: int = 0
    refuses: tuple[str, ...] = ()
    taken: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 good"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 2.0.0 taken"

    def admit(self, *asked: object) -> AuthResult:
        """Whether name and password are those that are known."""
        said = asked[-1]
        good = isinstance(said, LoginPassword) and (said.login, said.password) == self.knows
        return AuthResult(success=good, handled=False)


@asynccontextmanager
async def post(*, refuses: tuple[str, ...] = ()) -> AsyncIterator[Post]:
    """A mail server on a free port."""
    told = Post(refuses=refuses)
    loop = asyncio.get_running_loop()

    def talk() -> SMTP:
        return SMTP(told, loop=loop, authenticator=told.admit, auth_require_tls=False)

    server = await loop.create_server(talk, "127.0.0.1", 0)
    told.port = server.sockets[0].getsockname()[1]
    async with server:
        yield told
