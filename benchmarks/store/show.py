"""What was measured, as people read it."""

from collections.abc import Iterator, Mapping

from benchmarks.store.inside import Inside, Pruned
from benchmarks.store.watching import Idle


def told(inside: Inside, pruned: Pruned, outside: Mapping[str, float], idle: Idle) -> Iterator[str]:
    """One line for each figure."""
    yield _line("the whole store", f"{inside.bytes_ / 1e6:.1f} MB")
    yield _line("a check in it", f"{inside.bytes_ / inside.runs / 1e3:.1f} kB")
    yield _line("to keep a check", _ms(inside.keep_s))
    yield _line("to find the issues before one", _ms(inside.history_s))
    yield _line("to find the last check of a content", _ms(inside.last_check_s))
    yield _line("to read a check with its evidence", _ms(inside.record_s))
    yield _line("to list the last check of each campaign", _ms(inside.runs_s))
    yield _line(f"to prune {pruned.count} checks", f"{pruned.took_s:.2f} s")
    for name, took_s in outside.items():
        yield _line(f"process: {name}", f"{took_s:.3f} s")
    yield _line(f"serve: to check {idle.campaigns} new campaigns", f"{idle.first_s:.0f} s")
    yield _line("serve: memory, idle", f"{idle.rss_mb:.0f} MB")
    yield _line("serve: memory, at its most", f"{idle.peak_mb:.0f} MB")
    yield _line("serve: processor, idle", f"{idle.cpu_percent:.2f} %")


def _line(what: str, figure: str) -> str:
    return f"  {what:48}{figure:>12}"


def _ms(seconds: float) -> str:
    return f"{1_000 * seconds:.1f} ms"
