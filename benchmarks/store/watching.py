"""What `sendguard serve` takes while nothing is due, seen from outside (on Linux, in /proc)."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.store.outside import write_campaign, write_config
from benchmarks.twenty_links import LINKS, serve_articles
from benchmarks.visit.tools import own_program
from sendguard.adapters.database.store import open_store

_SETTLES_S = 5
_MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """What it took.

    Attributes:
        first_s: Until each campaign had been checked once.
        cpu_percent: Of one core, while nothing was due.
        rss_mb: Memory then.
        peak_mb: The most it had until then.
    """

    campaigns: int
    first_s: float
    cpu_percent: float
    rss_mb: float
    peak_mb: float


def measure_watching(database: str, campaigns: int, for_s: float) -> Idle:
    """Let it notice and check so many campaigns, then watch it for a time."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        options = _write(folder, database, campaigns)
        with _serving(options, folder) as process:
            began = time.monotonic()
            _wait_for_checks(database, campaigns, process)
            first_s = time.monotonic() - began
            time.sleep(_SETTLES_S)
            return _watch(process.pid, campaigns, first_s, for_s)


def _write(folder: Path, database: str, campaigns: int) -> Sequence[str]:
    articles = serve_articles(LINKS)
    send_at = datetime.now(UTC) + timedelta(days=3)
    for number in range(campaigns):
        brief = f"send_at: {send_at + timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}\n"
        write_campaign(folder / "campaigns" / f"issue-{number}", articles, brief)
    options = write_config(folder, database)
    with (folder / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(f"campaigns: {folder / 'campaigns'}\n")
        config.write(f"watch: {{listen: '127.0.0.1:{_free_port()}'}}\n")
    return options


@contextmanager
def _serving(options: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [own_program(), "serve", *options],
            env=env | {"XDG_CACHE_HOME": str(folder / "cache")},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def _wait_for_checks(database: str, campaigns: int, process: subprocess.Popen[bytes]) -> None:
    with closing(open_store(database)) as store:
        while len([run for run in store.runs() if run.campaign.startswith("issue-")]) < campaigns:
            if process.poll() is not None:
                raise SystemExit(f"sendguard serve ended with {process.returncode}")
            time.sleep(1)


def _watch(pid: int, campaigns: int, first_s: float, for_s: float) -> Idle:
    before_s, began = _cpu_s(pid), time.monotonic()
    time.sleep(for_s)
    took_s = time.monotonic() - began
    return Idle(
        campaigns=campaigns,
        first_s=first_s,
        cpu_percent=100 * (_cpu_s(pid) - before_s) / took_s,
        rss_mb=_memory_mb(pid, "VmRSS"),
        peak_mb=_memory_mb(pid, "VmHWM"),
    )


def _cpu_s(pid: int) -> float:
    """Of the process and of those it started that have ended."""
    # Behind the name, which may hold spaces; proc_pid_stat(5) counts the state as field 3.
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _memory_mb(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    told = dict(line.split(":", 1) for line in lines)
    return int(told[name].split()[0]) * 1024 / _MB


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port: int = taken.getsockname()[1]
        return port
