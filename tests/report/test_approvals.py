"""How every format tells whose word lets what stand."""

import json
from dataclasses import replace
from datetime import date
from textwrap import dedent
from xml.etree import ElementTree as ET

import pytest

from sendguard.gate import CheckedLink, Run
from sendguard.report import FORMATS, as_github, as_json, as_junit, as_text
from sendguard.values import Decision, Severity
from tests.builders import an_approval
from tests.report.runs import (
    a_blocked_link,
    a_checked,
    a_finding,
    a_fine_link,
    a_run,
    a_walled_link,
    an_approved_link,
)

APPROVED = a_run(a_checked(a_fine_link("L1"), an_approved_link(id="L2")))


def lapsed() -> CheckedLink:
    blocked = a_blocked_link()
    word = an_approval(until=date(2026, 11, 1))
    return replace(blocked, findings=(replace(blocked.findings[0], lapsed=word),))


def total(*links: CheckedLink) -> str:
    return as_text(a_run(a_checked(*links))).plain.splitlines()[-1]


@pytest.mark.parametrize("form", list(FORMATS))
def test_an_approved_finding_stays_visible_with_who_why_and_until(form: str) -> None:
    told = FORMATS[form](APPROVED)

    for said in ("SG101", "The link has no address", "Ada", "moves at noon", "2026-12-25"):
        assert said in told


def test_a_person_is_told_who_approved_and_nothing_to_do() -> None:
    assert as_text(APPROVED).plain == dedent(
        """\
        approved  L2 “A label”  SG101 empty-link
          newsletter.html:1:1
          The link has no address
            opens        An article
                         https://navigator.example
            approved     by Ada until 2026-12-25: The page moves at noon

        PASS  issue.html: 1 of 2 links fine (none compared with an article), \
1 approved by Ada. 0.4 s"""
    )


def test_an_approval_that_has_passed_is_told_beside_what_blocks() -> None:
    told = as_text(a_run(a_checked(lapsed()))).plain

    assert told.startswith("block  L1")
    assert "    approved     by Ada until 2026-11-01; that has passed." in told


def test_every_person_is_named_once_in_the_total() -> None:
    links = [an_approved_link(by=name) for name in ("Ada", "Bob", "Ada")]

    assert "3 approved by Ada and Bob" in total(*links)


def test_of_many_persons_only_some_are_named_in_the_total() -> None:
    links = [an_approved_link(by=name) for name in ("Ada", "Bob", "Cyd", "Dan")]

    assert "4 approved by Ada, Bob and 2 others" in total(*links)


def test_a_link_with_an_approved_warning_is_fine_all_the_same() -> None:
    told = total(an_approved_link(Severity.WARN))

    assert "1 of 1 link fine (none compared with an article, 1 with a finding approved" in told


def test_an_approved_finding_about_the_whole_is_counted() -> None:
    found = replace(a_finding(), approved=an_approval())
    checked = a_checked(a_fine_link(), findings=(found,))

    assert "1 approved by Ada" in as_text(a_run(checked)).plain.splitlines()[-1]


def test_a_wall_that_a_person_answers_for_is_no_more_to_be_opened() -> None:
    walled = a_walled_link()
    found = replace(
        a_finding("A wall", code="SG207", name="walled", severity=Severity.NOTE),
        approved=an_approval(),
    )
    vouched = replace(walled, findings=(found,), decision=Decision.PASS)

    told = as_text(a_run(a_checked(vouched))).plain

    assert "Open these yourself" not in told
    assert told.splitlines()[-1].startswith(
        "PASS  issue.html: nothing could be compared, 1 approved by Ada."
    )


def test_programs_are_told_under_a_key_that_is_there_only_then() -> None:
    def findings(run: Run) -> list[dict[str, object]]:
        links = json.loads(as_json(run))["newsletters"][0]["links"]
        return [found for link in links for found in link["findings"]]

    (approved,), (past,) = findings(APPROVED), findings(a_run(a_checked(lapsed())))

    who = {"by": "Ada", "because": "The page moves at noon"}
    assert (approved["severity"], approved["approved"]) == ("block", {**who, "until": "2026-12-25"})
    assert "lapsed" not in approved
    assert past["lapsed"] == {**who, "until": "2026-11-01"}
    assert "approved" not in past


def test_to_a_build_server_an_approved_finding_is_no_failure() -> None:
    suite = ET.fromstring(as_junit(APPROVED))[0]  # noqa: S314 - our own

    assert suite.get("failures") == "0"
    assert [child.tag for child in suite[2]] == ["system-out"]


def test_to_github_an_approved_finding_is_a_notice() -> None:
    assert as_github(APPROVED).startswith("::notice ")
