from sendguard.values import Url
from sendguard.visit import Answered, Hop, by_page, to_ask, told_for
from sendguard.visit.shared import as_asked
from tests.builders import a_visit, an_answer

PAGE, FIRST, SECOND = (Url(f"https://x.org/a{end}") for end in ("", "#one", "#two"))


def test_addresses_of_one_page_are_together() -> None:
    other = Url("https://x.org/b")

    assert by_page([PAGE, other, FIRST, PAGE]) == ((PAGE, FIRST), (other,))


def test_the_page_is_asked_for_with_a_place_in_it() -> None:
    assert to_ask([PAGE, FIRST, SECOND]) == FIRST
    assert to_ask([PAGE]) == PAGE


def test_a_visit_is_told_for_another_place_of_the_page() -> None:
    visit = a_visit(FIRST.text, an_answer(FIRST.text))

    assert as_asked(visit, SECOND) == a_visit(SECOND.text, an_answer(SECOND.text))
    assert as_asked(visit, PAGE) == a_visit(PAGE.text, an_answer(PAGE.text))


def test_a_place_that_a_redirect_names_stays() -> None:
    hops = (Hop(FIRST, 302), Hop(Url("https://x.org/b#there"), 200))
    outcome = as_asked(a_visit(FIRST.text, Answered(hops=hops)), SECOND).outcome

    assert isinstance(outcome, Answered)
    assert [hop.url.fragment for hop in outcome.hops] == ["two", "there"]


def test_a_visit_says_what_was_asked_in_place_of_an_address() -> None:
    written = Url("https://www.google.com/url?q=https%3A%2F%2Fx.org%2Fa%23two")

    visit = told_for(a_visit(FIRST.text, an_answer(FIRST.text)), written, SECOND)

    assert (visit.url, visit.instead, visit.asked) == (written, SECOND, SECOND)
    assert visit.outcome == an_answer(SECOND.text)
