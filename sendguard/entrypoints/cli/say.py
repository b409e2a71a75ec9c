"""Saying things: on standard output, on standard error, and whole into a file."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from sendguard.adapters.whole import replace_whole
from sendguard.errors import SendGuardError


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale, and nothing a terminal's encoding could choke on.

    A stream that was closed before the program began swallows what is written to it.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Write a line, or several, on standard output; a reader that has left is no error.

    Raises:
        SendGuardError: It cannot be written.
    """
    say_each([f"{text}\n"])


def say_each(pieces: Iterable[str]) -> None:
    """As `say`, piece by piece as they come, each with its line end."""
    try:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:
        swallow_the_rest()
    except OSError as error:
        swallow_the_rest()
        raise SendGuardError(f"the answer cannot be written: {error.strerror}") from error


def swallow_the_rest() -> None:
    """What is still buffered would be tried again, loudly, when Python exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(says: str) -> None:
    """Write each line of a complaint on standard error, under the program's name."""
    with suppress(OSError):  # nobody is left to be told
        for line in says.splitlines():
            sys.stderr.write(f"sendguard: {line}\n")


def write_whole(path: Path, text: str | Iterable[str]) -> None:
    """Put `text`, whole or piece by piece, into a file so that nobody ever reads half of it.

    Raises:
        SendGuardError: It cannot be written; what was there before is untouched.
    """
    try:
        if _is_replaceable(path):
            replace_whole(path.resolve(), text)
        else:
            with path.open("w", encoding="utf-8") as stream:
                stream.writelines([text] if isinstance(text, str) else text)
    except (OSError, RuntimeError) as error:  # the latter for links in a circle
        reason = getattr(error, "strerror", None) or "its links go in a circle"
        raise SendGuardError(f"{path} cannot be written: {reason}") from error


def _is_replaceable(path: Path) -> bool:
    """False for a device or a pipe, such as /dev/stdout."""
    return path.is_file() or not path.exists()
