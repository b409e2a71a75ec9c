"""Proof of what is connected to: listeners on every address of this computer, and every attempt."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any


@dataclass(slots=True)
class Listener:
    """Listens on every address of this computer, IPv4 and IPv6, at one port."""

    port: int
    accepted: list[str] = field(default_factory=list)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted.append(writer.get_extra_info("sockname")[0])
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        writer.close()


@asynccontextmanager
async def listener() -> AsyncIterator[Listener]:
    told = Listener(0)
    four = await asyncio.start_server(told.answer, "0.0.0.0", 0)
    told.port = four.sockets[0].getsockname()[1]
    async with four:
        if not socket.has_dualstack_ipv6():
            yield told
            return
        async with await asyncio.start_server(told.answer, "::", told.port):
            yield told


@contextmanager
def attempts() -> Iterator[list[tuple[Any, ...]]]:
    """Every address that Python is told to connect a socket to, whether or not it can be."""
    seen: list[tuple[Any, ...]] = []
    _watching.append(seen)
    try:
        yield seen
    finally:
        _watching.remove(seen)


def own_address() -> str:
    """The address of this computer on its private network; loopback where it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sign:
        try:
            sign.connect(("192.0.2.1", 9))  # of a UDP socket: nothing is sent
        except OSError:
            return "127.0.0.1"
        own = ip_address(sign.getsockname()[0])
        return "127.0.0.1" if own.is_global else str(own)


_watching: list[list[tuple[Any, ...]]] = []


def _watch(event: str, about: tuple[Any, ...]) -> None:
    if event == "socket.connect" and about[0].type & socket.SOCK_STREAM:
        for seen in _watching:
            seen.append(about[1])


# An audit hook cannot be taken away again; it does nothing while nobody watches.
sys.addaudithook(_watch)
