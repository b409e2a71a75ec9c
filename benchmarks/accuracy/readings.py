"""What a person found on reading: alarms about links that were called right and are wrong."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.accuracy.rows import Row

Reading = tuple[str, str, str]
"""A newsletter, and the label and address of a link in it."""


def read_readings(file: Path) -> frozenset[Reading]:
    """The links of a file with a JSON object a line: `letter`, `label`, `href`, and a reason.

    `label` is what the alarm says where it is about the whole newsletter; `href` is empty then.
    """
    rows = map(json.loads, filter(None, file.read_text("utf-8").splitlines()))
    return frozenset((row["letter"], row["label"], row["href"]) for row in rows)


def apply(readings: frozenset[Reading], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, those of links that were found wrong on reading marked as unlisted."""
    for row in rows:
        found = not row.wrong and (row.letter, row.label, row.href) in readings
        yield replace(row, unlisted=True) if found else row
