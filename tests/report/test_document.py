"""The document for programs keeps its contract."""

import json
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

import sendguard.report
from sendguard.gate import CouldNotRead, Run
from sendguard.intent import From
from sendguard.links import Role
from sendguard.report import as_json
from sendguard.values import Decision, Place, Severity, Url
from sendguard.visit import Answered, Hop, NotVisited, Outcome, Reason, Trouble, Unreachable
from tests.builders import a_link, a_page, an_intent
from tests.report.runs import (
    SITE,
    a_blocked_link,
    a_checked,
    a_checked_link,
    a_fine_link,
    a_run,
    made_up_runs,
)

SCHEMA = json.loads(Path(sendguard.report.__file__).with_name("schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def document(run: Run) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(as_json(run))
    return made


def link_in(outcome: Outcome) -> dict[str, Any]:
    run = a_run(a_checked(a_checked_link(a_link(SITE), outcome)))
    told: dict[str, Any] = document(run)["newsletters"][0]["links"][0]
    return told


@given(run=made_up_runs)
def test_whatever_was_found_the_document_keeps_to_the_schema(run: Run) -> None:
    VALIDATOR.validate(document(run))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("link", "role"), Role),
        (("intent", "source"), From),
        (("finding", "severity"), Severity),
    ],
)
def test_the_schema_knows_every_word_there_is(words: tuple[str, str], kind: type[StrEnum]) -> None:
    of, name = words

    assert SCHEMA["$defs"][of]["properties"][name]["enum"] == list(kind)


@pytest.mark.parametrize(("at", "kind"), [(1, Trouble), (2, Reason)])
def test_the_schema_knows_every_trouble_there_is(at: int, kind: type[StrEnum]) -> None:
    told = SCHEMA["$defs"]["visit"]["oneOf"][at]["properties"]["trouble"]["enum"]

    assert told == [one for one in kind if one is not Reason.INTERRUPTED]


def test_what_an_interrupt_left_out_is_offline_to_programs() -> None:
    assert link_in(NotVisited(Reason.INTERRUPTED))["visit"]["trouble"] == "offline"


def test_the_time_is_written_in_utc_without_fractions() -> None:
    assert document(a_run())["checked_at"] == "2026-11-24T12:00:00Z"


def test_a_run_that_read_nothing_is_unverified() -> None:
    assert document(a_run())["decision"] == "unverified"


def test_a_blocked_link_blocks_all_the_way_up() -> None:
    told = document(a_run(a_checked(a_fine_link(), a_blocked_link(id="L2"))))

    assert told["decision"] == told["newsletters"][0]["decision"] == "block"
    assert [link["decision"] for link in told["newsletters"][0]["links"]] == ["pass", "block"]


def test_an_answer_tells_where_it_came_to_rest_and_after_how_many_redirects() -> None:
    hops = (Hop(Url(SITE), 301), Hop(Url(f"{SITE}/b"), 302), Hop(Url(f"{SITE}/c"), 200))

    assert link_in(Answered(hops=hops, page=a_page("Title")))["visit"] == {
        "outcome": "answered",
        "status": 200,
        "final_url": f"{SITE}/c",
        "hops": 2,
        "title": "Title",
        "trouble": None,
        "took_s": 0.1,
    }


def test_a_walled_answer_says_so() -> None:
    wall = Answered(hops=(Hop(Url(SITE), 429),), walled="status 429")

    assert link_in(wall)["visit"]["trouble"] == "walled"


def test_trouble_tells_the_address_asked_last() -> None:
    trouble = Unreachable(trouble=Trouble.TIMEOUT, at=Url(f"{SITE}/b"), hops=(Hop(Url(SITE), 302),))

    visit = link_in(trouble)["visit"]

    assert (visit["outcome"], visit["trouble"]) == ("unreachable", "timeout")
    assert (visit["final_url"], visit["hops"], visit["status"]) == (f"{SITE}/b", 1, None)


def test_a_link_left_alone_tells_why() -> None:
    visit = link_in(NotVisited(Reason.ACTS))["visit"]

    assert (visit["outcome"], visit["trouble"], visit["final_url"]) == ("not-visited", "acts", None)


def test_an_intent_tells_its_source_and_sureness() -> None:
    link = a_checked_link(intent=an_intent("Proposals", sureness=0.93))

    told = document(a_run(a_checked(link)))["newsletters"][0]["links"][0]["intent"]

    assert told == {"title": "Proposals", "url": None, "source": "headline", "sureness": 0.93}


def test_a_path_that_could_not_be_read_says_where() -> None:
    missing = CouldNotRead(path="a", says="not YAML", place=Place("campaign.yaml", 3, 1))

    told = document(a_run(a_checked(a_fine_link()), unreadable=(missing,)))

    assert told["unreadable"] == [{"path": "a", "says": "campaign.yaml:3:1: not YAML"}]
    assert told["decision"] == Decision.PASS


def test_the_document_is_one_line_of_ascii() -> None:
    text = as_json(a_run(a_checked(a_blocked_link("“Straße”\n\u202e\ud800"))))

    assert text.isascii()
    assert "\n" not in text


def test_an_issue_of_a_series_says_with_how_many_it_was_compared() -> None:
    told = json.loads(as_json(a_run(replace(a_checked(), compared_with=2))))

    assert told["newsletters"][0]["compared_with"] == 2
