"""How many messages a second pass the gateway, how much later they are, and what it needs."""

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.bar import bar_table
from benchmarks.gateway.bars import Figures, bars
from benchmarks.gateway.rows import First, Latencies, Memory, Rates, first, latencies, memory, rates

ROWS = ("rates", "latencies", "first", "memory")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = _options().parse_args(arguments)
    began = time.monotonic()
    share, rounds = (0.02, 1) if asked.quick else (1.0, 3)
    figures = Figures()
    for row in asked.only or ROWS:
        figures = _measured(row, figures, share, rounds)
        print("\n".join(_told(row, figures)), flush=True)
    print("\n".join(("", *bar_table(bars(figures)), "")))
    print(f"{time.monotonic() - began:.0f} s{_too_busy()}")


def _measured(row: str, known: Figures, share: float, rounds: int) -> Figures:
    match row:
        case "rates":
            return replace(known, rates=rates(share, rounds))
        case "latencies":
            return replace(known, latencies=latencies(share, rounds))
        case "first":
            return replace(known, first=first(rounds))
        case _:
            return replace(known, memory=memory(share))


def _told(row: str, figures: Figures) -> Iterator[str]:
    match getattr(figures, row):
        case Rates(gateway=ours, bare=bare):
            yield f"{'10 KB, 10 connections':30}{'messages/s':>12}{'the sender, µs':>16}"
            yield f"  {'a bare aiosmtpd':28}{bare.rate:12.0f}{bare.cpu_us:16.0f}"
            yield f"  {'the gateway':28}{ours.rate:12.0f}{ours.cpu_us:16.0f}"
        case Latencies(gateway=ours, straight=straight):
            yield f"{'10 KB, 1 connection':30}{'median ms':>12}{'p99 ms':>16}"
            for name, fed in (("straight to the next hop", straight), ("the gateway", ours)):
                yield f"  {name:28}{1e3 * fed.median_s:12.2f}{1e3 * fed.p99_s:16.2f}"
        case First(verdict_s=verdict_s, check_s=check_s):
            yield f"first copy, 20 links: {verdict_s:.2f} s; the check by itself {check_s:.2f} s"
        case Memory(before_mb=before_mb, holding_mb=holding_mb):
            yield f"memory: {before_mb:.0f} MB at first, {holding_mb:.0f} MB with all that is held"


def _too_busy() -> str:
    load, cores = os.getloadavg()[1], os.cpu_count() or 1
    return f" (beware: load {load:.1f} on {cores} cores)" if load > cores else ""


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gateway", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="just to see that all of it runs")
    parser.add_argument("--only", nargs="+", choices=ROWS, help="these alone")
    return parser


if __name__ == "__main__":
    main()
