from dataclasses import replace
from datetime import timedelta

import pytest

from sendguard.values import Url
from sendguard.visit import (
    Certificate,
    Kind,
    NotVisited,
    Outcome,
    Reason,
    Trouble,
    Unreachable,
    Visit,
    as_remembered,
    is_worth_remembering,
)
from tests.builders import NOON, a_page, a_visit, an_answer

PAGE = "https://x.org/ship"
GOOD = an_answer(PAGE, page=a_page("A ship"))
LATER = NOON + timedelta(minutes=4)


def test_a_good_page_is_worth_remembering() -> None:
    assert is_worth_remembering(a_visit(PAGE, GOOD))


@pytest.mark.parametrize(
    "outcome",
    [
        Unreachable(trouble=Trouble.TIMEOUT, at=Url(PAGE)),
        NotVisited(Reason.ACTS),
        an_answer(PAGE, 404),
        an_answer(PAGE, 304),
        replace(GOOD, walled="status 999"),
        replace(GOOD, kind=Kind.SOFT_404),
        replace(GOOD, signs=("it says so",)),
        an_answer(PAGE, page=replace(a_page("A ship"), cut_short=True)),
    ],
)
def test_nothing_else_is(outcome: Outcome) -> None:
    assert not is_worth_remembering(a_visit(PAGE, outcome))


def test_what_is_remembered_itself_is_not_remembered_once_more() -> None:
    assert not is_worth_remembering(replace(a_visit(PAGE, GOOD), age_s=3.0))


def remembered(url: str, visit: Visit) -> Visit | None:
    return as_remembered(visit, Url(url), LATER)


def test_a_remembered_visit_says_how_old_it_is_and_that_it_took_no_time() -> None:
    seen = remembered(PAGE, a_visit(PAGE, GOOD))

    assert seen == replace(a_visit(PAGE, GOOD), took_s=0.0, age_s=240.0)


def test_it_is_told_for_another_place_of_the_page_when_all_of_it_was_read() -> None:
    page = replace(a_page("A ship"), anchors=frozenset({"hull", "mast"}))
    seen = remembered(f"{PAGE}#mast", a_visit(f"{PAGE}#hull", an_answer(PAGE, page=page)))

    assert seen
    assert seen.url == Url(f"{PAGE}#mast")


def test_it_says_nothing_of_a_place_that_nobody_looked_for() -> None:
    assert remembered(f"{PAGE}#mast", a_visit(PAGE, GOOD)) is None


def test_it_says_nothing_of_a_page_whose_certificate_has_ended_since() -> None:
    ended = Certificate(host="x.org", since=NOON, until=NOON + timedelta(minutes=1))

    assert remembered(PAGE, a_visit(PAGE, replace(GOOD, certificate=ended))) is None


def test_what_was_seen_in_the_future_is_not_believed() -> None:
    seen = replace(a_visit(PAGE, GOOD), at=LATER + timedelta(seconds=1))

    assert remembered(PAGE, seen) is None
