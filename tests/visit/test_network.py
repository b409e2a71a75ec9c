from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sendguard.values import Url
from sendguard.visit import Hop, NotVisited, Outcome, Reason, Trouble, Unreachable, Visit
from sendguard.visit.network import without_network
from tests.builders import NOON, a_visit, an_answer

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


def test_several_sites_that_all_refuse_while_nothing_answers_are_not_blamed() -> None:
    refusing = [
        Unreachable(trouble=Trouble.REFUSED, at=Url(f"https://{n}.example/")) for n in "abc"
    ]

    assert troubles(*refusing) == [Trouble.NO_NETWORK] * 3
    assert troubles(*refusing[:2]) == [Trouble.REFUSED] * 2


# What follows happens at seconds of a run, told as they are counted from its beginning.


def answered(host: str, *, at: float) -> Visit:
    url = f"https://{host}/{at}"
    return replace(a_visit(url), heard=second(at), tries=(second(at),))


def failed(
    host: str, *, at: float, trouble: Trouble = Trouble.REFUSED, again: float = 0.5
) -> Visit:
    url = Url(f"https://{host}/{at}")
    visit = a_visit(url.text, Unreachable(trouble=trouble, at=url))
    return replace(visit, tries=(second(at), second(at + again)))


def second(at: float) -> datetime:
    return NOON + timedelta(seconds=at)


def told(*visits: Visit) -> list[str]:
    """What each visit met: its trouble, `?` behind it where the server answers other links."""
    outcomes = [visit.outcome for visit in without_network(visits)]
    return [
        f"{one.trouble}{'?' if one.answers_others else ''}"
        if isinstance(one, Unreachable)
        else "answered"
        for one in outcomes
    ]


def test_when_sites_that_answered_refuse_the_network_went_down() -> None:
    visits = [
        answered("a.example", at=1),
        answered("b.example", at=2),
        failed("a.example", at=2.5),
        failed("c.example", at=3),
        failed("d.example", at=3, trouble=Trouble.TIMEOUT),
        failed("b.example", at=1.9, trouble=Trouble.RESET),
    ]

    assert told(*visits) == ["answered", "answered", *["no-network"] * 4]


def test_when_it_went_down_is_told() -> None:
    visits = [answered("a.example", at=1), failed("a.example", at=2), failed("b.example", at=2)]

    outcome = without_network(visits)[1].outcome

    assert isinstance(outcome, Unreachable)
    assert outcome.detail == "nothing could be reached any more since 12:00:01 UTC"


def test_a_site_that_was_dead_while_others_answered_stays_dead() -> None:
    visits = [
        failed("dead.example", at=0),
        answered("a.example", at=5),
        failed("a.example", at=6),
        failed("b.example", at=6),
    ]

    assert told(*visits) == ["refused", "answered", "no-network", "no-network"]


def test_dead_sites_that_are_told_last_are_dead() -> None:
    """The second look comes when the good ones have all answered."""
    dead = [failed(f"{name}.example", at=0, trouble=Trouble.NO_SUCH_HOST) for name in "abcd"]

    assert told(answered("fine.example", at=0.3), *dead) == ["answered", *["no-such-host"] * 4]


def test_several_sites_first_asked_when_nothing_answered_any_more_are_not_dead() -> None:
    late = [failed(f"{name}.example", at=3) for name in "abc"]

    assert told(answered("fine.example", at=2), *late) == ["answered", *["no-network"] * 3]
    assert told(answered("fine.example", at=2), *late[:2]) == ["answered", "refused", "refused"]


def test_one_site_that_stops_answering_is_neither_dead_nor_the_network() -> None:
    visits = [answered("a.example", at=1), failed("a.example", at=2)]

    assert told(*visits) == ["answered", "refused?"]


def test_a_site_that_refuses_while_others_answer_is_not_the_network() -> None:
    visits = [
        answered("a.example", at=1),
        failed("a.example", at=2),
        failed("b.example", at=2),
        answered("c.example", at=9),
    ]

    assert told(*visits) == ["answered", "refused?", "refused", "answered"]


def test_another_port_is_another_server() -> None:
    visits = [answered("a.example", at=1), failed("a.example:8443", at=2)]

    assert told(*visits) == ["answered", "refused"]


def test_what_an_earlier_run_heard_is_no_sign_of_life() -> None:
    remembered = replace(answered("a.example", at=1), age_s=60.0, heard=None)

    assert told(remembered, failed("a.example", at=2)) == ["answered", "refused"]
