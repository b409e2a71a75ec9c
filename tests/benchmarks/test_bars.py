"""The figures that are asked for, counted from rows."""

from dataclasses import replace

from benchmarks.accuracy.bars import Figure, figures
from benchmarks.accuracy.rows import Alarm, Row

ROW = Row(
    id="1",
    letter="one",
    group="pairs",
    company=False,
    kind="same",
    wrong=False,
    label="A headline",
    href="https://a.example/",
    got=Alarm.SILENT,
)


def figure(name: str, *rows: Row) -> Figure:
    return next(found for found in figures(rows) if found.name == name)


def test_a_right_link_that_is_blocked_breaks_the_bar() -> None:
    found = figure("right links blocked", ROW, replace(ROW, got=Alarm.BLOCK))

    assert (found.hits, found.of, found.reached) == (1, 2, False)


def test_links_in_company_are_not_counted_twice() -> None:
    found = figure("right links blocked", ROW, replace(ROW, company=True))

    assert found.of == 1


def test_a_missing_page_that_is_told_as_another_article_is_not_told() -> None:
    row = replace(ROW, group="issues", kind="typo-404", wrong=True, got=Alarm.BLOCK)

    found = figure(
        "404 told, as nothing else",
        replace(row, codes=("SG201",)),
        replace(row, codes=("SG301",)),
    )

    assert (found.hits, found.of) == (1, 2)


def test_one_false_alarm_spoils_its_issue_once() -> None:
    right = replace(ROW, group="all", company=True, kind="link")
    spoilt = replace(right, letter="two", got=Alarm.WARN)

    found = figure("… nor a false warning", right, spoilt, spoilt)

    assert (found.hits, found.of) == (1, 2)


def test_nothing_counted_reaches_nothing() -> None:
    assert not figure("swapped links told", ROW).reached
