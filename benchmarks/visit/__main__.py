"""How long a check takes beside other link checkers, over one stand-in web, and what each says."""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.bar import bar_table
from benchmarks.visit.bars import bars
from benchmarks.visit.install import install
from benchmarks.visit.newsletters import WEB_A, WEB_B
from benchmarks.visit.rows import gather
from benchmarks.visit.runs import Run, run_all
from benchmarks.visit.show import tables
from benchmarks.visit.spent import spend
from benchmarks.visit.tools import Tool, others, own_program, sendguard

_KEPT = Path(".cache/peers")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = _with_defaults(_options().parse_args(arguments))
    began, tools = time.monotonic(), list(_tools(asked.tools))
    runs = []
    for run in _runs(asked, tools):
        runs.append(run)
        print(_progress(run), file=sys.stderr, flush=True)
        if asked.json:
            asked.json.write_text(json.dumps([asdict(it) for it in runs], indent=1), "utf-8")
    rows = gather(runs)
    print("\n".join(tables(rows)))
    print("\n".join(bar_table(bars(rows, _help_ratio(asked.rounds)))))
    print(f"\n{time.monotonic() - began:.0f} s, {asked.rounds} rounds{_too_busy()}")


def _runs(asked: argparse.Namespace, tools: Sequence[Tool]) -> Iterator[Run]:
    for kind in (WEB_A, WEB_B):
        if asked.web in {None, kind.name}:
            for size in asked.sizes:
                yield from run_all(kind, size, tools, asked.rounds)


def _tools(names: Sequence[str]) -> Iterator[Tool]:
    """SendGuard, and those of the others that are there; the rest is said."""
    yield sendguard()
    peers = Path(os.environ.get("PEERS", _KEPT)).absolute()
    # A folder that was named is somebody else's.
    missing = [] if "PEERS" in os.environ else list(install(peers))
    for found in others(peers):
        if isinstance(found, str):
            missing.append(found)
        elif not names or found.name in names:
            yield found
    print("".join(f"left out: {line}\n" for line in missing), end="", flush=True)


def _help_ratio(rounds: int) -> float:
    """Processor time of `sendguard --help`, in that of `import typer`."""
    ours, typer = [own_program(), "--help"], [sys.executable, "-c", "import typer"]
    with TemporaryDirectory() as folder:
        out = Path(folder, "out")
        times = range(3 * rounds)
        return median(spend(ours, out=out).cpu_s / spend(typer, out=out).cpu_s for _ in times)


def _too_busy() -> str:
    """A warning where others used the machine: one tool and the web keep about one core busy."""
    load, cores = os.getloadavg()[1], os.cpu_count() or 1
    return f" (beware: load {load:.1f} on {cores} cores)" if load > cores else ""


def _progress(run: Run) -> str:
    return f"web {run.web}, {run.size} links: {run.tool} {run.spent.wall_s:.2f} s"


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.visit", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, 20 and 100 links")
    parser.add_argument("--sizes", type=_numbers, metavar="20,100", help="links of a newsletter")
    parser.add_argument("--rounds", type=int, metavar="N", help="runs of each tool; 3 is usual")
    parser.add_argument("--web", choices=["A", "B"], help="A: no latency; B: as the real web")
    parser.add_argument("--tools", type=_names, default=[], metavar="curl,linkinator",
                        help="these beside SendGuard only")  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run here")
    return parser


def _with_defaults(asked: argparse.Namespace) -> argparse.Namespace:
    asked.sizes = asked.sizes or ([20, 100] if asked.quick else [20, 100, 400, 2000])
    asked.rounds = asked.rounds or (1 if asked.quick else 3)
    return asked


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _names(text: str) -> list[str]:
    return text.split(",")


if __name__ == "__main__":
    main()
