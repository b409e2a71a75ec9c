"""The status in words and as a document."""

import json
from dataclasses import replace
from datetime import timedelta, timezone
from importlib.resources import files
from typing import Any
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sendguard.gate import CouldNotRead
from sendguard.values import Decision
from sendguard.watch import Kind, Moment
from sendguard.watch.status import (
    AtGate,
    Mailing,
    OpenIncident,
    Outgoing,
    Status,
    Stopped,
    Untold,
    status_as_json,
    status_as_text,
)
from tests.builders import NOON
from tests.watch.status.sheets import DAY, a_found, a_kept, a_sheet, a_status

SCHEMA: dict[str, Any] = json.loads(
    (files("sendguard.watch.status") / "schema.json").read_text("utf-8")
)
NEW_YORK = timezone(timedelta(hours=-5))


def a_moment(campaign: str = "spring", due: timedelta = timedelta(hours=2)) -> Moment:
    return Moment(campaign=campaign, content="c", kind=Kind.BEFORE, offset_s=3600.0, due=NOON + due)


def an_untold(text: str) -> Untold:
    return Untold(campaign=text, title=text, made_at=NOON, to=text, why=text, again_at=NOON)


def a_full_status(text: str = "spring") -> Status:
    sheet = a_sheet(Decision.BLOCK, a_found(text), send_at=(NOON + DAY).astimezone(NEW_YORK))
    torn = replace(
        sheet, name=text, unreadable=CouldNotRead(path=text, says=text), digest=None, last=None
    )
    return replace(
        a_status(sheet, torn),
        past=(a_kept(campaign=text, says=text, number=2),),
        moments=(a_moment(), a_moment(text, -DAY)),
        untold=(an_untold(text),),
        outgoing=Outgoing(
            mailings=(
                Mailing(campaign=text, queued_at=NOON, waiting=3, paused=text),
                Mailing(campaign=text, queued_at=NOON - DAY, waiting=3, refused=9, in_doubt=1),
            )
        ),
        gate=AtGate(
            stopped=(
                Stopped(
                    fingerprint="3f9a2c71d0e4",
                    subject=text,
                    since=NOON,
                    decision=Decision.UNVERIFIED,
                    says=text,
                    kept=2,
                    in_doubt=1,
                ),
            ),
            tried_in_vain=2,
        ),
        incidents=(
            OpenIncident(
                number=1, campaign=text, opened_at=NOON - DAY, is_settled=False, has_whys=True
            ),
        ),
    )


def test_an_editor_reads_what_matters() -> None:
    sheet = a_sheet(Decision.BLOCK, a_found(), send_at=(NOON + DAY).astimezone(NEW_YORK))

    text = status_as_text(replace(a_status(sheet), moments=(a_moment(),)))

    assert text == (
        "Process 7 on navigator has been watching for 24 h; it looked 0 s ago.\n"
        "\n"
        "Waits for you (1):\n"
        "  - spring is blocked: “Read” opens another article\n"
        "    It is to go out on Wednesday 25 November 2026, 07:00 (UTC-05:00), in 24 h.\n"
        "    sendguard check campaigns/spring\n"
        "\n"
        "Checked next:\n"
        "  - spring in 2 h, 1 h before the send, on Tuesday 24 November 2026, 09:00 (UTC-05:00)\n"
        "\n"
        "Decided last:\n"
        "  - spring, 24 h ago: BLOCKED: 3 of 3 links fine."
    )


def test_what_came_through_the_gateway_is_told_by_its_subject() -> None:
    gate = AtGate(subjects={"3f9a2c71d0e4": "Issue\n42"})

    text = status_as_text(replace(a_status(), past=(a_kept(campaign="3f9a2c71d0e4"),), gate=gate))

    assert "  - 3f9a2c71d0e4 “Issue 42”, 24 h ago: PASS" in text


def test_where_nothing_is_known_that_is_said() -> None:
    text = status_as_text(Status(at=NOON, store="Nothing is kept.", folder="There is no folder."))

    assert text == "There is no folder.\nNothing is kept.\n\nNothing waits for you."


def test_what_is_overdue_is_checked_at_once() -> None:
    text = status_as_text(replace(a_status(), moments=(a_moment(due=-DAY),)))

    assert "spring at once, the check 1 h before the send; it was due on Monday 23" in text


def test_only_the_next_check_of_each_campaign_is_told() -> None:
    moments = tuple(a_moment(due=hours * timedelta(hours=1)) for hours in (1, 2, 3))
    status = replace(a_status(), moments=(*moments, a_moment("summer", DAY)))

    assert status_as_text(status).count("before the send") == 2
    assert len(json.loads(status_as_json(status))["next"]) == 4


def test_a_campaign_that_was_changed_since_its_check_is_said_to_be() -> None:
    assert "It was changed since." in status_as_text(a_status(a_sheet(digest="sha256:2")))


def test_long_lists_are_cut_in_text_only() -> None:
    sheets = [a_sheet(Decision.BLOCK, a_found(), name=f"c{number}") for number in range(50)]
    status = a_status(*sheets)

    assert "… and 20 more; --format json lists all of them." in status_as_text(status)
    assert len(json.loads(status_as_json(status))["waiting"]) == 50


def test_the_document_is_what_its_schema_says() -> None:
    document = json.loads(status_as_json(a_full_status()))

    Draft202012Validator(SCHEMA).validate(document)
    assert document["next"][0]["due"] == "2026-11-24T09:00:00-05:00"
    assert document["campaigns"][0]["decision"] == "block"


@given(st.text(max_size=300))
def test_whatever_is_foreign_stays_in_its_place(text: str) -> None:
    status = a_full_status(text)

    lines = status_as_text(status).splitlines()

    Draft202012Validator(SCHEMA).validate(json.loads(status_as_json(status)))
    assert not [letter for letter in "".join(lines) if category(letter) in {"Cc", "Cs", "Co"}]
    assert len(lines) < 60
