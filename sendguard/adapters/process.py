"""This process among others: a name that no other one has, and whether another one is gone."""

import os
import socket
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_OWN_NAMES = Path("/proc/self/ns/pid")


def own_name() -> str:
    """What this process is called: its computer, its number, and something that never recurs."""
    return f"{_computer()} {os.getpid()} {uuid4().hex[:12]}"


def told_name(name: str) -> str:
    """The name for people: `process 4711 on navigator`."""
    computer, _, rest = name.partition(" ")
    return f"process {rest.partition(' ')[0]} on {computer.partition('/')[0]}"


def is_gone(name: str) -> bool:
    """Is it certain that this process has ended? Of other computers nothing is."""
    computer, _, rest = name.partition(" ")
    number = rest.partition(" ")[0]
    if computer != _computer() or not number.isdecimal():
        return False
    return int(number) == os.getpid() or not _is_there(int(number))


def has_own_number(name: str) -> bool:
    """Is it called after this very process, or after one before it that had the same number?"""
    return name.startswith(f"{_computer()} {os.getpid()} ")


def _is_there(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass  # it is somebody else's
    return True


def _computer() -> str:
    """The computer and, within it, the container: numbers of processes mean nothing beyond."""
    within = ""
    with suppress(OSError):
        within = f"/{_OWN_NAMES.stat().st_ino}"
    return f"{socket.gethostname().replace(' ', '-')}{within}"
