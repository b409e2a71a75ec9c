"""Where connections arrive: let in, or refused before they cost anything."""

import asyncio
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress

from sendguard.config.sections import Security
from sendguard.entrypoints.gateway import replies
from sendguard.entrypoints.gateway.entrance import Entrance, client_of
from sendguard.entrypoints.gateway.line import GOODBYE_S, LONGEST_HANDSHAKE_S
from sendguard.entrypoints.gateway.lobby import Lobby
from sendguard.entrypoints.gateway.session import Session
from sendguard.send import Reply

_BREATH_S = 0.2
"""For files to become free again, where the system has none left for one more connection."""


class Door:
    """One listener that is open.

    Connections are taken by hand: asyncio would make a TLS handshake with everybody first.

    Args:
        entrance: What it is told of its clients.
        sockets: Which listen.
        lobby: Where clients go.
    """

    def __init__(self, entrance: Entrance, sockets: Sequence[socket.socket], lobby: Lobby) -> None:
        self._entrance = entrance
        self._sockets = sockets
        self._lobby = lobby
        is_tls = entrance.listener.security is Security.TLS
        self._trust: ssl.SSLContext | None = entrance.trust if is_tls else None
        self._arrivals = set[asyncio.Task[None]]()
        self._waits = [asyncio.create_task(self._wait(one)) for one in sockets]

    @property
    def port(self) -> int:
        """The first one that is listened on."""
        return int(self._sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Let nobody in any more."""
        tasks = [*self._waits, *self._arrivals]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for one in self._sockets:
            one.close()

    async def _wait(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                arrived, peer = await loop.sock_accept(listening)
            except OSError as error:
                self._lobby.tell_refused(str(error.strerror), "", self._entrance.listener.listen)
                await asyncio.sleep(_BREATH_S)
                continue
            task = asyncio.create_task(self._meet(arrived, peer))
            self._arrivals.add(task)
            task.add_done_callback(self._arrivals.discard)

    async def _meet(self, arrived: socket.socket, peer: object) -> None:
        client = client_of(peer)
        if client is None:
            arrived.close()
            return
        refusal = self._refusal(str(client), is_known=self._entrance.admits(client))
        if refusal is not None:
            self._send_away(arrived, refusal)
            return
        session = Session(self._entrance, self._lobby, client)
        self._lobby.enter(session, str(client))
        await self._welcome(session, arrived)

    def _refusal(self, client: str, *, is_known: bool) -> Reply | None:
        refusal = self._lobby.refusal(client) if is_known else replies.STRANGER
        if refusal is not None:
            self._lobby.tell_refused(str(refusal), client, self._entrance.listener.listen)
        return refusal

    def _send_away(self, arrived: socket.socket, refusal: Reply) -> None:
        with arrived, suppress(OSError):
            if self._trust is None:  # who awaits TLS would take it for garbage
                arrived.send(replies.reply_line(refusal) + b"\r\n")
            arrived.shutdown(socket.SHUT_RDWR)

    async def _welcome(self, session: Session, arrived: socket.socket) -> None:
        limits = (None, None) if self._trust is None else (LONGEST_HANDSHAKE_S, GOODBYE_S)
        try:
            await asyncio.get_running_loop().connect_accepted_socket(
                lambda: session,
                arrived,
                ssl=self._trust,
                ssl_handshake_timeout=limits[0],
                ssl_shutdown_timeout=limits[1],
            )
        except OSError:  # no TLS came, or nothing at all
            self._lobby.leave(session)
            arrived.close()
        except asyncio.CancelledError:
            self._lobby.leave(session)
            arrived.close()
            raise
