"""The stand-in web itself: sixteen hosts on loopback, in a process of their own.

`/__reset` forgets what was asked and answers with the counts until then, as JSON.
"""

import argparse
import asyncio
import json
import signal
import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

from benchmarks.visit.articles import HOSTS
from benchmarks.visit.counters import Counters
from benchmarks.visit.replies import HangUp, Piecewise, Reply, Whole, whole
from benchmarks.visit.site import Request, Site

_RESET_AT_ONCE = struct.pack("ii", 1, 0)


class Web:
    """The hosts, and what they were asked."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.counters = Counters()

    def reset(self) -> Whole:
        """Begin again, and tell what was before."""
        told = json.dumps(self.counters.told()).encode()
        self.counters = Counters()
        self.site.asked.clear()
        return whole(200, told, kind="application/json")


class Connection(asyncio.Protocol):
    """One client, whose requests are answered in turn."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._heard = b""
        self._host = ""
        self._transport: asyncio.Transport
        self._timer: asyncio.TimerHandle | None = None
        self._sending: asyncio.Task[None] | None = None
        self._counted: Counters | None = None
        self._may_write = asyncio.Event()
        self._may_write.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        self._transport = cast(asyncio.Transport, transport)
        self._host = transport.get_extra_info("sockname")[0]
        self._web.counters.connections += 1

    def connection_lost(self, _: Exception | None) -> None:
        """The client is gone, and so is whatever it waited for."""
        for waiting in (self._timer, self._sending):
            if waiting:
                waiting.cancel()
        self._end()

    def pause_writing(self) -> None:
        """The client does not read as fast as it is written to."""
        self._may_write.clear()

    def resume_writing(self) -> None:
        """The client has caught up."""
        self._may_write.set()

    def data_received(self, data: bytes) -> None:
        """Something was asked."""
        self._heard += data
        if self._counted is None:
            self._next()

    def _next(self) -> None:
        raw, found, rest = self._heard.partition(b"\r\n\r\n")
        if not found:
            return
        self._heard = rest
        request = parse(raw)
        if request.path == "/__reset":
            self._transport.writelines(_all(self._web.reset()))
            return
        self._begin(request)
        after_s, make = self._web.site.plan(request)
        if not after_s:
            self._send(make())
            return
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(after_s, lambda: self._send(make()))

    def _begin(self, request: Request) -> None:
        self._counted = self._web.counters
        self._counted.begin(self._host, is_head=request.is_head)

    def _end(self) -> None:
        if self._counted is not None:
            self._counted.end(self._host)
            self._counted = None

    def _send(self, reply: Reply) -> None:
        match reply:
            case Whole():
                self._write(*_all(reply))
                self._finish()
            case Piecewise():
                self._sending = asyncio.ensure_future(self._send_slowly(reply))
            case HangUp():
                self._hang_up()

    async def _send_slowly(self, reply: Piecewise) -> None:
        self._write(reply.head)
        for piece in reply.pieces:
            await asyncio.sleep(reply.pause_s)
            await self._may_write.wait()
            self._write(piece)
        self._finish()

    def _write(self, *parts: bytes) -> None:
        if self._counted is not None:
            self._counted.sent += sum(map(len, parts))
        self._transport.writelines(parts)

    def _finish(self) -> None:
        self._end()
        if self._heard:
            self._next()

    def _hang_up(self) -> None:
        self._end()
        client: socket.socket = self._transport.get_extra_info("socket")
        with suppress(OSError):
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_ONCE)
        self._transport.abort()


def parse(raw: bytes) -> Request:
    """The request of which these are the lines."""
    first, *lines = raw.split(b"\r\n")
    method, target, *_ = (*first.split(b" "), b"", b"")
    pairs = (line.partition(b":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    path = target.decode("latin-1").partition("?")[0]
    return Request(method=method, path=path, headers=headers)


def _all(reply: Whole) -> tuple[bytes, ...]:
    return (reply.head, *reply.body)


async def serve(folder: Path, scale: float, port: int = 0) -> None:
    """Print the port, and serve until told to stop."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, stop.set)
    web = Web(Site(port=port, scale=scale, folder=folder))
    for host in range(1, HOSTS + 1):
        server = await loop.create_server(
            lambda: Connection(web), f"127.0.0.{host}", web.site.port, backlog=4096
        )
        web.site.port = server.sockets[0].getsockname()[1]
    print(web.site.port, flush=True)
    await stop.wait()


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve, until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.visit.web", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the newsletters are")
    parser.add_argument("--scale", type=float, default=1.0, help="0: no latency")
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args(arguments)
    asyncio.run(serve(asked.folder, asked.scale, asked.port))


if __name__ == "__main__":
    main()
