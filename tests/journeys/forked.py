"""The program in processes of its own that need not import it first.

Importing takes a second of each run, and some hundred tests run it. So one process imports it once,
and each run is a fork of that one, from `main()` to its exit status.
"""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.journeys.warm import MOST_BYTES

WARM = Path(__file__).with_name("warm.py")
_READ_AT_ITS_START = ("PYTHON", "LD_", "LC_", "LANG", "FAKETIME", "MALLOC")


class Forked:
    """A run; what tests ask of `asyncio.subprocess.Process`."""

    def __init__(self, pid: int, end: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.stdin: asyncio.StreamWriter
        self.stdout: asyncio.StreamReader | None = None
        self.stderr: asyncio.StreamReader | None = None
        self._watching = asyncio.create_task(self._watch(end))

    async def wait(self) -> int:
        """Its exit code, or minus the signal that ended it."""
        return await asyncio.shield(self._watching)

    async def communicate(self, given: bytes = b"") -> tuple[bytes, bytes]:
        """Give it what it reads, and wait for its end; what it wrote."""
        told = await asyncio.gather(_rest(self.stdout), _rest(self.stderr), self._give(given))
        await self.wait()
        return told[0], told[1]

    def send_signal(self, by: int) -> None:
        """Send it a signal, while it runs."""
        if self.returncode is None:
            os.kill(self.pid, by)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    async def _give(self, given: bytes) -> None:
        try:
            self.stdin.write(given)
            await self.stdin.drain()
        except ConnectionError:
            pass  # it ended, or reads no more
        self.stdin.close()

    async def _watch(self, end: socket.socket) -> int:
        with end:
            self.returncode = int(await asyncio.get_running_loop().sock_recv(end, 64))
        return self.returncode


def can_be_forked(env: Mapping[str, str] | None) -> bool:
    """Whether no variable is another than ours that is read before the program begins."""
    changed = {} if env is None else dict(set(env.items()) ^ set(os.environ.items()))
    return not any(name.startswith(_READ_AT_ITS_START) for name in changed)


async def fork(
    arguments: Sequence[str], here: Path, env: Mapping[str, str] | None, stdout: int, stderr: int
) -> Forked:
    """Begin a run of the program; its streams are `PIPE`, `DEVNULL` or a file's."""
    loop = asyncio.get_running_loop()
    its_variables = dict(os.environ if env is None else env)
    told = {"arguments": arguments, "here": str(here), "env": its_variables}
    given, its_in = socket.socketpair()
    end, its_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    (read_out, its_out), (read_err, its_err) = _stream(stdout), _stream(stderr)
    with its_in, its_end:
        fds = [its_in.fileno(), its_out, its_err, its_end.fileno()]
        socket.send_fds(_warm(), [json.dumps(told).encode()], fds)
    for asked, fd in ((stdout, its_out), (stderr, its_err)):
        if asked in {PIPE, DEVNULL}:
            os.close(fd)
    end.setblocking(False)  # noqa: FBT003 - so it is called
    forked = Forked(int(await loop.sock_recv(end, 64)), end)
    _, forked.stdin = await asyncio.open_connection(sock=given)
    forked.stdout, forked.stderr = await _reader(read_out), await _reader(read_err)
    return forked


def _stream(asked: int) -> tuple[int | None, int]:
    """Our end, and the one of the run."""
    if asked == PIPE:
        return os.pipe()
    return None, os.open(os.devnull, os.O_WRONLY) if asked == DEVNULL else asked


async def _reader(fd: int | None) -> asyncio.StreamReader | None:
    if fd is None:
        return None
    reader = asyncio.StreamReader()
    pipe = os.fdopen(fd, "rb", 0)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader


async def _rest(stream: asyncio.StreamReader | None) -> bytes:
    return b"" if stream is None else await stream.read()


@cache
def _warm() -> socket.socket:
    """Where the process is asked that has imported the program; it ends when we do."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MOST_BYTES)
    command = (sys.executable, "-m", "tests.journeys.warm", str(its.fileno()))
    root, quiet = WARM.parents[2], subprocess.DEVNULL
    with its:
        warm = subprocess.Popen(
            command, cwd=root, pass_fds=[its.fileno()], stdin=quiet, stdout=quiet
        )

    def end() -> None:
        ours.close()
        warm.wait()

    atexit.register(end)
    return ours
