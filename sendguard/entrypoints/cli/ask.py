"""Asking the person at the terminal; where nobody is, nothing is agreed to."""

import sys

from sendguard.errors import WrongUsage


def is_anybody_there() -> bool:
    """Whether there is somebody at a terminal who could be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agrees(question: str) -> bool:
    """Whether the person at the terminal says yes.

    Raises:
        WrongUsage: Nobody is there to be asked.
    """
    if not is_anybody_there():
        raise WrongUsage(f"{question} Nobody is here to be asked: say --yes if so")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
