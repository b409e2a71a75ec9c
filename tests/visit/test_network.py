import pytest

from sendguard.values import Url
from sendguard.visit import Hop, NotVisited, Outcome, Reason, Trouble, Unreachable
from sendguard.visit.network import without_network
from tests.builders import a_visit, an_answer

URL = Url("https://example.org/")
NOT_FOUND = Unreachable(trouble=Trouble.NO_SUCH_HOST, at=URL)
TIMED_OUT = Unreachable(trouble=Trouble.TIMEOUT, at=URL)
REFUSED = Unreachable(trouble=Trouble.REFUSED, at=URL)
AFTER_AN_ANSWER = Unreachable(trouble=Trouble.TIMEOUT, at=URL, hops=(Hop(URL, 301),))
PRIVATE = Unreachable(trouble=Trouble.PRIVATE_ADDRESS, at=URL)


def troubles(*outcomes: Outcome) -> list[Trouble | None]:
    visits = without_network(a_visit(URL.text, outcome) for outcome in outcomes)
    return [getattr(visit.outcome, "trouble", None) for visit in visits]


@pytest.mark.parametrize("others", [[], [TIMED_OUT], [NotVisited(Reason.ACTS)], [PRIVATE]])
def test_a_name_is_not_blamed_when_nothing_answered(others: list[Outcome]) -> None:
    assert troubles(NOT_FOUND, *others)[0] is Trouble.NO_NETWORK


@pytest.mark.parametrize("other", [an_answer(URL.text), an_answer(URL.text, 500), AFTER_AN_ANSWER])
def test_a_name_is_blamed_when_anything_answered(other: Outcome) -> None:
    assert troubles(NOT_FOUND, other)[0] is Trouble.NO_SUCH_HOST


def test_what_timed_out_beside_it_was_the_network_too() -> None:
    assert troubles(NOT_FOUND, TIMED_OUT)[1] is Trouble.NO_NETWORK


def test_other_troubles_stay_what_they_are() -> None:
    assert troubles(NOT_FOUND, REFUSED)[1] is Trouble.REFUSED


def test_without_a_name_that_was_not_found_nothing_changes() -> None:
    assert troubles(TIMED_OUT, TIMED_OUT) == [Trouble.TIMEOUT, Trouble.TIMEOUT]


def test_no_visits_stay_no_visits() -> None:
    assert without_network([]) == ()
