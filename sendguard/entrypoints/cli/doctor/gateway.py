"""The gateway: what its listeners need, whether they are free or answer, and the next hop."""

import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sendguard.entrypoints.cli.doctor.listen import why_not_listened
from sendguard.errors import BadConfig, RelayTrouble

if TYPE_CHECKING:
    from sendguard.config import Config, Smtp
    from sendguard.config.gateway import Listener
    from sendguard.entrypoints.gateway.entrance import Ip
    from sendguard.report.health import Part

_LISTENER = "listener"
_NEXT_HOP = "next hop"
_LONGEST_ANSWER_S = 2.0
_LONGEST_VISIT_S = 5.0
_SOON = timedelta(days=14)
_GREETING = 512  # bytes, as long as a line of SMTP may be
_START_IT = "start it, or correct gateway.next_hop"


def look_at_listeners(config: "Config") -> "Iterator[Part]":
    """Each listener of a gateway that somebody asked for."""
    if not config.gateway.is_named:
        return
    for listener in config.gateway.listeners:
        yield from _look_at(listener)


def _look_at(listener: "Listener") -> "Iterator[Part]":
    from sendguard.report.health.part import wrong

    if complaints := list(_complaints(listener)):
        yield from (wrong(_LISTENER, says) for says in complaints)
        return
    if listener.certificate:
        yield _certificate(listener.listen, listener.certificate, datetime.now(UTC))
    yield _place(listener)


def _complaints(listener: "Listener") -> "Iterator[str]":
    """Why `serve` would not start with it."""
    from sendguard.entrypoints.gateway.entrance import entrance_of, refuse_what_is_open

    try:
        entrance_of(listener)
    except BadConfig as error:
        yield str(error)
    try:
        for place in _places(listener):
            refuse_what_is_open(listener, place)
    except BadConfig as error:
        yield str(error)


def _places(listener: "Listener") -> "Iterator[Ip]":
    """The addresses that it would listen on; none where its name is not known."""
    from ipaddress import ip_address

    host, _, port = listener.listen.rpartition(":")
    with suppress(OSError):
        for found in socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM):
            yield ip_address(str(found[4][0]).partition("%")[0])


def _certificate(listen: str, file: str, now: datetime) -> "Part":
    """How long it is good; its mate and its form were looked at before."""
    from cryptography import x509

    from sendguard.report.health.part import doubtful, fine, wrong

    ends = x509.load_pem_x509_certificate(Path(file).read_bytes()).not_valid_after_utc
    said = f"{listen}: the certificate in {file}"
    if ends <= now:
        return wrong(_LISTENER, f"{said} ended on {ends:%Y-%m-%d}: put a new one there")
    if ends - now < _SOON:
        return doubtful(_LISTENER, f"{said} ends on {ends:%Y-%m-%d}")
    return fine(_LISTENER, f"{said} is good until {ends:%Y-%m-%d}")


def _place(listener: "Listener") -> "Part":
    from sendguard.report.health.part import doubtful, fine, wrong

    where = f"{listener.listen} ({listener.mode})"
    host, _, port = listener.listen.rpartition(":")
    why = why_not_listened(host.strip("[]"), int(port))
    if why is None:
        says = "is free; nobody takes mail there before `sendguard serve --only gateway` runs"
        return doubtful(_LISTENER, f"{where} {says}")
    if _is_ours(listener):
        return fine(_LISTENER, f"a `sendguard serve` takes mail at {where}")
    says = f"{where} cannot be listened on ({why}): give gateway.listeners another port"
    return wrong(_LISTENER, says)


def _is_ours(listener: "Listener") -> bool:
    """Whether what answers there greets as only the gateway does."""
    host, _, port = listener.listen.rpartition(":")
    try:
        connection = socket.create_connection((host.strip("[]"), int(port)), _LONGEST_ANSWER_S)
        with closing(_begun(connection, listener)) as talk:
            return b"SendGuard" in talk.recv(_GREETING)
    except OSError:
        return False


def _begun(connection: socket.socket, listener: "Listener") -> socket.socket:
    from sendguard.config import Security

    if listener.security is not Security.TLS:
        return connection
    import ssl

    # Whose certificate it is, is for its clients to say: here it is only asked who answers.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(connection)


def look_at_next_hop(config: "Config", longest_s: float = _LONGEST_VISIT_S) -> "Iterator[Part]":
    """The server that mail goes on to: come in, log in, leave; nothing is sent."""
    import asyncio

    from sendguard.report.health.part import wrong

    if not config.gateway.is_named:
        return
    where = config.gateway.next_hop
    try:
        asyncio.run(_refuse_circles(config))
        yield asyncio.run(_knock(config.gateway.relay, where, longest_s))
    except (BadConfig, RelayTrouble) as error:
        yield wrong(_NEXT_HOP, str(error))
    except TimeoutError:
        says = f"the next hop {where} did not let us in within {longest_s:g} s"
        yield wrong(_NEXT_HOP, f"{says}: {_START_IT}, or see what keeps it")


async def _refuse_circles(config: "Config") -> None:
    from sendguard.entrypoints.gateway.listening import refuse_circle

    for listener in config.gateway.listeners:
        for place in _places(listener):
            await refuse_circle(listener.listen, str(place), config.gateway.next_hop)


async def _knock(smtp: "Smtp", where: str, longest_s: float) -> "Part":
    import asyncio

    from sendguard.adapters.smtp.door import Door
    from sendguard.adapters.smtp.troubles import NEXT_HOP
    from sendguard.report.health.part import doubtful, fine, wrong

    impatient = smtp.model_copy(update={"timeout_s": min(smtp.timeout_s, 0.8 * longest_s)})
    async with asyncio.timeout(longest_s):
        trouble = await Door(impatient, NEXT_HOP).knock()
    if trouble is None:
        return fine(_NEXT_HOP, f"{where} would take mail (none was sent)")
    if trouble.is_answer:
        return doubtful(_NEXT_HOP, f"{trouble.says}: try again later")
    return wrong(_NEXT_HOP, f"{trouble.says}: {_START_IT}")
