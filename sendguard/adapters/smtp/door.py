"""Connections that are ready for letters: greeted, as private as they have to be, logged in."""

import asyncio
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import cast

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPHeloError,
    SMTPResponseException,
)

from sendguard.adapters.smtp import troubles
from sendguard.adapters.smtp.envelope import Offers
from sendguard.adapters.smtp.troubles import RELAY, Keys
from sendguard.config.sections import Security, Smtp
from sendguard.errors import RelayTrouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A connection that awaits the first letter, and what the server offers on it."""

    transport: asyncio.Transport
    offers: Offers


@dataclass(frozen=True, slots=True)
class NoConnection:
    """There is none now; there may be one later.

    Attributes:
        says: Why.
        is_answer: Whether the server itself asks us to come again.
    """

    says: str
    is_answer: bool = False


class _Client(SMTP):
    """One that lets go of a connection at once, whoever closes it.

    Over TLS a connection that is closed waits up to half a minute for the server's farewell.
    """

    def close(self) -> None:
        transport = cast(asyncio.Transport | None, self.transport)
        super().close()
        if transport is not None:
            transport.abort()


class Door:
    """Where connections to the server of config.yaml are made."""

    def __init__(self, smtp: Smtp, keys: Keys = RELAY) -> None:
        """Open nothing yet.

        Args:
            smtp: The server.
            keys: Where that stands in config.yaml, for whoever is to correct it.
        """
        self._smtp = smtp
        self._keys = keys
        self._trust: ssl.SSLContext | None = None

    async def open(self) -> Connection | NoConnection:
        """One more connection.

        Raises:
            RelayTrouble: There will never be one with these settings.
        """
        return await self._admit(self._client())

    async def knock(self) -> NoConnection | None:
        """Come in as for letters, and leave at once; why that cannot be, None where it can.

        Raises:
            RelayTrouble: There will never be a connection with these settings.
        """
        client = self._client()
        entered = await self._admit(client)
        if isinstance(entered, NoConnection):
            return entered
        try:
            with suppress(SMTPException, OSError):
                await client.quit()
        finally:
            client.close()
        return None

    async def _admit(self, client: SMTP) -> Connection | NoConnection:
        is_ready = False
        try:
            connection = await self._enter(client)
            is_ready = True
        except (SMTPException, OSError, UnicodeError) as error:
            if hopeless := troubles.hopeless(error, self._smtp, self._keys):
                raise RelayTrouble(hopeless) from error
            return NoConnection(troubles.passing(error, self._smtp, self._keys), _is_answer(error))
        finally:
            if not is_ready:
                client.close()
        return connection

    def _client(self) -> SMTP:
        if self._smtp.security is not Security.NONE:
            self._trust = self._trust or self._trusted()
        return _Client(
            hostname=self._smtp.host,
            port=self._smtp.port,
            local_hostname=_our_name(),
            timeout=self._smtp.timeout_s,
            use_tls=self._smtp.security is Security.TLS,
            start_tls=False,  # done in `_enter`, where it is known what failed
            tls_context=self._trust,
        )

    def _trusted(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._smtp.ca_file is not None:
            try:
                context.load_verify_locations(self._smtp.ca_file)
            except (OSError, ssl.SSLError) as error:
                raise RelayTrouble(
                    f"{self._keys.ca_file}: {self._smtp.ca_file} cannot be read as certificates "
                    f"({error})"
                ) from error
        return context

    async def _enter(self, client: SMTP) -> Connection:
        await client.connect()
        await _greet(client)
        if self._smtp.security is Security.STARTTLS:
            if not client.supports_extension("starttls"):
                raise RelayTrouble(troubles.no_starttls(self._smtp, self._keys))
            await client.starttls()
            await _greet(client)
        if self._smtp.user is not None:
            await self._log_in(client, self._smtp.user)
        transport = cast(asyncio.Transport, client.transport)
        return Connection(transport=transport, offers=_offers(client))

    async def _log_in(self, client: SMTP, user: str) -> None:
        address = str(client.get_transport_info("peername")[0])
        if self._smtp.security is Security.NONE and not is_on_this_computer(address):
            raise RelayTrouble(troubles.password_in_the_open(self._smtp, self._keys))
        if not client.supported_auth_methods:
            raise RelayTrouble(troubles.no_login(self._smtp, self._keys))
        try:
            await client.login(user, self._smtp.password or "")
        except SMTPAuthenticationError as error:
            if error.code >= 500:
                raise RelayTrouble(troubles.login_refused(error, self._smtp, self._keys)) from error
            raise


def _is_answer(error: Exception) -> bool:
    return isinstance(error, SMTPResponseException) and 400 <= error.code < 500


def _our_name() -> str:
    """What we say hello by: a full name, or an address where there is none (RFC 5321, 4.1.3)."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


async def _greet(client: SMTP) -> None:
    try:
        await client.ehlo()
    except SMTPHeloError as error:
        if error.code < 500:
            raise
        await client.helo()


def is_on_this_computer(address: str) -> bool:
    """Is a server at this IP address one that nobody else's network leads to?"""
    return ip_address(address.partition("%")[0]).is_loopback


def _offers(client: SMTP) -> Offers:
    size = client.esmtp_extensions.get("size", "")
    return Offers(
        pipelining=client.supports_extension("pipelining"),
        eight_bit=client.supports_extension("8bitmime"),
        utf8=client.supports_extension("smtputf8"),
        sizes=client.supports_extension("size"),
        # Zero means that there is no limit; what is no number means nothing.
        size=(int(size) or None) if size.isdecimal() and len(size) <= 18 else None,
    )
