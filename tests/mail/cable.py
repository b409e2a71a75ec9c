"""A cable between a client and a server that can be cut, and that can swallow what goes in."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress


class Cable:
    """What goes in at `port` comes out at the server, and back, while the cable is whole.

    Attributes:
        port: Where clients connect.
        cuts: How many connections were cut.
        swallows: Whatever clients say is lost from now on, and nothing tells them.
    """

    def __init__(self, to_port: int, cut_after: Callable[[], int | None]) -> None:
        """Lay it.

        Args:
            to_port: The server's.
            cut_after: For each connection, after how many bytes of the client it is cut, or None.
        """
        self._to_port = to_port
        self._cut_after = cut_after
        self.port = 0
        self.cuts = 0
        self.swallows = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection to its end, or until it is cut."""
        with suppress(OSError):
            there, to_there = await asyncio.open_connection("127.0.0.1", self._to_port)
            back = asyncio.create_task(_copy(there, writer))
            try:
                await self._forward(reader, to_there, self._cut_after())
            finally:
                for one in (to_there, writer):
                    one.transport.abort()
            await back

    async def _forward(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, left: int | None
    ) -> None:
        while data := await reader.read(4096):
            if self.swallows:
                continue
            writer.write(data if left is None else data[:left])
            await writer.drain()
            if left is not None and (left := left - len(data)) <= 0:
                self.cuts += 1
                return


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def cable(
    to_port: int, cut_after: Callable[[], int | None] = lambda: None
) -> AsyncIterator[Cable]:
    """A cable to a server of this computer."""
    laid = Cable(to_port, cut_after)
    server = await asyncio.start_server(laid.carry, "127.0.0.1", 0)
    laid.port = server.sockets[0].getsockname()[1]
    try:
        yield laid
    finally:
        server.close()
