"""Connections to checked addresses only: what was looked up once is what is connected to."""

import asyncio
import socket
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from ipaddress import ip_address

import httpcore

from sendguard.visit.addresses import Address, Network, is_allowed, literal_address

# While other addresses are left to try, one gets no more time than this.
ONE_OF_SEVERAL_S = 3.0


class PrivateAddress(Exception):
    """A host stands on a network that a newsletter must not reach."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections as `httpcore` wants them, to allowed addresses only.

    Hosts in `connect_to` are connected to where the operator said, unchecked; the name in
    the TLS handshake stays the one of the link.
    """

    def __init__(
        self,
        *,
        allow_private: Iterable[Network],
        connect_to: Mapping[str, str],
        threads: Executor,
    ) -> None:
        self._allow_private = tuple(allow_private)
        self._connect_to = {key.lower(): target for key, target in connect_to.items()}
        self._threads = threads
        self._network = httpcore.AnyIOBackend()

    def mapped(self, host: str, port: int) -> tuple[str, int] | None:
        """Where the operator wants `host` to be found; None when nothing was said."""
        name = f"[{host}]" if ":" in host else host.lower()
        target = self._connect_to.get(f"{name}:{port}") or self._connect_to.get(f"*:{port}")
        if target is None:
            return None
        there, _, door = target.rpartition(":")
        return there.strip("[]"), int(door)

    def refuse_if_private(self, host: str) -> None:
        """Check a host that somebody else will look up, as far as its spelling tells.

        Raises:
            PrivateAddress: It spells a private address, or this computer's own name.
        """
        bare = host.rstrip(".").lower()
        own = bare == "localhost" or bare.endswith(".localhost")
        literal = ip_address("127.0.0.1") if own else literal_address(host)
        if literal is not None:
            self._allowed(host, [literal])

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to `host` at an address that is allowed.

        Raises:
            PrivateAddress: None of its addresses is.
            OSError: The name cannot be looked up.
            UnicodeError: It is no name that could be.
            httpcore.ConnectError: None of the allowed addresses takes connections.
        """
        try:
            async with asyncio.timeout(timeout):
                mapped = self.mapped(host, port)
                doors = [mapped] if mapped else await self._doors(host, port)
                return await self._first_open(doors, local_address, socket_options)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error

    async def sleep(self, seconds: float) -> None:
        """Wait, as `httpcore` does between its own tries."""
        await self._network.sleep(seconds)

    async def _doors(self, host: str, port: int) -> list[tuple[str, int]]:
        literal = literal_address(host)
        found = [literal] if literal else await self._look_up(host)
        return [(str(address), port) for address in self._allowed(host, found)]

    async def _look_up(self, host: str) -> list[Address]:
        """Every address of a name; threads of our own, so that a slow name holds up no other."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        )
        return [ip_address(address) for address in dict.fromkeys(str(it[4][0]) for it in found)]

    def _allowed(self, host: str, found: list[Address]) -> list[Address]:
        allowed = [address for address in found if is_allowed(address, self._allow_private)]
        if not allowed:
            raise PrivateAddress(f"{host} is {', '.join(map(str, found))}")
        return allowed

    async def _first_open(
        self,
        doors: list[tuple[str, int]],
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        *others, last = doors
        for host, port in others:
            try:
                return await self._network.connect_tcp(
                    host, port, ONE_OF_SEVERAL_S, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(*last, None, local_address, socket_options)
