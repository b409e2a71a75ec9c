"""Postfix's smtp-sink: a real server that takes everything, and can be told to refuse."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mail.ports import free_ports, wait_until_open
from tests.mail.programs import need, path_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sunk:
    """A message that smtp-sink took.

    Attributes:
        sender, recipient: Of its envelope.
        options: What stood behind the sender, such as `SMTPUTF8`.
        raw: The message as it came, dots no longer stuffed, with bare newlines.
    """

    sender: str
    recipient: str
    options: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        return message_from_bytes(self.raw, policy=policy.default)


@dataclass(frozen=True, slots=True)
class Sink:
    """One that runs, at a port of 127.0.0.1, and keeps each message in a file."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def taken(self) -> list[Sunk]:
        """What it took so far, in no order."""
        return [_read(file.read_bytes()) for file in self.folder.iterdir()]

    def wait_for(self, count: int, within_s: float = 30) -> list[Sunk]:
        """What it took, once there are so many."""
        until_s = time.monotonic() + within_s
        while len(list(self.folder.iterdir())) < count and time.monotonic() < until_s:
            time.sleep(0.02)
        return self.taken()


@contextmanager
def smtp_sink(*options: str, port: int | None = None, keep: bool = True) -> Iterator[Sink]:
    """A smtp-sink with these options, for example `"-f", "rcpt"` to refuse recipients.

    Args:
        options: As `man smtp-sink` has them.
        port: Where to listen; None for any that is free.
        keep: Whether it keeps messages; without that it is much quicker.
    """
    need("smtp-sink")
    port = port or free_ports(1)[0]
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)  # it gives root's rights away
        told = [*_as_nobody(), *(["-d", f"{folder}/%s."] if keep else []), *options]
        command = [path_of("smtp-sink"), *told, f"127.0.0.1:{port}", "1024"]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet) as process:
            try:
                wait_until_open(port, process)
                yield Sink(port, Path(folder), process)
            finally:
                process.kill()


def _as_nobody() -> list[str]:
    return ["-u", "nobody"] if os.geteuid() == 0 else []


def _read(kept: bytes) -> Sunk:
    """A file of smtp-sink: what it adds of its own stands on top."""
    own, _, raw = kept.partition(b"\nReceived: ")
    said = dict(re.findall(r"^(X-[\w-]+): (.*)$", own.decode(), flags=re.MULTILINE))
    # The header that it added is folded; the message begins behind it.
    message = re.split(rb"\n(?![ \t])", raw, maxsplit=1)[1]
    sender, *options = said["X-Mail-Args"].split(" ")
    return Sunk(
        sender=sender.strip("<>"),
        recipient=said["X-Rcpt-Args"].strip("<>"),
        options=tuple(options),
        raw=message.removesuffix(b"\n"),  # the last one is smtp-sink's
    )
