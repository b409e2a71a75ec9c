"""The report for build servers."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from sendguard.gate import CouldNotRead, Passed, Run
from sendguard.report import as_junit
from sendguard.values import Decision, Place, Severity, Url
from sendguard.visit import Trouble, Unreachable
from tests.builders import NOON, a_link
from tests.report.runs import (
    a_blocked_link,
    a_checked,
    a_checked_link,
    a_finding,
    a_fine_link,
    a_run,
    a_walled_link,
    made_up_runs,
)


def suites(run: Run) -> ET.Element:
    return ET.fromstring(as_junit(run))  # noqa: S314 - our own


@given(run=made_up_runs)
def test_whatever_was_found_it_is_xml(run: Run) -> None:
    root = suites(run)

    assert len(root) == len(run.newsletters) + len(run.unreadable)


def test_a_suite_counts_what_is_in_it() -> None:
    run = a_run(a_checked(a_fine_link(), a_blocked_link(id="L2"), a_walled_link("L3")))

    suite = suites(run)[0]

    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "1", "1")


def test_what_blocks_is_a_failure_at_its_place() -> None:
    run = a_run(a_checked(a_blocked_link("No address", id="L5"), path="campaigns/a", id="a"))

    case = suites(run)[0][1]

    assert (case.get("file"), case.get("line")) == ("campaigns/a/newsletter.html", "5")
    assert [(child.tag, child.get("message")) for child in case] == [("failure", "No address")]


def test_what_is_unverified_is_an_error_with_the_reason() -> None:
    slow = Unreachable(trouble=Trouble.TIMEOUT, at=Url("https://navigator.example"))
    unsure = a_checked_link(None, slow, decision=Decision.UNVERIFIED)

    suite = suites(a_run(a_checked(unsure)))[0]

    assert [(child.tag, child.get("type")) for child in suite[1]] == [("error", "unverified")]
    assert "did not answer in time" in (suite[1][0].get("message") or "")
    assert (suite.get("errors"), len(suite[0])) == ("1", 0)


def test_walls_that_hold_a_newsletter_back_are_an_error_of_the_newsletter() -> None:
    whole = suites(a_run(a_checked(a_fine_link(), a_walled_link())))[0][0]

    assert [(child.tag, child.get("type")) for child in whole] == [("error", "unverified")]
    assert "as gate.walled asks" in (whole[0].get("message") or "")


def test_walls_that_hold_nothing_back_leave_the_build_green() -> None:
    run = a_run(a_checked(a_fine_link(), a_walled_link(), decision=Decision.PASS))

    assert (suites(run).get("errors"), suites(run).get("failures")) == ("0", "0")


def test_what_only_a_person_can_open_is_skipped_with_the_reason() -> None:
    case = suites(a_run(a_checked(a_walled_link())))[0][1]

    assert [child.tag for child in case] == ["skipped"]
    assert "turns programs away" in (case[0].get("message") or "")


def test_what_only_warns_is_output() -> None:
    link = a_link()
    warned = a_checked_link(link, None, a_finding("Odd", link=link, severity=Severity.WARN))

    case = suites(a_run(a_checked(warned)))[0][1]

    assert [child.tag for child in case] == ["system-out"]


def test_what_is_wrong_with_the_whole_is_a_case_of_its_own() -> None:
    run = a_run(a_checked(findings=(a_finding("Too large"),), decision=Decision.BLOCK))

    assert suites(run)[0][0].get("name") == "the newsletter"
    assert suites(run)[0][0][0].tag == "failure"


def test_what_could_not_be_read_is_an_error() -> None:
    missing = CouldNotRead(path="a", says="not YAML", place=Place("campaign.yaml", 3))

    case = suites(a_run(unreadable=(missing,)))[0][0]

    assert (case.get("file"), case.get("line")) == ("a/campaign.yaml", "3")
    assert (case[0].tag, case[0].get("message")) == ("error", "not YAML")


@pytest.mark.parametrize("foreign", ["\x00", "\x1b[2J", "\ufffe", "\ud800", "]]>", "<a & 'b\">"])
def test_no_foreign_character_breaks_it(foreign: str) -> None:
    suites(a_run(a_checked(a_blocked_link(foreign), path=foreign)))


def test_an_earlier_pass_says_when_it_was_made() -> None:
    passed = replace(a_checked(a_fine_link()), passed=Passed(NOON, 720.0))

    (said,) = suites(a_run(passed)).iter("property")

    assert said.attrib == {"name": "passed_at", "value": f"{NOON:%Y-%m-%dT%H:%M:%SZ}"}
