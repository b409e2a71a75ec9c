"""At which right addresses no page was seen, and of which of those a person may know better."""

from dataclasses import replace

import pytest

from sendguard.correct.plan import Repair
from sendguard.correct.unopened import find_unopened
from sendguard.gate import Checked, CheckedLink
from sendguard.links import Role
from sendguard.values import Decision, Url
from sendguard.visit import NotVisited, Outcome, Reason, Trouble, Unreachable
from tests.builders import a_campaign, a_link, a_visit, an_answer

RIGHT = "https://x.org/new"


def told(outcome: Outcome, role: Role = Role.BUTTON) -> list[tuple[str, bool]]:
    """What is told of one repaired place with this outcome."""
    place = a_link("https://x.org/old", role=role)
    seen = CheckedLink(
        link=place,
        intent=None,
        visit=a_visit(RIGHT, outcome),
        decision=Decision.PASS,
        findings=(),
    )
    checked = Checked(campaign=a_campaign(), links=(seen,), findings=(), decision=Decision.PASS)
    repair = Repair(place=place, right=RIGHT, address=RIGHT)
    return [
        (one.says.partition(f"{RIGHT}: ")[2], one.may_vouch)
        for one in find_unopened([repair], checked)
    ]


def test_a_page_that_opens_is_not_told_of() -> None:
    assert told(an_answer(RIGHT)) == []


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (an_answer(RIGHT, 404), "no page opens there (status 404)"),
        (Unreachable(trouble=Trouble.TIMEOUT, at=Url(RIGHT)), "nothing answers there (timeout)"),
        (NotVisited(reason=Reason.ACTS), "opening it would do something for a reader"),
        (NotVisited(reason=Reason.INTERRUPTED), "it was not opened"),
    ],
)
def test_where_no_page_was_seen_no_correction_may_lead(outcome: Outcome, says: str) -> None:
    ((why, may_vouch),) = told(outcome)

    assert why.startswith(says)
    assert not may_vouch


@pytest.mark.parametrize(
    ("outcome", "role"),
    [
        (replace(an_answer(RIGHT), walled="a robot check"), Role.BUTTON),
        (NotVisited(reason=Reason.PERSONAL), Role.BUTTON),
        (NotVisited(reason=Reason.ACTS), Role.UNSUBSCRIBE),
    ],
)
def test_what_sendguard_never_opens_a_person_may_vouch_for(outcome: Outcome, role: Role) -> None:
    ((_, may_vouch),) = told(outcome, role)

    assert may_vouch
