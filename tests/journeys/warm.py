"""A process that has imported the program, and forks for each run of it; started by `forked.py`.

Its argument is the number of a socket. Each message on it asks for a run: arguments, folder and
environment, with its standard streams and a socket that is told the process and how it ended.
"""

import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

MOST_BYTES = 1 << 17
STREAMS = 3


def import_all() -> None:
    """Import every module of the program, but those that Alembic runs."""
    program = importlib.import_module("sendguard")
    for module in pkgutil.walk_packages(program.__path__, "sendguard."):
        if not module.name.endswith((".__main__", ".migrations.env")):
            importlib.import_module(module.name)


def fork_for_each(requests: socket.socket) -> None:
    """Begin what is asked for until nobody can ask any more; it returns in each run."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who tell
    while True:
        told, fds, _, _ = socket.recv_fds(requests, MOST_BYTES, STREAMS + 1)
        if not told:
            os._exit(0)
        if os.fork() == 0:
            requests.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            if is_run(socket.socket(fileno=fds.pop())):
                become(json.loads(told), fds)
                return
        for fd in fds:
            os.close(fd)


def is_run(asker: socket.socket) -> bool:
    """Fork once more: into the run, and who waits for its end and tells of it."""
    pid = os.fork()
    if pid == 0:
        asker.close()
        return True
    asker.send(str(pid).encode())
    _, status = os.waitpid(pid, 0)
    asker.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def become(told: Mapping[str, Any], streams: Sequence[int]) -> None:
    """Be as if begun by whoever asked."""
    os.setpgid(0, 0)
    for number, fd in enumerate(streams):
        os.dup2(fd, number)
        os.close(fd)
    # Those of now know what kind of files they were.
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    os.chdir(told["here"])
    os.environ.clear()
    os.environ.update(told["env"])
    time.tzset()
    sys.argv[1:] = told["arguments"]


if __name__ == "__main__":
    import_all()
    gc.freeze()  # else looking for garbage would copy what all runs share
    fork_for_each(socket.socket(fileno=int(sys.argv[1])))
    importlib.import_module("sendguard.__main__").main()
