"""The computer: its clock, and the room on its disk."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sendguard.adapters.clock import SystemClock

if TYPE_CHECKING:
    from sendguard.report.health import Part


def look_at_clock() -> "Iterator[Part]":
    """The computer's clock."""
    from sendguard.report.health.machine import clock_part

    yield clock_part(SystemClock().now())


def look_at_disk(database: str | None) -> "Iterator[Part]":
    """The room where things are written; once for those on the same disk."""
    from sendguard.report.health.machine import disk_part

    disks: dict[int, tuple[list[str], Path]] = {}
    for what, place in _places(database):
        there = _nearest(place)
        disks.setdefault(there.stat().st_dev, ([], there))[0].append(what)
    for names, there in disks.values():
        yield disk_part(" and ".join(names), _free(there))


def _places(database: str | None) -> Iterator[tuple[str, Path]]:
    """Where something is written, and what that is."""
    from sendguard.adapters.database.engine import file_of, open_engine
    from sendguard.adapters.memory import cache_file

    if database and (store := file_of(open_engine(database))):
        yield "store", store
    if cache := cache_file():
        yield "cache", cache


def _nearest(place: Path) -> Path:
    """The place, or the folder that it will be made in."""
    whole = place.absolute()
    return next(one for one in (whole, *whole.parents) if one.exists())


def _free(place: Path) -> int | None:
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return None
