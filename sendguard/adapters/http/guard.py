"""Connections to checked addresses only: what was looked up once is what is connected to."""

import asyncio
import socket
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from ipaddress import ip_address
from typing import TypeAlias
from urllib.parse import unquote

from aiohttp.abc import AbstractResolver, ResolveResult

from sendguard.visit.addresses import Address, Network, is_allowed, is_local_name, literal_address


class PrivateAddress(OSError):
    """A host stands on a network that a newsletter must not reach."""


class BadPort(OSError):
    """A port where browsers refuse to go, and so do we."""


class Guard:
    """Says which addresses may be connected to: public ones, and what the operator allows."""

    def __init__(self, allow_private: Iterable[Network]) -> None:
        self._allow_private = tuple(allow_private)

    def allowed(self, host: str, found: Iterable[Address]) -> list[Address]:
        """Those of the addresses of `host` that may be connected to.

        Raises:
            PrivateAddress: None may.
        """
        addresses = list(found)
        allowed = [address for address in addresses if is_allowed(address, self._allow_private)]
        if not allowed:
            raise PrivateAddress(f"{host} is {', '.join(map(str, addresses))}")
        return allowed

    def refuse_if_private(self, host: str) -> None:
        """Check a host that somebody else will look up, as far as its spelling tells.

        Raises:
            PrivateAddress: It spells a private address, or is a name of this computer or of its
                network; the latter may be asked for where the operator allows private networks.
        """
        host = unquote(host)
        bare = host.rstrip(".").lower()
        own = bare == "localhost" or bare.endswith(".localhost")
        literal = ip_address("127.0.0.1") if own else literal_address(host)
        if literal is not None:
            self.allowed(host, [literal])
        elif is_local_name(host) and not self._allow_private:
            raise PrivateAddress(f"{host} is a name of one's own network")

    def socket_for(
        self, about: tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
    ) -> socket.socket:
        """A socket for one address, right before it is connected: nothing comes in between.

        Args:
            about: As `socket.getaddrinfo` gives it.

        Raises:
            PrivateAddress: It may not be connected to.
        """
        family, kind, protocol, _, (host, *_) = about
        self.allowed(host, [ip_address(host)])
        return socket.socket(family, kind, protocol)


LookUp: TypeAlias = Callable[[str, socket.AddressFamily], Iterable[str]]
"""Every address of a name, in one family or (`AF_UNSPEC`) in any; fails as `getaddrinfo` does."""


def look_up_here(host: str, family: socket.AddressFamily) -> Iterable[str]:
    """As this computer is set up to look names up; it may wait for name servers."""
    found = socket.getaddrinfo(host, None, family, socket.SOCK_STREAM)
    return dict.fromkeys(str(one[4][0]) for one in found)


class Resolver(AbstractResolver):
    """Looks names up in threads of our own, so that a slow name holds up no other.

    Args:
        threads: Where.
        guard: Leaves out what may not be connected to; None for the operator's own names.
        look_up: How.
    """

    def __init__(self, threads: Executor, guard: Guard | None, look_up: LookUp) -> None:
        self._threads = threads
        self._guard = guard
        self._look_up = look_up

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Every address of a name that may be connected to.

        Raises:
            PrivateAddress: It has no such address.
            OSError: It cannot be looked up.
            UnicodeError: It is no name that could be.
        """
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, self._look_up, host, family)
        addresses = [ip_address(one) for one in found]
        if self._guard is not None:
            addresses = self._guard.allowed(host, addresses)
        return [_result(host, port, address) for address in addresses]

    async def close(self) -> None:
        """Nothing: the threads are somebody else's."""


def _result(host: str, port: int, address: Address) -> ResolveResult:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    return ResolveResult(
        hostname=host, host=str(address), port=port, family=family, proto=0, flags=0
    )


def stand_in(connect_to: Mapping[str, str], host: str, port: int) -> tuple[str, int] | None:
    """Where the operator wants `host` to be found; None when nothing was said.

    Args:
        connect_to: By `host:port` or `*:port` in lower case; the former wins.
        host: Without brackets.
        port: Its port.
    """
    name = f"[{host}]" if ":" in host else host.lower()
    target = connect_to.get(f"{name}:{port}") or connect_to.get(f"*:{port}")
    if target is None:
        return None
    there, _, door = target.rpartition(":")
    return there.strip("[]"), int(door)
