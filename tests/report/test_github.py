"""The report as GitHub's workflow commands."""

import re

import pytest
from hypothesis import given

from sendguard.gate import CouldNotRead, Run
from sendguard.report import as_github
from sendguard.values import Place, Severity
from tests.builders import a_link
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


def test_nothing_to_remark_is_nothing_said() -> None:
    assert as_github(a_run(a_checked(a_fine_link()))) == ""
