import pathlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit import Answered, Hop, Kind, Outcome, Trouble, Unreachable
from sendguard.visit.page import page_facts, parse_page
from sendguard.visit.seeming import Seeming, what_it_seems
from sendguard.visit.soft_404 import SAME_AS_INVENTED, first_on_site, with_made_up
from tests.cases import told_in

TOLD = told_in(pathlib.Path(__file__).with_name("seeming.yaml"))
MAY = Url("https://example.org/news/may")
MENU = "<a href=/x>Another page of ours</a>" * 90


def seems(html: str, *trail: str, cut_short: bool = False) -> Seeming:
    hops = [Hop(MAY, 200)] if not trail else [_hop(step) for step in trail]
    raw = html.encode("utf-8", "surrogatepass")
    tree = parse_page(raw, "utf-8")
    page = page_facts(tree, media_type="text/html", url=hops[-1].url, cut_short=cut_short)
    return what_it_seems(tree, raw, page, hops)


def _hop(address: str) -> Hop:
    url = Url.parse(address, MAY)
    assert url, address
    return Hop(url, 200)


def html_of(told: dict[str, Any]) -> str:
    text = " ".join(f"word{number}" for number in range(told.get("words", 400)))
    site = f'<meta property="og:site_name" content="{told["site"]}">' if "site" in told else ""
    heading = f"<h1>{told['h1']}</h1>" if "h1" in told else ""
    body = told.get("body", "").replace("{menu}", MENU)
    head = f"<head><title>{told['title']}</title>{site}{told.get('head', '')}</head>"
    return f'<html>{head}<body class="{told.get("body class", "")}">{heading}{body}<p>{text}'


@pytest.mark.parametrize("told", TOLD["no pages"], ids=lambda told: str(told["title"]))
def test_what_stands_in_a_pages_place_is_seen(told: dict[str, Any]) -> None:
    seen = seems(html_of(told), *told.get("trail", []))

    assert seen.kind == told["kind"], seen
    begins = [sign[: len(start)] for sign, start in zip(seen.signs, told["signs"], strict=False)]
    # What adds a second sign of few words ("words: 8") may be the heading itself.
    assert begins == told["signs"], seen.signs
    assert len(seen.signs) == len(told["signs"])


@pytest.mark.parametrize("title", ["Page not found", "example.org is for sale"])
def test_that_a_page_broke_off_before_its_text_is_no_sign(title: str) -> None:
    seen = seems(f"<head><title>{title}</title>", cut_short=True)

    assert len(seen.signs) == 1


@pytest.mark.parametrize("told", TOLD["pages"], ids=lambda told: str(told["title"]))
def test_a_page_is_a_page(told: dict[str, Any]) -> None:
    seen = seems(html_of(told), *told.get("trail", []))

    assert seen == Seeming()


@given(st.text(), st.text(), st.text())
def test_no_page_is_too_odd_to_be_something(title: str, heading: str, text: str) -> None:
    seen = seems(f"<title>{title}</title><h1>{heading}</h1><input type=password>{text}")

    assert seen.kind in Kind


def test_a_megabyte_of_title_is_no_error() -> None:
    assert seems(f"<title>{'404 not found ' * 70_000}</title>") == Seeming()


SURE = Answered(
    hops=(Hop(MAY, 200),), kind=Kind.SOFT_404, signs=("its title says “404”", "it has next to no")
)


def an_answer(status: int, *signs: str, walled: str | None = None) -> Answered:
    kind = Kind.SOFT_404 if signs else Kind.PAGE
    return Answered(hops=(Hop(MAY, status),), kind=kind, signs=signs, walled=walled)


def test_the_same_page_at_an_address_that_was_made_up_is_a_sign() -> None:
    assert with_made_up(SURE, an_answer(200), alike=True).signs == (*SURE.signs, SAME_AS_INVENTED)


def test_the_same_words_at_an_address_that_was_made_up_are_a_sign() -> None:
    found = an_answer(200, SURE.signs[0])

    assert with_made_up(SURE, found, alike=False).signs[-1] == SAME_AS_INVENTED


@pytest.mark.parametrize("status", [200, 404, 410])
def test_a_site_that_knows_what_it_does_not_have_leaves_a_suspicion(status: int) -> None:
    assert with_made_up(SURE, an_answer(status), alike=False).signs == SURE.signs[:1]


@pytest.mark.parametrize(
    "found",
    [
        an_answer(403, walled="turned away"),
        an_answer(500),
        Unreachable(trouble=Trouble.TIMEOUT, at=MAY),
    ],
)
def test_no_answer_says_nothing(found: Outcome) -> None:
    assert with_made_up(SURE, found, alike=False) == SURE


@pytest.mark.parametrize(
    ("trail", "first"),
    [
        (["/news/may"], "/news/may"),
        (["/news/may", "/404"], "/news/may"),
        (["/news/may", "/en/news/may"], "/en/news/may"),
        (["https://short.example/x", "/404"], "/404"),
    ],
)
def test_the_neighbour_of_what_was_wanted_is_tried(trail: list[str], first: str) -> None:
    assert first_on_site([_hop(step) for step in trail]).path == first
