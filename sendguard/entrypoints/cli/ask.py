"""Asking the person at the terminal; where nobody is, nothing is agreed to."""

import sys

from sendguard.errors import WrongUsage


def agrees(question: str) -> bool:
    """Whether the person at the terminal says yes.

    Raises:
        WrongUsage: Nobody is there to be asked.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise WrongUsage(f"{question} Nobody is here to be asked: say --yes if so")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
