"""How long the store itself takes to answer, without the program around it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from benchmarks.store.databases import Database
from benchmarks.store.fill import REACHES_BACK, fill
from sendguard.adapters.database.last_check import last_check
from sendguard.adapters.database.store import SqlStore
from sendguard.gate import Run

_TIMES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What was measured.

    Attributes:
        bytes_: Of the whole store.
        keep_s: For one check.
        history_s: For what went before a campaign: six issues, and whether it went out.
        last_check_s: For the check that `--reuse` answers from, its evidence unpacked.
        record_s: For a check with all of its evidence.
        runs_s: For the last check of each campaign.
    """

    runs: int
    bytes_: int
    keep_s: float
    history_s: float
    last_check_s: float
    record_s: float
    runs_s: float


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many checks went, and what that took."""

    count: int
    took_s: float


def measure_inside(database: Database, store: SqlStore, run: Run, count: int) -> Inside:
    """Fill a store, then ask it."""
    began = perf_counter()
    last = fill(store, run, count)
    keep_s = (perf_counter() - began) / count
    (newest, *_) = store.runs(last.id)
    return Inside(
        runs=count,
        bytes_=database.bytes(),
        keep_s=keep_s,
        history_s=_took_s(lambda: store.history(last, datetime.now(UTC))),
        last_check_s=_took_s(lambda: last_check(database.address, last.id or "", last.digest)),
        record_s=_took_s(lambda: store.record(newest.id)),
        runs_s=_took_s(store.runs),
    )


def prune_half(store: SqlStore) -> Pruned:
    """Delete what is older than one half of the time that the store reaches back."""
    began = perf_counter()
    count = store.prune(datetime.now(UTC) - REACHES_BACK / 2)
    return Pruned(count, perf_counter() - began)


def _took_s(ask: Callable[[], object]) -> float:
    """The median, after one that is not counted."""
    times = []
    for _ in range(_TIMES + 1):
        began = perf_counter()
        answer = ask()
        times.append(perf_counter() - began)
        assert answer  # noqa: S101 - what is not found is found quickly
    return median(times[1:])
