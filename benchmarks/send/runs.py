"""The clients, each in a process of its own, in turn, so that what disturbs hits all alike."""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.send.servers import a_server

RAW, OURS, WHOLE = "raw, pipelined", "SendGuard", "SendGuard with outbox"
SMTPLIB, AIOSMTPLIB = "smtplib", "aiosmtplib"
_MODULES = {RAW: "raw", OURS: "ours", WHOLE: "whole", SMTPLIB: "stdlib", AIOSMTPLIB: "aio"}
CONNECTIONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is sent where.

    Attributes:
        counts: Messages by client: the slow ones get fewer.
    """

    name: str
    size: int
    counts: Mapping[str, int]
    is_far: bool = False


SMALL = Setting(
    name="10 KB, local sink",
    size=10_000,
    counts={RAW: 20_000, OURS: 20_000, WHOLE: 10_000, SMTPLIB: 4_000, AIOSMTPLIB: 4_000},
)
LARGE = Setting(
    name="60 KB, local sink",
    size=60_000,
    counts={RAW: 6_000, OURS: 6_000, SMTPLIB: 2_000, AIOSMTPLIB: 2_000},
)
FAR = Setting(
    name="60 KB, far server",
    size=60_000,
    counts={RAW: 3_000, OURS: 3_000, AIOSMTPLIB: 1_000},
    is_far=True,
)


@dataclass(frozen=True, slots=True)
class Sent:
    """The medians of one client.

    Attributes:
        rate: Messages a second.
        cpu_us: Processor time of the client for one message.
    """

    rate: float
    cpu_us: float


def measure_clients(setting: Setting, share: float, rounds: int) -> dict[str, Sent]:
    """What each client reaches; `share` of the usual number of messages."""
    told: dict[str, list[Sent]] = {name: [] for name in setting.counts}
    with a_server(is_far=setting.is_far) as port:
        for _ in range(rounds):
            for name, count in setting.counts.items():
                told[name].append(_once(name, port, max(int(count * share), 20), setting.size))
    return {name: _median(runs) for name, runs in told.items()}


def _once(name: str, port: int, count: int, size: int) -> Sent:
    module = f"benchmarks.send.senders.{_MODULES[name]}"
    numbers = [str(number) for number in (port, count, size, CONNECTIONS)]
    done = subprocess.run(
        [sys.executable, "-m", module, *numbers], capture_output=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{name} failed: {done.stderr.decode()}")
    cost = json.loads(done.stdout)
    return Sent(rate=count / cost["wall_s"], cpu_us=1e6 * cost["cpu_s"] / count)


def _median(runs: list[Sent]) -> Sent:
    return Sent(
        rate=statistics.median(run.rate for run in runs),
        cpu_us=statistics.median(run.cpu_us for run in runs),
    )
