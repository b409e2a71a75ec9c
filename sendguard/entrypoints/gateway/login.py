"""A connection on which clients log in, where there is somebody to log in."""

from base64 import b64decode
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from sendguard.entrypoints.gateway import replies
from sendguard.entrypoints.gateway.entrance import Entrance, Ip
from sendguard.entrypoints.gateway.line import Line
from sendguard.entrypoints.gateway.lobby import Lobby

MOST_WRONG = 3


class Login(Line):
    """A connection with AUTH PLAIN and LOGIN: behind TLS, or within this computer."""

    def __init__(self, entrance: Entrance, lobby: Lobby, client: Ip) -> None:
        super().__init__(entrance, lobby, client)
        self._authenticator = _hear
        self._wrong = 0

    @property
    def _may_log_in(self) -> bool:
        is_unheard = self._is_private or self._client.is_loopback
        return self._entrance.users is not None and is_unheard

    async def smtp_AUTH(self, arg: str) -> None:
        """Log in (RFC 4954)."""
        if not self._may_log_in:
            await self.push("503 5.5.1 nobody logs in here, or not without TLS")
        elif self.envelope is not None and self.envelope.mail_from is not None:
            await self.push("503 5.5.1 not within a message")
        else:
            mechanism, blank, rest = (arg or "").partition(" ")
            await super().smtp_AUTH(f"{mechanism.upper()}{blank}{rest}")
        if self._wrong >= MOST_WRONG:
            await self.leave(replies.TOO_MANY_LOGINS)

    async def auth_PLAIN(self, _: Any, args: list[str]) -> AuthResult:  # noqa: ANN401
        """Name and password in one (RFC 4616); nobody acts for somebody else here."""
        said = _decoded(args[1]) if len(args) > 1 else await self.challenge_auth("")
        if not isinstance(said, bytes | None):
            return AuthResult(success=False)  # it has been answered
        acts_for, name, password = _parted(said or b"")
        if name is None or password is None:
            await self.push("501 5.5.2 this is no name and password")
            return AuthResult(success=False)
        if acts_for not in (b"", name):
            return AuthResult(success=False, handled=False)
        return await self._judged(_heard(LoginPassword(name, password)))

    async def auth_LOGIN(self, server: Any, args: list[str]) -> AuthResult:  # noqa: ANN401
        """Name and password one after the other."""
        return await self._judged(await super().auth_LOGIN(server, args))

    async def _judged(self, heard: AuthResult) -> AuthResult:
        users, said = self._entrance.users, heard.auth_data
        if users is None or not isinstance(said, LoginPassword):
            return heard
        is_right = await users.admit(said.login, said.password)
        if not is_right:
            self._wrong += 1
            listen = self._entrance.listener.listen
            self._lobby.guesses.refused(said.login, self._client, listen)
        return AuthResult(success=is_right, handled=False)


def _decoded(text: str) -> bytes | None:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return None


def _parted(said: bytes) -> tuple[bytes | None, bytes | None, bytes | None]:
    parts = said.split(b"\0")
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (None, None, None)


def _hear(_: SMTP, __: object, ___: object, ____: str, said: object) -> AuthResult:
    """Only keep what was said: passwords are compared in threads, which aiosmtpd cannot."""
    return _heard(said)


def _heard(said: object) -> AuthResult:
    return AuthResult(success=False, handled=False, auth_data=said)
