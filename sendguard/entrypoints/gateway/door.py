"""Where a connection arrives: let in, or refused before it costs anything."""

import asyncio
from typing import cast

from sendguard.entrypoints.gateway import replies
from sendguard.entrypoints.gateway.entrance import Entrance, client_of
from sendguard.entrypoints.gateway.lobby import Lobby
from sendguard.entrypoints.gateway.session import Session
from sendguard.send import Reply


class Door(asyncio.Protocol):
    """The first moment of a connection, before it is a `Session`."""

    def __init__(self, entrance: Entrance, lobby: Lobby, *, tls_at_once: bool) -> None:
        self._entrance = entrance
        self._lobby = lobby
        self._tls_at_once = tls_at_once

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let the client in, or send it away."""
        arrived = cast(asyncio.Transport, transport)
        client = client_of(arrived.get_extra_info("peername"))
        if client is None:  # gone already
            arrived.abort()
            return
        refusal = self._refusal(str(client), is_known=self._entrance.admits(client))
        if refusal is not None:
            self._send_away(arrived, refusal)
            return
        session = Session(self._entrance, self._lobby, client)
        self._lobby.enter(session, str(client))
        session.begin(arrived, tls_at_once=self._tls_at_once)

    def _refusal(self, client: str, *, is_known: bool) -> Reply | None:
        refusal = self._lobby.refusal(client) if is_known else replies.STRANGER
        if refusal is not None:
            self._lobby.tell_refused(refusal, client, self._entrance.listener.listen)
        return refusal

    def _send_away(self, transport: asyncio.Transport, refusal: Reply) -> None:
        if not self._tls_at_once:  # who awaits TLS would take it for garbage
            transport.write(replies.reply_line(refusal) + b"\r\n")
        transport.close()
