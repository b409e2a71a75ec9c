"""`sendguard send` as a program: how soon its first message is out, and its memory."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import IO

from benchmarks.send.servers import a_counting_server
from benchmarks.twenty_links import LINKS, newsletter_of, serve_articles

_BRIEF = (
    "newsletter: n.html\naudience: readers.csv\nsubject: The stories of this week\n"
    "sender: The Weekly Post <weekly@post.example>\n"
)
_SETTINGS = (
    "visit: {{allow_private: [127.0.0.0/8], remember_s: 0}}\n"
    "smtp: {{host: 127.0.0.1, port: {port}, security: none}}\n"
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run took.

    Attributes:
        enough_s: From its start until so many messages were taken.
        peak_mb: The most memory that it had (RSS).
    """

    enough_s: float
    peak_mb: float


def first_s(readers: int) -> float:
    """Seconds from the command to the first message that is taken, less the check by itself."""
    with TemporaryDirectory() as name, a_counting_server(1) as (port, taken):
        _write(Path(name), readers, links=LINKS, port=port)
        began = time.perf_counter()
        subprocess.run(_command("check", "spring"), cwd=name, capture_output=True, check=True)
        check_s = time.perf_counter() - began
        return _send(Path(name), readers, taken).enough_s - check_s


def peak_mb(readers: int, until: int) -> float:
    """The most memory of sending to so many, until the server took `until` of them."""
    with TemporaryDirectory() as name, a_counting_server(until) as (port, taken):
        _write(Path(name), readers, links=1, port=port)
        return _send(Path(name), readers, taken).peak_mb


def _write(folder: Path, readers: int, links: int, port: int) -> None:
    (folder / "config.yaml").write_text(_SETTINGS.format(port=port), "utf-8")
    campaign = folder / "spring"
    campaign.mkdir()
    (campaign / "campaign.yaml").write_text(_BRIEF, "utf-8")
    (campaign / "n.html").write_text(newsletter_of(serve_articles(links)), "utf-8")
    with (campaign / "readers.csv").open("w", encoding="utf-8") as audience:
        audience.write("email,name\n")
        # In no order, as lists are: 7919 shares no factor with how many there are.
        for number in range(readers):
            mixed = number * 7_919 % readers
            audience.write(f"{mixed:07x}@inbox{mixed % 97}.example,Reader {mixed}\n")


def _send(folder: Path, readers: int, taken: IO[bytes]) -> Ran:
    """Send, and interrupt it once the server took so many."""
    began = time.perf_counter()
    command = _command("send", "spring", "--yes", "--recipients", str(readers))
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    while not select([taken], [], [], 0.5)[0]:
        if running.poll() is not None:
            raise SystemExit("sendguard send ended before the server took enough")
    enough_s = time.perf_counter() - began
    running.send_signal(signal.SIGTERM)
    _, _, used = os.wait4(running.pid, 0)
    return Ran(enough_s, used.ru_maxrss / 1024)


def _command(*arguments: str) -> Sequence[str]:
    sendguard = shutil.which("sendguard", path=f"{sys.prefix}/bin") or "sendguard"
    return [sendguard, *arguments]
