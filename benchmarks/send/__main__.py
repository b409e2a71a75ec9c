"""What a message costs to make and to send, beside other clients, and with a far server."""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Sequence

from benchmarks.bar import bar_table
from benchmarks.send.bars import Figures, Memory, bars
from benchmarks.send.command import first_s, peak_mb
from benchmarks.send.runs import FAR, LARGE, SMALL, measure_clients
from benchmarks.send.show import told


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = _options().parse_args(arguments)
    began = time.monotonic()
    share, rounds = (0.02, 1) if asked.quick else (1.0, 3)
    runs = {}
    for setting in (SMALL, LARGE, FAR):
        _progress(setting.name)
        runs[setting.name] = measure_clients(setting, share, rounds)
    _progress("sendguard send, whole")
    first = statistics.median(first_s(int(10_000 * share)) for _ in range(rounds))
    figures = Figures(runs=runs, memory=_memory(share), first_s=first)
    print("\n".join(told(figures)))
    print("\n".join(("", *bar_table(bars(figures)), "")))
    print(f"{time.monotonic() - began:.0f} s{_too_busy()}")


def _memory(share: float) -> Memory:
    few = int(20_000 * share)
    return Memory(few_mb=peak_mb(few, few), many_mb=peak_mb(int(1_000_000 * share), few))


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _too_busy() -> str:
    load, cores = os.getloadavg()[1], os.cpu_count() or 1
    return f" (beware: load {load:.1f} on {cores} cores)" if load > cores else ""


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.send", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="just to see that all of it runs")
    return parser


if __name__ == "__main__":
    main()
