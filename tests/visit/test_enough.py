import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit.enough import BEYOND_HEADING, LIMIT, LIMIT_WITH_ANCHORS, Looks, enough

URL = Url("https://www.example.org/news/one")
MORE = "<p>x</p>" * (BEYOND_HEADING // 8 + 1)


def is_enough(html: str, url: Url = URL) -> bool:
    return enough(html.encode(), url)


@pytest.mark.parametrize(
    "title",
    ["Five ways to win", "Example pages that work", "404 days at sea: a diary", "Errors in court"],
)
def test_a_head_with_a_title_of_its_own_is_enough(title: str) -> None:
    telling = f"<html><head><title>{title}</title></head>"

    assert is_enough(telling) is not title.startswith("404")


@pytest.mark.parametrize(
    "title",
    [
        *("", " ", "The Daily", "the daily", "Example", "example.org", "www.example.org"),
        *("The Example", "404", "404 Not Found", "Page not found", "Not found", "Error", "Home"),
        *("Error 404", "Seite nicht gefunden", "Page introuvable", "Página no encontrada"),
        *("Pagina non trovata", "Pagina niet gevonden", "Sidan hittades inte", "Just a moment..."),
        *("Nie znaleziono strony", "Stránka nenalezena", "ページが見つかりません", "Loading…"),
    ],
)
def test_a_title_that_says_nothing_of_the_page_is_not_enough(title: str) -> None:
    name = '<meta content="The Daily" property="og:site_name">'

    assert not is_enough(f"<head>{name}<title>{title}</title></head><body><p>x</p>")


def test_a_title_is_not_enough_before_the_head_ends() -> None:
    assert not is_enough("<head><title>Five ways to win</title><meta")


def test_a_head_that_is_never_closed_ends_with_the_body() -> None:
    assert is_enough("<title>Five ways to win</title><body>")


def test_without_a_telling_title_the_heading_and_more_is_enough() -> None:
    html = f"<head><title>Home</title></head><h1>Five ways</h1>{MORE}"

    assert is_enough(html)
    assert not is_enough(html[:-16])


def test_a_page_with_a_place_to_jump_to_is_read_to_its_end() -> None:
    html = f"<head><title>Five ways to win</title></head>{MORE}<h2 id=end>"

    assert not is_enough(html, Url(f"{URL.text}#end"))
    assert enough(b"x" * LIMIT_WITH_ANCHORS, Url(f"{URL.text}#end"))


@pytest.mark.parametrize("fragment", [":~:text=win", "!/page", "/route", "top", "a=b", "L10"])
def test_a_fragment_of_another_kind_is_no_reason_to_read_on(fragment: str) -> None:
    html = "<head><title>Five ways to win</title></head>"

    assert is_enough(html, Url(f"{URL.text}#{fragment}"))


@pytest.mark.parametrize("title", ["Log in", "Sign in to The Daily", "example.com is for sale"])
def test_what_may_stand_in_a_pages_place_has_to_show_its_text(title: str) -> None:
    assert not is_enough(f"<head><title>{title}</title></head>")


@given(st.binary(max_size=400), st.text(max_size=20))
def test_no_bytes_are_too_odd_to_be_asked_about(seen: bytes, fragment: str) -> None:
    assert enough(seen, Url(f"https://example.org/#{fragment}")) in {True, False}


def test_the_limit_is_enough_whatever_came() -> None:
    assert enough(b"x" * LIMIT, URL)


def test_a_page_in_tiny_pieces_is_looked_at_some_hundred_times() -> None:
    looks = Looks()

    due = [looks.is_due(size) for size in range(LIMIT)]

    assert all(due[:100])
    assert sum(due) < 300


def test_a_page_that_reached_its_limit_is_looked_at_each_time() -> None:
    looks = Looks(made=1_000, next_at=10 * LIMIT)

    assert looks.is_due(LIMIT)
