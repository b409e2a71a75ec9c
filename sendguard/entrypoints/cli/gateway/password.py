"""`sendguard gateway password`: a line for the file of those who may send."""

import sys
from typing import Annotated

import typer

from sendguard.entrypoints.cli.say import complain, say
from sendguard.errors import WrongUsage

EXAMPLES = """\b
Examples:
  sendguard gateway password listmonk >> users
  sendguard gateway password listmonk < secret.txt >> users

\b
Asks for the password twice, or reads it from standard input. The line belongs
into the file that `users:` of a listener names; the password itself cannot be
found out from it.
"""
FEWEST_LETTERS = 8
MOST_LETTERS = 512


def password(
    *, name: Annotated[str, typer.Argument(metavar="NAME", help="Who logs in with it.")]
) -> None:
    """Write a line for the file of those who may send."""
    user = _name(name)
    secret = _asked() if sys.stdin.isatty() else _read()
    if not FEWEST_LETTERS <= len(secret) <= MOST_LETTERS:
        raise WrongUsage(f"a password has from {FEWEST_LETTERS} to {MOST_LETTERS} characters")
    from sendguard.adapters.passwords import hash_password

    say(f"{user}:{hash_password(secret)}")
    complain("put this line into the file that `users:` of the listener names, and start it anew")


def _name(given: str) -> str:
    name = given.strip()
    if not name or not name.isprintable() or ":" in name or name.startswith("#"):
        raise WrongUsage("a name has no colon, does not begin with #, and fits on one line")
    return name


def _asked() -> str:
    from getpass import getpass

    first = getpass("Password: ")
    if getpass("Once more: ") != first:
        raise WrongUsage("these were two different passwords: nothing was written")
    return first


def _read() -> str:
    return sys.stdin.readline(MOST_LETTERS + 2).rstrip("\r\n")
