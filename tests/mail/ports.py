"""Ports for servers that must be told theirs, and waiting until they listen."""

import socket
import subprocess
import time
from contextlib import ExitStack


def free_ports(count: int) -> list[int]:
    """So many different ports that nobody listens at."""
    with ExitStack() as open_ones:
        sockets = [open_ones.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def wait_until_open(port: int, server: subprocess.Popen[bytes] | None = None) -> None:
    """Return once somebody listens there.

    Raises:
        AssertionError: Nobody did for long, or the server that was to do so has ended.
    """
    until_s = time.monotonic() + 20
    while time.monotonic() < until_s:
        assert server is None or server.poll() is None, f"{server.args!r} has ended"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"nobody listens at port {port}")
