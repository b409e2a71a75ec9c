"""What the benchmark counts as told, as missed, and as a false alarm."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.accuracy.readings import apply, read_readings
from benchmarks.accuracy.rows import Alarm, Row
from benchmarks.accuracy.score import can_open, score
from benchmarks.accuracy.shapes import Asked, Letter
from tests.benchmarks.letters import (
    ASKED,
    RIGHT,
    WRONG,
    a_finding,
    a_letter,
    a_link,
    a_report,
)


def only_row(letter: Letter, report: dict[str, Any]) -> Row:
    (row,) = score([letter], {letter.id: report})
    return row


def test_a_wrong_link_is_told_by_a_finding_on_it() -> None:
    report = a_report(a_link("A headline", WRONG, a_finding("warn")))

    assert only_row(a_letter(ASKED), report).got is Alarm.WARN


def test_the_gravest_finding_counts() -> None:
    report = a_report(a_link("A headline", WRONG, a_finding("warn"), a_finding("block")))

    assert only_row(a_letter(ASKED), report).got is Alarm.BLOCK


def test_a_note_is_no_alarm() -> None:
    report = a_report(a_link("A headline", WRONG, a_finding("note")))

    assert only_row(a_letter(ASKED), report).got is Alarm.SILENT


def test_a_finding_on_a_neighbour_that_names_the_link_tells_it() -> None:
    neighbour = a_link("Another", WRONG, a_finding(says="“A headline” opens the same page"))

    row = only_row(a_letter(ASKED), a_report(a_link("A headline", WRONG), neighbour))

    assert row.told


def test_a_finding_on_a_neighbour_alone_does_not() -> None:
    neighbour = a_link("Another", WRONG, a_finding())

    row = only_row(a_letter(ASKED), a_report(a_link("A headline", WRONG), neighbour))

    assert not row.told


def test_a_missing_link_is_told_by_what_is_said_of_its_line() -> None:
    asked = replace(ASKED, kind="missing-link", href="")
    report = a_report(findings=(a_finding(says="Markup is left", place="letter.html:2:5"),))

    row = only_row(a_letter(asked, html="<p>\n[A headline]\n</p>"), report)

    assert row.told


def test_one_of_two_swapped_links_is_enough() -> None:
    asked = replace(ASKED, kind="swapped", other=("Another", RIGHT))
    report = a_report(a_link("A headline", WRONG), a_link("Another", RIGHT, a_finding()))

    row = only_row(a_letter(asked), report)

    assert (row.told, row.both) == (True, False)


def test_a_link_alone_answers_for_everything_that_is_said() -> None:
    asked = replace(ASKED, wrong=False, company=False, href=RIGHT)
    report = a_report(a_link("A headline", RIGHT), findings=(a_finding("warn"),))

    assert only_row(a_letter(asked), report).got is Alarm.WARN


def others(*asked: Asked, report: dict[str, Any]) -> list[Row]:
    letter = a_letter(*asked, everything=True)
    return [row for row in score([letter], {letter.id: report}) if row.group == "all"]


def test_every_other_link_of_an_issue_is_taken_for_right() -> None:
    report = a_report(a_link("A headline", WRONG, a_finding()), a_link("B", RIGHT, a_finding()))

    rows = others(ASKED, report=report)

    assert [(row.label, row.got) for row in rows] == [("B", Alarm.BLOCK), ("", Alarm.SILENT)]


def test_what_is_said_of_the_whole_issue_is_a_false_alarm() -> None:
    rows = others(ASKED, report=a_report(findings=(a_finding("warn"),)))

    assert [(row.kind, row.got) for row in rows if row.told] == [("newsletter", Alarm.WARN)]


def test_a_link_that_opens_nothing_is_not_held_against_the_program() -> None:
    rows = others(report=a_report(a_link("B", "#", a_finding())))

    assert [row.unlisted for row in rows] == [True, False]


@pytest.mark.parametrize(
    "href",
    ["https://a.example/", "mailto:a@a.example", "{{ unsubscribe_url }}", "*|ARCHIVE|*", "#top"],
)
def test_an_address_that_opens_something(href: str) -> None:
    assert can_open(href, '<a id="top"></a>')


@pytest.mark.parametrize("href", ["", "#", "#nowhere", "TODO", "a.example/b", "/notes/", "http://"])
def test_an_address_that_opens_nothing(href: str) -> None:
    assert not can_open(href, "<p id=somewhere>")


def test_an_alarm_that_proves_right_on_reading_is_not_held_against_the_program(
    tmp_path: Path,
) -> None:
    file = tmp_path / "readings.jsonl"
    file.write_text(json.dumps({"letter": "letter", "label": "B", "href": RIGHT}), "utf-8")
    rows = others(report=a_report(a_link("B", RIGHT, a_finding())))

    counted = apply(read_readings(file), rows)

    assert [row.unlisted for row in counted] == [True, False]
