"""What ten thousand kept checks take, what `--reuse` answers in, and what `serve` costs idle."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bar import bar_table
from benchmarks.store.bars import bars
from benchmarks.store.databases import POSTGRESQL, SQLITE, a_database
from benchmarks.store.inside import measure_inside, prune_half
from benchmarks.store.letter import check_letter
from benchmarks.store.outside import measure_outside
from benchmarks.store.show import told
from benchmarks.store.watching import measure_watching
from sendguard.adapters.database.store import open_store


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = _options().parse_args(arguments)
    began = time.monotonic()
    for kind in [SQLITE, POSTGRESQL] if asked.postgresql else [SQLITE]:
        _measure(kind, asked)
    print(f"\n{time.monotonic() - began:.0f} s{_too_busy()}")


def _measure(kind: str, asked: argparse.Namespace) -> None:
    runs, rounds = (60, 1) if asked.quick else (10_000, 9)
    campaigns, for_s = (3, 2) if asked.quick else (500, 60)
    letter = check_letter()
    with TemporaryDirectory() as folder, a_database(kind, Path(folder)) as database:
        with closing(open_store(database.address)) as store:
            _progress(f"{kind}: keeping {runs} checks")
            inside = measure_inside(database, store, letter, runs)
        _progress(f"{kind}: answering --reuse")
        outside = measure_outside(database.address, rounds)
        with closing(open_store(database.address)) as store:
            pruned = prune_half(store)
        _progress(f"{kind}: serve with {campaigns} campaigns")
        idle = measure_watching(database.address, campaigns, for_s)
    print("\n".join((f"{kind}, {runs} checks", *told(inside, pruned, outside, idle))))
    print("\n".join(("", *bar_table(bars(inside, pruned, outside, idle)), "")), flush=True)


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _too_busy() -> str:
    load, cores = os.getloadavg()[1], os.cpu_count() or 1
    return f" (beware: load {load:.1f} on {cores} cores)" if load > cores else ""


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.store", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="just to see that all of it runs")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, too")
    return parser


if __name__ == "__main__":
    main()
