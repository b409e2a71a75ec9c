"""Where `serve` is to tell how it does: is the place free, or held by a `serve`?"""

import os
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sendguard.config import Config
    from sendguard.report.health import Part

_LISTEN = "listen"
_LONGEST_ANSWER_S = 2.0


def look_at_listen(config: "Config") -> "Iterator[Part]":
    """Whether `serve` could answer where it is to, or does so already."""
    from sendguard.report.health.part import fine, wrong

    listen = config.watch.listen
    if listen is None or config.database is None:
        return
    host, _, port = listen.rpartition(":")
    why = why_not_listened(host.strip("[]"), int(port))
    if why is None:
        yield fine(_LISTEN, f"{listen} is free for `sendguard serve`")
    elif _is_ours(listen):
        yield fine(_LISTEN, f"a `sendguard serve` answers at {listen}")
    else:
        yield wrong(
            _LISTEN,
            f"`sendguard serve` could not listen at {listen} ({why}): "
            "give `watch.listen` another port, or null for none",
        )


def why_not_listened(host: str, port: int) -> str | None:
    """Why nobody could listen there now; None where somebody could."""
    try:
        (family, *_, address), *_ = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        socket.create_server(address, family=family).close()
    except socket.gaierror:
        return "there is no such host"
    except OSError as error:
        return os.strerror(error.errno or 0).lower()
    return None


def _is_ours(listen: str) -> bool:
    """Whether what answers there says what only `serve` says."""
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection(listen, timeout=_LONGEST_ANSWER_S)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().read(100) == b'{"alive": true}'
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
