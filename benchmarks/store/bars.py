"""What is asked of the store and of the watch."""

from collections.abc import Iterator, Mapping

from benchmarks.bar import Bar, at_most
from benchmarks.store.inside import Inside, Pruned
from benchmarks.store.outside import FRESH, REUSED, REUSED_100
from benchmarks.store.watching import Idle


def bars(inside: Inside, pruned: Pruned, outside: Mapping[str, float], idle: Idle) -> Iterator[Bar]:
    """Everything that is asked."""
    yield at_most("a check in the store", inside.bytes_ / inside.runs / 1e3, 15, " kB", 1)
    yield at_most("finding the issues before one", 1e3 * inside.history_s, 20, " ms", 1)
    yield at_most("finding the last check", 1e3 * inside.last_check_s, 5, " ms", 1)
    yield at_most("pruning one half", pruned.took_s, 5, " s")
    for name in (REUSED, REUSED_100):
        yield at_most(name, outside[name], 0.6, " s")
    yield at_most(f"{REUSED}, beside a check", outside[REUSED] / outside[FRESH], 1 / 3, " x")
    yield at_most("serve, memory", idle.rss_mb, 150, " MB", 0)
    yield at_most("serve, processor of one core", idle.cpu_percent, 1, " %")
