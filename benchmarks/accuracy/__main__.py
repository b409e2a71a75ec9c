"""How often wrong links are told, and right ones left alone, by the real program."""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from benchmarks.accuracy.calibration import curve, matches, thresholds
from benchmarks.accuracy.corpus import read_corpus
from benchmarks.accuracy.lines import lines_alone, lines_together
from benchmarks.accuracy.made.collection import make_collection
from benchmarks.accuracy.readings import apply, read_readings
from benchmarks.accuracy.run import CouldNotRun, Report, run_all
from benchmarks.accuracy.score import score
from benchmarks.accuracy.shapes import Collection, Letter
from benchmarks.accuracy.show import listing, tables, too_busy, unlisted
from benchmarks.accuracy.wholes import whole_letters

_Any = TypeVar("_Any")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = _options().parse_args(arguments)
    began = time.monotonic()
    collection = read_corpus(asked.corpus) if asked.corpus else make_collection()
    letters = letters_of(_some(collection, asked.quick))
    reports = _reports(letters)
    readings = read_readings(asked.readings) if asked.readings else frozenset()
    rows = list(apply(readings, score(letters, reports)))
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], indent=1), "utf-8")
    for kind in asked.list or ():
        print("\n".join(listing(rows, kind)))
    print(tables([row for row in rows if not row.unlisted]))
    print("\n".join((*unlisted(rows), *too_busy(reports.values()))))
    matched = matches(letters, rows)
    print("\nhow sure it was that a page is the right one\n")
    print("\n".join(curve(matched)))
    print("\nphrases, if all below a sureness were told\n")
    print("\n".join(thresholds(matched, "reworded")))
    print(f"\n{len(letters)} newsletters, {time.monotonic() - began:.0f} s")


def _reports(letters: Sequence[Letter]) -> dict[str, Report]:
    try:
        return run_all(letters)
    except CouldNotRun as error:
        raise SystemExit(f"sendguard check did not answer:\n{error}") from error


def letters_of(collection: Collection) -> list[Letter]:
    """Every newsletter that is tried, alone and in company, whole and swapped."""
    return [
        *lines_alone(collection.pairs, collection.wrongs),
        *lines_together(collection.pairs, collection.wrongs),
        *whole_letters(collection.issues),
    ]


def _some(collection: Collection, quick: int | None) -> Collection:
    """At most `quick` of each, spread evenly."""
    if quick is None:
        return collection
    return Collection(
        pairs=_spread(collection.pairs, quick),
        wrongs=_spread(collection.wrongs, quick),
        issues=_spread(collection.issues, quick),
    )


def _spread(found: tuple[_Any, ...], most: int) -> tuple[_Any, ...]:
    step = max(len(found) // most, 1)
    return found[::step][:most]


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="DIR",
        help="measure on this folder; without it, on made-up newsletters",
    )
    parser.add_argument("--quick", type=int, metavar="N", help="on N of each only")
    parser.add_argument(
        "--readings", type=Path, metavar="FILE", help="links that were found wrong on reading"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every row here")
    parser.add_argument(
        "--list", action="append", metavar="KIND", help="print what was missed or false"
    )
    return parser


if __name__ == "__main__":
    main()
