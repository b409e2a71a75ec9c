"""Where mail comes in is opened, all of it or nothing, and closed again."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address

from sendguard.config.gateway import Gateway
from sendguard.entrypoints.gateway.descriptors import room_for_connections
from sendguard.entrypoints.gateway.door import Door
from sendguard.entrypoints.gateway.entrance import (
    Entrance,
    certificate_ends,
    entrance_of,
    is_of_this_computer,
    refuse_what_is_open,
)
from sendguard.entrypoints.gateway.lobby import Lobby, Take
from sendguard.errors import BadConfig, SendGuardError
from sendguard.ports.watching import Journal

LONGEST_GOODBYE_S = 30.0
_BACKLOG = 256


@dataclass(frozen=True, slots=True)
class Open:
    """Listeners that are open.

    Attributes:
        ports: Of each listener, in order.
        lobby: What their connections share.
    """

    ports: tuple[int, ...]
    lobby: Lobby

    @property
    def connections(self) -> int:
        """How many clients are there now."""
        return self.lobby.connections


@asynccontextmanager
async def listening(
    gateway: Gateway, take: Take, journal: Journal, patience_s: float = LONGEST_GOODBYE_S
) -> AsyncIterator[Open]:
    """In here mail is taken; on leaving, messages that are on their way are answered first.

    Args:
        gateway: Where, and on which terms.
        take: Answers a message.
        journal: Where it is told who was sent away.
        patience_s: So long messages on their way are waited for in the end.

    Raises:
        BadConfig: A listener is open to anybody, or a file that it needs cannot be used.
        SendGuardError: A place is taken, or is not this computer's.
    """
    entrances = [entrance_of(listener) for listener in gateway.listeners]
    _tell_of_old_certificates(gateway, journal)
    lobby = Lobby(gateway, room_for_connections(gateway.max_connections, journal), take, journal)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(lobby.close, patience_s)
        doors = [await _open(one, gateway, lobby, stack) for one in entrances]
        yield Open(tuple(door.port for door in doors), lobby)


def _tell_of_old_certificates(gateway: Gateway, journal: Journal) -> None:
    """Clients that look at them go away, and nobody here would hear of it."""
    for listener in gateway.listeners:
        ends = certificate_ends(listener)
        if ends and ends <= datetime.now(UTC):
            says = f"the certificate in {listener.certificate} ended on {ends:%Y-%m-%d}"
            journal.warn("certificate-ended", listen=listener.listen, says=says)


async def _open(entrance: Entrance, gateway: Gateway, lobby: Lobby, stack: AsyncExitStack) -> Door:
    listener = entrance.listener
    try:
        places = await _places(*_parted(listener.listen))
        for place in places:
            refuse_what_is_open(listener, ip_address(place))
            await refuse_circle(listener.listen, place, gateway.next_hop)
        sockets = [stack.enter_context(_listening(place, listener.listen)) for place in places]
    except OSError as error:
        raise SendGuardError(_says(listener.listen, error)) from error
    door = Door(entrance, sockets, lobby)
    stack.push_async_callback(door.close)
    return door


def _listening(place: str, listen: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in place else socket.AF_INET
    opened = socket.create_server((place, _parted(listen)[1]), family=family, backlog=_BACKLOG)
    opened.settimeout(0)
    return opened


def _parted(place: str) -> tuple[str, int]:
    host, _, port = place.rpartition(":")
    return host.strip("[]"), int(port)


async def _places(host: str, port: int) -> list[str]:
    """The addresses that a name stands for."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]).partition("%")[0] for one in found]


async def refuse_circle(listen: str, place: str, next_hop: str) -> None:
    """Raise where what is handed on would come in again here.

    Raises:
        BadConfig: It would.
    """
    host, port = _parted(next_hop)
    if port != _parted(listen)[1]:
        return
    with suppress(OSError):  # a name that is not known now is for whoever connects to it
        for hop in await _places(host, port):
            if hop == place or (ip_address(place).is_unspecified and is_of_this_computer(hop)):
                raise BadConfig(
                    f"gateway.next_hop: {next_hop} is where SendGuard itself listens; name the "
                    "mail server that mail goes on to"
                )


def _says(listen: str, error: OSError) -> str:
    is_known = error.errno is not None and error.errno > 0  # below are those of names
    why = os.strerror(error.errno or 0).lower() if is_known else "there is no such host"
    return (
        f"gateway.listeners: {listen} cannot be listened on ({why}): is another `sendguard serve` "
        "or a mail server running there? Give it another address or port"
    )
