"""What is asked, counted from rows."""

from dataclasses import replace

from benchmarks.bar import Bar
from benchmarks.visit.bars import bars
from benchmarks.visit.rows import Row
from benchmarks.visit.runs import Limits
from tests.benchmarks.visit.rows import OURS, PEERS


def bar(asked: str, *rows: Row, help_ratio: float | None = None) -> Bar:
    table = {(row.web, row.size, row.tool): row for row in rows}
    return next(it for it in bars(table, help_ratio) if it.asked == asked)


def test_what_was_not_measured_neither_holds_nor_fails() -> None:
    assert {it.is_met for it in bars({}, None)} == {None}


def test_a_bar_is_held_against_what_is_shown() -> None:
    found = bar("--help, CPU beside import typer", help_ratio=1.604)

    assert (found.measured, found.bar, found.is_met) == ("1.60 x", "≤ 1.60 x", True)


def test_own_pauses_belong_to_the_slowest_chain() -> None:
    found = bar("web B, 400 links, wall over the slowest chain", OURS)

    assert (found.measured, found.is_met) == ("0.80 s", True)


def test_the_quickest_peer_is_the_one_to_beat() -> None:
    quicker = replace(PEERS, tool="check-links", wall_s=8.0)

    found = bar("web B, 400 links, wall beside the quickest peer", OURS, PEERS, quicker)

    assert (found.measured, found.is_met) == ("1.05 x check-links", False)


def test_verdicts_hold_when_none_is_wrong_and_six_of_eight_soft_ones_are_told() -> None:
    found = {it.asked: it.is_met for it in bars({("B", 400, "sendguard"): OURS}, None)}

    assert found["web B, 400 links, false alarms"]
    assert found["web B, 400 links, missed"]
    assert found["web B, 400 links, soft 404s told"]
    assert found["web B, 400 links, swapped headlines told"]


def test_one_false_alarm_is_too_many() -> None:
    spoilt = replace(OURS, score=replace(OURS.score, false_alarms=1))

    assert bar("web B, 400 links, false alarms", spoilt).is_met is False


def test_the_busiest_host_decides_where_it_takes_longer_than_any_chain() -> None:
    limits = Limits(bench_chain_s=7.5, chain_s=8.0, busiest_host_s=20.0, in_line_s=21.0)
    found = bar(
        "web B, 2000 links, wall beside the busiest host's",
        replace(OURS, size=2000, wall_s=24.0, limits=limits),
    )

    assert (found.measured, found.is_met) == ("1.20 x", True)


def test_a_body_of_fifty_megabytes_in_one_round_is_too_many() -> None:
    found = bar("web B, 400 links, never a body of 50 MB", replace(OURS, most_sent=60_000_000))

    assert found.is_met is False
