from dataclasses import replace
from datetime import timedelta

import pytest

from sendguard.judge.asked import when_asked
from sendguard.judge.finding import Finding
from sendguard.judge.rule import judge
from sendguard.judge.rules import ALL
from sendguard.visit import Outcome, Trouble, Unreachable, Visit
from tests.builders import NOON, a_case, a_link, a_newsletter_case, a_page, a_visit, an_answer

HERE = "https://example.org/"
GONE = an_answer(HERE, 404)


def asked_at(*seconds: float, outcome: Outcome = GONE) -> Visit:
    tries = tuple(NOON + timedelta(seconds=second) for second in seconds)
    return replace(a_visit(HERE, outcome), tries=tries)


def finding(visit: Visit) -> Finding:
    case = replace(a_case(a_link(HERE), visit.outcome), visit=visit)
    return judge(a_newsletter_case(case), ALL)[0]


@pytest.mark.parametrize(
    ("visit", "says"),
    [
        (asked_at(3, 4.2), " (Asked for twice, between 12:00:03 and 12:00:04 UTC.)"),
        (asked_at(3, 3.2), " (Asked for twice, at 12:00:03 UTC.)"),
        (asked_at(0, 1, 3), " (Asked for three times, between 12:00:00 and 12:00:03 UTC.)"),
        (asked_at(0, 1, 3, 5), " (Asked for 4 times, between 12:00:00 and 12:00:05 UTC.)"),
        (asked_at(3), ""),
        (asked_at(), ""),
        (asked_at(3, 4, outcome=an_answer(HERE, 200, a_page("Back again"))), ""),
    ],
)
def test_a_failure_is_told_with_how_often_and_when_it_was_asked_for(
    visit: Visit, says: str
) -> None:
    assert when_asked(visit) == says


@pytest.mark.parametrize(
    "outcome", [GONE, Unreachable(trouble=Trouble.NO_SUCH_HOST, at=GONE.landed.url)]
)
def test_a_finding_says_how_often_and_its_advice_when(outcome: Outcome) -> None:
    found = finding(asked_at(3, 4, outcome=outcome))

    assert "twice" in found.says
    assert found.advice.endswith(" (Asked for twice, between 12:00:03 and 12:00:04 UTC.)")


def test_a_later_look_at_the_same_failure_is_the_same_finding() -> None:
    assert finding(asked_at(3, 4)).fingerprint == finding(asked_at(50, 52, 54)).fingerprint
