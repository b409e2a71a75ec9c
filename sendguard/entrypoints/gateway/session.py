"""The commands that make up a message."""

from dataclasses import replace

from sendguard.entrypoints.gateway import replies
from sendguard.entrypoints.gateway.entrance import Entrance, Ip
from sendguard.entrypoints.gateway.envelope import From, parse_from, parse_to
from sendguard.entrypoints.gateway.incoming import Flood, Incoming
from sendguard.entrypoints.gateway.line import Over
from sendguard.entrypoints.gateway.lobby import Lobby
from sendguard.entrypoints.gateway.login import Login
from sendguard.entrypoints.gateway.pace import Pace
from sendguard.entrypoints.gateway.room import Share
from sendguard.gateway import Mail
from sendguard.send import Reply

PIECE = 1 << 20
LONGEST_ANSWER_S = 900.0
LEAST_FREE = 64 << 10
"""Bytes that have to be free for a message to be begun."""


class Session(Login):
    """A whole conversation with a client."""

    def __init__(self, entrance: Entrance, lobby: Lobby, client: Ip) -> None:
        super().__init__(entrance, lobby, client)
        self._sender: From | None = None

    async def smtp_EHLO(self, hostname: str) -> None:
        """Greet, and say what is spoken here; no PIPELINING, CHUNKING or DSN."""
        if not hostname:
            await self.push("501 5.5.4 EHLO needs a name")
            return
        self._set_rset_state()
        assert self.session is not None  # noqa: S101 - since the connection was made
        self.session.extended_smtp = True
        self.session.host_name = hostname
        first, last = self._offers[:-1], self._offers[-1]
        await self._reply("\r\n".join((*(f"250-{one}" for one in first), f"250 {last}")).encode())

    @property
    def _offers(self) -> list[str]:
        offers = [self.hostname, f"SIZE {self._lobby.limits.max_size}", "8BITMIME", "SMTPUTF8"]
        if self._offers_starttls:
            offers.append("STARTTLS")
        elif self._may_log_in:
            offers.append("AUTH PLAIN LOGIN")
        return [*offers, "HELP"]

    def _set_post_data_state(self) -> None:
        super()._set_post_data_state()
        self._sender = None

    async def smtp_MAIL(self, arg: str | None) -> None:
        """Begin a message."""
        if await self.check_helo_needed() or await self.check_auth_needed("MAIL"):
            return
        if self._sender is not None:
            await self.push("503 5.5.1 one message after the other")
            return
        parsed = parse_from(arg or "")
        refusal = parsed if isinstance(parsed, Reply) else self._too_big(parsed)
        if isinstance(parsed, Reply) or refusal is not None:
            await self.push(str(refusal))
            return
        self._begin(parsed)
        await self.push("250 2.1.0 good")

    def _begin(self, sender: From) -> None:
        self._sender = sender
        assert self.envelope is not None  # noqa: S101 - since the connection was made
        self.envelope.mail_from = sender.address

    def _too_big(self, sender: From) -> Reply | None:
        if sender.size > self._lobby.limits.max_size:
            return replies.TOO_BIG
        return replies.FULL if sender.size > self._lobby.room.left else None

    async def smtp_RCPT(self, arg: str | None) -> None:
        """One more recipient."""
        if self._sender is None:
            await self.push("503 5.5.1 MAIL FROM comes first")
            return
        recipient = parse_to(arg or "", is_utf8=self._sender.is_utf8)
        if isinstance(recipient, Reply):
            # Many bad addresses on one list are no attack.
            await self._reply(replies.reply_line(recipient), is_fault=False)
            return
        assert self.envelope is not None  # noqa: S101 - since the connection was made
        if len(self.envelope.rcpt_tos) >= self._lobby.limits.max_recipients:
            await self.push("452 4.5.3 too many recipients, send another copy to the others")
            return
        self.envelope.rcpt_tos.append(recipient)
        await self.push("250 2.1.5 good")

    async def smtp_DATA(self, arg: str | None) -> None:
        """The message itself, and what becomes of it."""
        sender, envelope = self._sender, self.envelope
        if sender is None or envelope is None or not envelope.rcpt_tos:
            await self.push("503 5.5.1 RCPT TO comes first")
            return
        if arg:
            await self.push("501 5.5.4 DATA takes no parameter")
            return
        if self._lobby.room.left < LEAST_FREE:
            await self.push(str(replies.FULL))
            return
        self._is_busy = True
        reply = await self._exchange(sender, tuple(envelope.rcpt_tos))
        self._set_post_data_state()
        self._is_busy = False
        self._talk = self._faults = 0
        self._reset_timeout()
        await self._say(replies.reply_line(reply))
        if self._is_last:
            await self.leave(replies.CLOSING)

    async def _exchange(self, sender: From, recipients: tuple[str, ...]) -> Reply:
        share = Share(self._lobby.room)
        try:
            await self._say(b"354 go ahead; a line with only a dot ends it")
            read = await self._read(Incoming(self._lobby.limits.max_size, share))
        except BaseException:
            share.free()
            raise
        if isinstance(read, Reply):
            share.free()
            return read
        return await self._answered(_mail(sender, recipients, read), share)

    async def _read(self, incoming: Incoming) -> bytes | Reply:
        """The message; asyncio's buffer as it is, since aiosmtpd takes a turn for each line."""
        rest, pace = None, Pace(self._lobby.limits.idle_s, self.loop.time())
        self._late = replies.TOO_SLOW
        while rest is None:
            piece = await self._reader.read(PIECE)
            if not piece:
                raise ConnectionResetError
            try:
                rest = incoming.feed(piece)
            except Flood:
                await self.leave(replies.TOO_BIG)
            if rest is None:
                await self._allow(pace.left_s(len(piece), self.loop.time()))
        if rest:
            self._reader.feed_data(rest)
        self._late = replies.IDLE
        return incoming.result()

    async def _allow(self, left_s: float) -> None:
        """Let it have so long for the next bytes."""
        if not left_s:
            await self.leave(replies.TOO_SLOW)
        self._reset_timeout(left_s)

    async def _answered(self, mail: Mail, share: Share) -> Reply:
        # What takes time now is ours: the client must not be cut off for it.
        self._reset_timeout(LONGEST_ANSWER_S)
        reply = await self._lobby.answer(mail, self._entrance.listener, share)
        # 421 is about a connection, and that of the next hop is none of the client's.
        return replace(reply, code=451) if reply.code == 421 else reply

    async def smtp_RSET(self, arg: str | None) -> None:
        """Forget the message that was begun."""
        self._set_rset_state()
        await self.push("250 2.0.0 forgotten")

    async def smtp_NOOP(self, arg: str | None) -> None:
        """Nothing."""
        await self.push("250 2.0.0 good")

    async def smtp_QUIT(self, arg: str | None) -> None:
        """Good-bye."""
        await self._say(b"221 2.0.0 good-bye")
        raise Over

    async def smtp_VRFY(self, arg: str | None) -> None:
        """Nobody is told who gets mail here."""
        await self.push("252 2.5.0 send it, and see")

    async def smtp_EXPN(self, arg: str | None) -> None:
        """As VRFY."""
        await self.push("502 5.5.1 no lists are told here")

    async def smtp_HELP(self, arg: str | None) -> None:
        """Where to read on."""
        await self.push("214 2.0.0 see RFC 5321; messages are checked before they go on")

    async def _hang_up(self, arg: str | None) -> None:
        """A browser that was made to talk to us."""
        await self.leave(replies.NO_SMTP)

    smtp_GET = smtp_POST = smtp_PUT = smtp_HEAD = smtp_OPTIONS = smtp_CONNECT = _hang_up


def _mail(sender: From, recipients: tuple[str, ...], data: bytes) -> Mail:
    return Mail(
        sender=sender.address,
        recipients=recipients,
        data=data,
        is_8bit=sender.is_8bit,
        is_utf8=sender.is_utf8,
    )
