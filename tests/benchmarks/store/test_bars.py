"""What is asked of the store, held against figures."""

from dataclasses import replace

from benchmarks.store.bars import bars
from benchmarks.store.inside import Inside, Pruned
from benchmarks.store.outside import FRESH, REUSED, REUSED_100
from benchmarks.store.show import told
from benchmarks.store.watching import Idle

INSIDE = Inside(
    runs=10,
    bytes_=140_000,
    keep_s=0.01,
    history_s=0.01,
    last_check_s=0.004,
    record_s=0.004,
    runs_s=0.004,
)
PRUNED = Pruned(5, 0.1)
OUTSIDE = {FRESH: 0.9, REUSED: 0.29, REUSED_100: 0.3}
IDLE = Idle(campaigns=500, first_s=60, cpu_percent=0.5, rss_mb=120, peak_mb=140)


def broken(inside: Inside = INSIDE, idle: Idle = IDLE) -> list[str]:
    return [bar.asked for bar in bars(inside, PRUNED, OUTSIDE, idle) if not bar.is_met]


def test_all_that_is_asked_can_hold() -> None:
    assert broken() == []


def test_a_store_that_grew_breaks_its_bar() -> None:
    assert broken(replace(INSIDE, bytes_=160_000)) == ["a check in the store"]


def test_a_watch_that_never_rests_breaks_its_bar() -> None:
    assert broken(idle=replace(IDLE, cpu_percent=1.5)) == ["serve, processor of one core"]


def test_every_figure_is_told() -> None:
    text = "\n".join(told(INSIDE, PRUNED, OUTSIDE, IDLE))

    assert "a check in it" in text
    assert "14.0 kB" in text
    assert "to prune 5 checks" in text
