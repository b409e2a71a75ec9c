"""Whole processes, timed in turn, so that what else the machine does hits all alike."""

import resource
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took, in seconds."""

    wall_s: float
    cpu_s: float


def measure(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Cost]:
    """The median cost of each command over `rounds` rounds, after one that is not counted."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            costs[name].append(_once(command))
    return {name: _median(runs[1:]) for name, runs in costs.items()}


def _once(command: Sequence[str]) -> Cost:
    before, began = _used_s(), time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    took = time.perf_counter() - began
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} failed: {done.stderr.decode()}")
    return Cost(took, _used_s() - before)


def _used_s() -> float:
    """What all commands so far took; `os.times` counts in hundredths of a second only."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.wall_s for cost in costs),
        statistics.median(cost.cpu_s for cost in costs),
    )


def table(costs: Mapping[str, Cost], limit: str) -> str:
    """The costs as a table, each beside its ratio to the one named `limit`."""
    head = f"{'':24}{'wall s':>8}{'x limit':>9}{'CPU s':>8}{'x limit':>9}"
    least = costs[limit]
    rows = (
        f"{name:24}{cost.wall_s:8.3f}{cost.wall_s / least.wall_s:9.2f}"
        f"{cost.cpu_s:8.3f}{cost.cpu_s / least.cpu_s:9.2f}"
        for name, cost in costs.items()
    )
    return "\n".join((head, *rows))
