"""Whether a gateway runs, so that what a command decided comes about."""

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sendguard.config import Config

_LONGEST_WAIT_S = 1.0
NOT_SERVED = (
    "no gateway answers at {where}: it comes about once `sendguard serve --only gateway` runs"
)


def why_not_served(config: "Config") -> str | None:
    """What to say where nobody answers at any of the listeners; None where somebody does."""
    places = [listener.listen for listener in config.gateway.listeners]
    if any(map(_answers, places)):
        return None
    return NOT_SERVED.format(where=" and ".join(places))


def _answers(listen: str) -> bool:
    host, _, port = listen.rpartition(":")
    with suppress(OSError):
        address = host.strip("[]"), int(port)
        with socket.create_connection(address, _LONGEST_WAIT_S):
            return True
    return False
