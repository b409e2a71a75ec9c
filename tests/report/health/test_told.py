"""What `sendguard doctor` says of each part."""

import json

from sendguard.report.health import Health, Part, health_as_json, health_as_text
from sendguard.report.health.part import doubtful, fine, unknown, wrong


def test_each_part_has_a_line_in_columns() -> None:
    text = health_as_text([fine("clock", "right"), wrong("database", "gone: make it")])

    assert text.splitlines() == [
        "ok       clock     right",
        "wrong    database  gone: make it",
        "",
        "1 thing is wrong.",
    ]


def test_a_warning_keeps_nothing_from_working() -> None:
    parts = [fine("clock", "right"), doubtful("disk", "little room"), unknown("rest", "?")]

    assert health_as_text(parts).endswith("\nIt works; 1 warning.")
    assert json.loads(health_as_json(parts))["works"] is True


def test_programs_get_the_same() -> None:
    document = json.loads(health_as_json([wrong("clock", "it shows 1970")]))

    assert document == {
        "schema": "sendguard.doctor/1",
        "works": False,
        "parts": [{"name": "clock", "health": "wrong", "says": "it shows 1970"}],
    }


def test_what_is_foreign_stays_on_its_line() -> None:
    assert fine("campaigns", "a\nb\x1b[31m\u202ec") == Part("campaigns", Health.OK, "a b[31mc")
