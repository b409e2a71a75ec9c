"""Rows and bars as people read them."""

from dataclasses import replace

from benchmarks.bar import Bar, bar_table
from benchmarks.visit.rows import Row
from benchmarks.visit.score import Score
from benchmarks.visit.show import tables
from tests.benchmarks.visit.rows import OURS, PEERS


def told(*rows: Row) -> str:
    return "\n".join(tables({(row.web, row.size, row.tool): row for row in rows}))


def test_the_quickest_stands_first() -> None:
    text = told(PEERS, OURS)

    assert text.index("sendguard") < text.index("linkinator")


def test_the_least_that_it_takes_stands_above_in_both_ways_of_counting() -> None:
    assert "slowest chain 7.50 s; with SendGuard's own pauses and second looks 7.60 s" in told(OURS)


def test_what_a_tool_did_not_do_stands_beside_it() -> None:
    row = replace(OURS, late=1, score=Score(fine=1, absent=2, warned=3))

    assert "said nothing of 2; warned of 3 fine ones; 1 of 3 runs took too long" in told(row)


def test_a_bar_that_was_not_measured_is_not_called_met() -> None:
    _, line = bar_table([Bar(asked="speed", bar="≤ 1")])

    assert line.split() == ["speed", "not", "measured", "≤", "1"]
