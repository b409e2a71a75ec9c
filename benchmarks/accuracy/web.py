"""A stand-in web: every host there is, on this machine, with the pages that it is told of."""

import asyncio
import re
import ssl
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from html import escape
from pathlib import Path
from threading import Thread
from typing import TypeVar

import trustme

from benchmarks.accuracy.shapes import Served

_PICTURE = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c")
_PICTURE += bytes.fromhex("00000000010001000002024401003b")
_PICTURES = (".png", ".gif", ".jpg", ".jpeg", ".svg", ".webp", ".ico", ".bmp")
_FILLER = "<p>" + "It began on a quiet morning, and nobody had asked for it at all. " * 8 + "</p>"

_Any = TypeVar("_Any")
Pages = Mapping[str, Served | None]
Doors = tuple[int, int]


class Web:
    """Runs in a thread of its own, until it is told to stop."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._authority = trustme.CA()
        self._tls = self._any_host()

    def trust(self, file: Path) -> None:
        """Write down the authority that signs for every host."""
        self._authority.cert_pem.write_to_path(str(file))

    @contextmanager
    def showing(self, pages: Pages) -> Iterator[Doors]:
        """The ports for http and https where these pages are for as long as it is needed."""
        stall = _Stall(pages)
        doors = self._wait_for(stall.open(self._tls))
        try:
            yield doors
        finally:
            self._wait_for(stall.close())

    def _wait_for(self, done: Coroutine[None, None, _Any]) -> _Any:
        return asyncio.run_coroutine_threadsafe(done, self._loop).result()

    def _any_host(self) -> ssl.SSLContext:
        @cache
        def certified(host: str) -> ssl.SSLContext:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._authority.issue_cert(host).configure_cert(context)
            return context

        def choose(
            socket: ssl.SSLSocket | ssl.SSLObject, host: str | None, _: ssl.SSLContext
        ) -> None:
            socket.context = certified(host or "127.0.0.1")

        first = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert("127.0.0.1").configure_cert(first)
        first.sni_callback = choose
        return first

    def run(self) -> None:
        """Serve until told to stop."""
        self._loop.set_exception_handler(lambda *_: None)  # a client that hangs up is no news
        self._loop.run_forever()
        self._loop.close()

    def stop(self) -> None:
        """Serve no more."""
        self._loop.call_soon_threadsafe(self._loop.stop)


class _Stall:
    """One set of pages on two ports."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._servers: list[asyncio.Server] = []
        self._talks = set[asyncio.Task[None]]()

    async def open(self, tls: ssl.SSLContext) -> Doors:
        """Begin to answer."""
        for context in (None, tls):
            server = await asyncio.start_server(
                self._begin, "127.0.0.1", 0, ssl=context, backlog=512
            )
            self._servers.append(server)
        http, https = (server.sockets[0].getsockname()[1] for server in self._servers)
        return http, https

    async def close(self) -> None:
        """Hang up on everybody."""
        for server in self._servers:
            server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.ensure_future(_talk(self._pages, reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)


@contextmanager
def a_web() -> Iterator[Web]:
    """A web for as long as it is needed."""
    web = Web()
    thread = Thread(target=web.run, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.stop()
        thread.join()


def answer(pages: Pages, address: str) -> bytes:
    """What the web says to whoever asks for `address`: `host/path?query`."""
    path = address.partition("?")[0].lower()
    if (served := pages.get(address)) is not None:
        if path.endswith(_PICTURES):
            return _reply("200 OK", "image/gif", _PICTURE)
        return _reply("200 OK", "text/html; charset=utf-8", page_of(served, address).encode())
    missing = b"<!doctype html><title>Page not found</title><h1>Page not found</h1>"
    return _reply("404 Not Found", "text/html; charset=utf-8", missing)


def page_of(served: Served, address: str) -> str:
    """The page as a site would send it."""
    title = escape(served.title)
    whole = f"{title} | {escape(served.site)}" if served.site else title
    places = "".join(f'<p id="{escape(place)}">More.</p>' for place in sorted(served.places))
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{whole}</title>"
        f'<meta property="og:title" content="{title}">'
        f'<link rel="canonical" href="https://{escape(address)}"></head>'
        f"<body><article><h1>{title}</h1>{_FILLER * 6}{places}</article></body></html>"
    )


def _reply(status: str, kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def _talk(pages: Pages, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while not writer.is_closing():
                request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                writer.write(_without_body(request, answer(pages, _address(request))))
                await writer.drain()
    finally:
        writer.transport.abort()


def _without_body(request: str, reply: bytes) -> bytes:
    return reply.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if request[:5] == "HEAD " else reply


def _address(request: str) -> str:
    first, *lines = request.split("\r\n")
    hosts = (line[5:].strip() for line in lines if line[:5].lower() == "host:")
    host = re.sub(r":\d+$", "", next(hosts, "").lower())
    return host + _path(first)


def _path(first: str) -> str:
    return first.split(" ")[1] if first.count(" ") > 1 else "/"
