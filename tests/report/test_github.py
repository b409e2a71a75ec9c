"""The report as GitHub's workflow commands."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from sendguard.gate import CouldNotRead, Passed, Run
from sendguard.report import as_github
from sendguard.values import Decision, Place, Severity, Url
from sendguard.visit import NotVisited, Reason, Trouble, Unreachable
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


@given(run=made_up_runs)
def test_whatever_was_found_each_line_is_one_command(run: Run) -> None:
    for line in as_github(run).split("\n"):
        assert not line or re.match(r"::(error|warning|notice) [a-z]+=[^:]*::", line)


def test_what_blocks_is_an_error_at_its_place() -> None:
    run = a_run(a_checked(a_blocked_link("No address", id="L5"), path="campaigns/a", id="a"))

    assert as_github(run) == (
        "::error file=campaigns/a/newsletter.html,line=5,col=9,"
        "title=SG101 empty-link L5 “Read article”"
        "::No address%0AGive it an address."
    )


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.WARN, "warning"), (Severity.NOTE, "notice")]
)
def test_what_weighs_less_is_said_more_quietly(severity: Severity, command: str) -> None:
    link = a_link()
    found = a_finding("Odd", link=link, severity=severity)

    assert as_github(a_run(a_checked(a_checked_link(link, None, found)))).startswith(
        f"::{command} "
    )


def test_each_place_is_remarked() -> None:
    run = a_run(a_checked(a_blocked_link(id="L1"), a_blocked_link(id="L2")))

    assert len(as_github(run).splitlines()) == 2


def test_a_bare_file_is_named_as_it_was_called() -> None:
    run = a_run(a_checked(a_blocked_link(), path="drafts/newsletter.html"))

    assert "file=drafts/newsletter.html," in as_github(run)


def test_standard_input_has_no_file() -> None:
    missing = CouldNotRead(path="-", says="it is empty")

    assert as_github(a_run(unreadable=(missing,))) == "::error title=cannot be read::it is empty"


def test_what_would_end_a_value_is_escaped() -> None:
    missing = CouldNotRead(path="a,b:c", says="100 %\n::error::x", place=Place("y.yaml", 1))

    assert as_github(a_run(unreadable=(missing,))) == (
        "::error file=a%2Cb%3Ac/y.yaml,line=1,title=cannot be read::100 %25 ::error::x"
    )


def test_a_walled_link_asks_a_person() -> None:
    assert as_github(a_run(a_checked(a_walled_link()))).startswith("::notice ")


@pytest.mark.parametrize("reason", [Reason.OFFLINE, Trouble.NO_NETWORK])
def test_where_nothing_could_be_opened_the_totals_warn(reason: Reason | Trouble) -> None:
    at = Url("https://navigator.example")
    outcome = (
        NotVisited(reason) if isinstance(reason, Reason) else Unreachable(trouble=reason, at=at)
    )
    unsure = a_checked_link(None, outcome, decision=Decision.UNVERIFIED)

    told = as_github(a_run(a_checked(unsure, path="drafts/issue.html")))

    assert told.startswith(
        "::warning file=drafts/issue.html,title=unverified::UNVERIFIED  drafts/issue.html: 1 of 1 "
    )
    assert len(told.splitlines()) == 1


def test_walls_that_hold_a_newsletter_back_warn() -> None:
    told = as_github(a_run(a_checked(a_walled_link()))).splitlines()

    assert [line.split()[0] for line in told] == ["::notice", "::warning"]
    assert "as gate.walled asks" in told[1]


def test_what_a_remark_says_already_the_totals_do_not_repeat() -> None:
    slow = Unreachable(trouble=Trouble.TIMEOUT, at=Url("https://navigator.example"))
    unsure = a_checked_link(None, slow, decision=Decision.UNVERIFIED)

    assert len(as_github(a_run(a_checked(unsure))).splitlines()) == 1


def test_nothing_to_remark_is_nothing_said() -> None:
    assert as_github(a_run(a_checked(a_fine_link()))) == ""


def test_an_earlier_pass_is_noticed() -> None:
    passed = replace(a_checked(a_fine_link()), passed=Passed(NOON, 720.0))

    told = as_github(a_run(passed))

    assert told.startswith("::notice file=issue.html,title=passed before::PASS ")
    assert "passed 12 minutes ago" in told
