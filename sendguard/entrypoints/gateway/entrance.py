"""One listener, ready to let clients in: its networks, its certificate, its users."""

import socket
import ssl
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

from sendguard.adapters.passwords import Users, read_users
from sendguard.config.gateway import Listener
from sendguard.config.sections import Security
from sendguard.errors import BadConfig

Ip = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """A listener with what it needs of the world.

    Attributes:
        listener: As config.yaml has it.
        trust: Its certificate; None where it speaks without TLS.
        users: Those who may log in; None where nobody does.
    """

    listener: Listener
    trust: ssl.SSLContext | None
    users: Users | None

    def admits(self, client: Ip) -> bool:
        """Whether this address may connect."""
        if self.listener.allow:
            return any(client in network for network in self.listener.allow)
        return self.users is not None or client.is_loopback


def entrance_of(listener: Listener) -> Entrance:
    """What config.yaml says of a listener, with its files read.

    Raises:
        BadConfig: A file cannot be used.
    """
    trust = None if listener.security is Security.NONE else _trust(listener)
    users = None if listener.users is None else _users(listener, listener.users)
    return Entrance(listener=listener, trust=trust, users=users)


def certificate_ends(listener: Listener) -> datetime | None:
    """When the certificate of a listener ends; None where it speaks without TLS."""
    if listener.security is Security.NONE or listener.certificate is None:
        return None
    from cryptography import x509  # noqa: PLC0415 - takes long, and most speak without TLS

    data = Path(listener.certificate).read_bytes()
    return x509.load_pem_x509_certificate(data).not_valid_after_utc


def _users(listener: Listener, file: str) -> Users:
    try:
        return read_users(file)
    except BadConfig as error:
        raise BadConfig(f"gateway.listeners: {listener.listen}: {error}") from error


def refuse_what_is_open(listener: Listener, bound: Ip) -> None:
    """Raise where anybody could send through this listener, or a password be read on its way.

    Raises:
        BadConfig: With what to write; also where this computer does not have that address.
    """
    if bound.is_loopback:
        return
    if not bound.is_unspecified and not is_of_this_computer(str(bound)):
        raise BadConfig(
            f"gateway.listeners: {listener.listen}: this computer has no such address: name one of "
            "its own"
        )
    where = f"gateway.listeners: {listener.listen} can be reached from other computers"
    if not listener.users and not _lets_few_in(listener):
        too_wide = " (what its `allow` names is everybody)" if listener.allow else ""
        raise BadConfig(
            f"{where}, and anybody could send through it{too_wide}: give it "
            "`allow: [10.20.0.0/16]` with the networks that may, or a file of `users`, or let it "
            "listen on 127.0.0.1"
        )
    if listener.users and listener.security is Security.NONE:
        raise BadConfig(
            f"{where}, and passwords could be read on their way: give it `security: starttls` or "
            "`tls`, with `certificate` and `key`"
        )


def is_of_this_computer(address: str) -> bool:
    """Whether a program could listen on this IP address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def _lets_few_in(listener: Listener) -> bool:
    """Whether it names networks, and none that is the whole world."""
    return bool(listener.allow) and all(one.prefixlen for one in listener.allow)


def client_of(peername: object) -> Ip | None:
    """The address of a client, IPv4 also where it came as IPv6; None where it cannot be known."""
    if not isinstance(peername, tuple):
        return None
    try:
        address = ip_address(str(peername[0]).partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _trust(listener: Listener) -> ssl.SSLContext:
    certificate, key = str(listener.certificate), str(listener.key)
    where = f"gateway.listeners: {listener.listen}:"
    for name, file in (("certificate", certificate), ("key", key)):
        _refuse_unreadable(f"{where} {name} {file}", file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        why = (error.reason or "").replace("_", " ").lower() or "they are not in PEM"
        raise BadConfig(
            f"{where} {certificate} and {key} are no certificate and its key ({why})"
        ) from error
    return context


def _refuse_unreadable(what: str, file: str) -> None:
    try:
        Path(file).read_bytes()
    except OSError as error:
        raise BadConfig(f"{what} cannot be read ({str(error.strerror).lower()})") from error
