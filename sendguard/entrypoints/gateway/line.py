"""One client's connection: what is said on it, for how long, and how private it is."""

import asyncio
import socket
import ssl
from typing import NoReturn, cast

from aiosmtpd.smtp import SMTP, Envelope

from sendguard.config.sections import Security
from sendguard.entrypoints.gateway import replies
from sendguard.entrypoints.gateway.entrance import Entrance, Ip
from sendguard.entrypoints.gateway.lobby import Lobby
from sendguard.send import Reply

GOODBYE_S = 5.0
"""For what was said last to get through; then the connection is torn."""
LONGEST_HANDSHAKE_S = 30.0
MOST_FAULTS = 20
"""Commands that are none, between one message and the next."""
MOST_TALK = 200
"""Commands between one message and the next, besides its recipients."""
_NO_HOOKS = object()


def _our_name() -> str:
    """What we greet by; not what the mail server on this computer goes by, which sees a loop."""
    name = socket.gethostname()
    return f"sendguard.{name}" if name.isascii() else "sendguard.localdomain"


class Over(ConnectionResetError):
    """This connection is done with; aiosmtpd closes it when it meets one like it."""


class CommandLengths(dict[str, int]):
    """How long a command may be: 512 (RFC 5321, 4.5.3.1.4), and more for what takes parameters."""

    def __missing__(self, command: str) -> int:
        return 512


class Line(SMTP):
    """A connection, without the commands that make up a message.

    Three things of aiosmtpd are done anew: STARTTLS goes through the loop's own `start_tls`, which
    also works on uvloop; a client that does not read is torn off in the end, where aiosmtpd
    waits for it for ever; and whoever talks without sending anything is cut off.
    """

    line_length_limit = 16 << 10  # what asyncio reads ahead; see `command_size_limits`

    def __init__(self, entrance: Entrance, lobby: Lobby, client: Ip) -> None:
        super().__init__(
            _NO_HOOKS,
            data_size_limit=lobby.limits.max_size,
            enable_SMTPUTF8=True,
            hostname=_our_name(),
            ident="ESMTP SendGuard",
            timeout=lobby.limits.idle_s,
            loop=asyncio.get_running_loop(),
        )
        self.command_size_limits = CommandLengths(MAIL=1100)
        self.require_starttls = entrance.listener.security is Security.STARTTLS
        self._auth_required = entrance.users is not None
        self._auth_require_tls = False  # settled in `_may_log_in`
        self._entrance = entrance
        self._lobby = lobby
        self._client = client
        self._talk = self._faults = 0
        self._is_private = self._is_busy = self._is_closing = False
        self._is_last = False
        self._late = replies.IDLE

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The client is here, behind TLS where that comes first."""
        self._wire = cast(asyncio.Transport, transport)
        self._is_private = self._wire.get_extra_info("sslcontext") is not None
        super().connection_made(transport)

    async def _encrypted(self) -> asyncio.Transport | None:
        """The same connection behind TLS; None where that failed, and the connection is gone."""
        try:
            private = await self.loop.start_tls(
                self._wire,
                self,
                cast(ssl.SSLContext, self._entrance.trust),
                server_side=True,
                ssl_handshake_timeout=LONGEST_HANDSHAKE_S,
                ssl_shutdown_timeout=GOODBYE_S,
            )
        except OSError:
            private = None
        if private is None:
            self._tear()
            return None
        self._is_private = True
        return private

    async def smtp_STARTTLS(self, arg: str) -> None:
        """Go on behind TLS; nothing that was said before it counts (RFC 3207, section 4.2)."""
        if not self._offers_starttls:
            await self.push("503 5.5.1 there is no STARTTLS here, or no more")
            return
        if arg:
            await self.push("501 5.5.4 STARTTLS takes no parameter")
            return
        await self.push("220 2.0.0 go ahead")
        self._reader._buffer.clear()  # type: ignore[attr-defined]  # noqa: SLF001 - no other way
        private = await self._encrypted()
        if private is None:
            raise Over
        self._talk_on(private)

    def _talk_on(self, private: asyncio.Transport) -> None:
        """As aiosmtpd does it where it made the TLS itself."""
        self.transport = private
        self._reader._transport = private  # type: ignore[attr-defined]  # noqa: SLF001
        self._writer._transport = private  # type: ignore[attr-defined]  # noqa: SLF001
        self._over_ssl = True
        self._set_rset_state()
        peer, self.session = self._client, self._create_session()
        self.session.peer = str(peer)
        self.session.ssl = {}
        self.require_starttls = False

    def _set_rset_state(self) -> None:
        self._set_post_data_state()

    def _set_post_data_state(self) -> None:
        self.envelope: Envelope | None = self._create_envelope()

    @property
    def _offers_starttls(self) -> bool:
        return self._entrance.trust is not None and not self._is_private

    def connection_lost(self, error: Exception | None) -> None:
        """The client is gone."""
        self._lobby.leave(self)
        super().connection_lost(error)

    def _timeout_cb(self) -> None:
        if not self._is_closing:
            self._end(self._late)
            return
        self._tear()

    def dismiss(self) -> None:
        """End it: at once, or behind the message that is on its way."""
        self._is_last = True
        if not self._is_busy:
            self._end(replies.CLOSING)

    def _end(self, reply: Reply) -> None:
        """Say this and close; who does not read it is torn off."""
        self._is_closing = True
        self._reset_timeout(GOODBYE_S)
        self._writer.write(replies.reply_line(reply) + b"\r\n")
        self._writer.close()

    def abort(self) -> None:
        """End it at once, whatever is on its way."""
        self._tear()

    def _tear(self) -> None:
        if self._timeout_handle is not None:
            self._timeout_handle.cancel()
        self._wire.abort()
        self._lobby.leave(self)

    async def _handle_client(self) -> None:
        try:
            await super()._handle_client()
        except OSError:  # among them `Over`: the client left, or was sent away
            pass
        finally:
            self._is_closing = True
            if self.transport is not None:
                self._reset_timeout(GOODBYE_S)

    async def handle_exception(self, error: Exception) -> str:
        """A mistake of ours is no fault of the message: the client may come again."""
        self._lobby.journal.warn("mistake", error=error)
        return str(replies.OUR_FAILURE)

    async def push(self, status: str | bytes) -> None:
        """Answer a command with one line.

        Raises:
            Over: It was one too many.
        """
        line = replies.printable(status if isinstance(status, str) else status.decode("ascii"))
        await self._reply(line)

    async def _reply(self, line: bytes, *, is_fault: bool | None = None) -> None:
        await self._say(line)
        self._talk += 1
        self._faults += line.startswith(b"5") if is_fault is None else is_fault
        most = MOST_TALK + self._lobby.limits.max_recipients
        if self._faults > MOST_FAULTS or self._talk > most:
            await self.leave(replies.TOO_MUCH_TALK)

    async def leave(self, reply: Reply) -> NoReturn:
        """Say this, and no more.

        Raises:
            Over: Always.
        """
        await self._say(replies.reply_line(reply))
        raise Over

    async def _say(self, line: bytes) -> None:
        self._writer.write(line + b"\r\n")
        await self._writer.drain()
