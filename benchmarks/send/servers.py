"""The servers that are sent to: smtp-sink here, or one that is far away."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, cast

_FOLDERS = f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"
FAR_MS = 20


@contextmanager
def a_server(*, is_far: bool) -> Iterator[int]:
    """One that runs at a port of 127.0.0.1, in a process of its own."""
    port = free_port()
    command = _far(port) if is_far else _sink(port)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd=None if is_far else "/") as server:
        try:
            wait_for(port)
            yield port
        finally:
            server.kill()


@contextmanager
def a_counting_server(until: int) -> Iterator[tuple[int, IO[bytes]]]:
    """One near by that writes a line once it took so many messages; its port, and what it says."""
    port = free_port()
    command = [*_far(port, 0), str(until)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as server:
        try:
            wait_for(port)
            yield port, cast("IO[bytes]", server.stdout)
        finally:
            server.kill()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _far(port: int, late_ms: int = FAR_MS) -> Sequence[str]:
    return [sys.executable, "-m", "benchmarks.send.far", str(port), str(late_ms)]


def _sink(port: int) -> Sequence[str]:
    program = shutil.which("smtp-sink", path=_FOLDERS)
    if program is None:
        raise SystemExit("there is no smtp-sink here: as root, run 'apt-get install postfix'")
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    return [program, *user, f"127.0.0.1:{port}", "1024"]


def wait_for(port: int) -> None:
    """Wait until somebody listens there."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"nobody listens at port {port}")
