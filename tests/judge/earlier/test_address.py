import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.judge.earlier.address import bare, is_article, is_dated, numberless
from sendguard.values import Url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.x.org/ship/", "https://x.org/ship"),
        ("https://x.org/ship?utm_campaign=october", "https://x.org/ship"),
        ("https://x.org/ship?id=3&mc_eid=ab12", "https://x.org/ship?id=3"),
        ("https://X.org:443/ship", "https://x.org/ship"),
    ],
)
def test_what_opens_the_same_page_is_the_same_address(one: str, other: str) -> None:
    assert bare(Url(one)) == bare(Url(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.org/ship#sails", "https://x.org/ship#hulls"),
        ("https://x.org/ship?id=3", "https://x.org/ship?id=4"),
        ("https://x.org:8443/ship", "https://x.org/ship"),
        ("https://x.org/Ship", "https://x.org/ship"),
    ],
)
def test_what_may_open_another_page_is_another_address(one: str, other: str) -> None:
    assert bare(Url(one)) != bare(Url(other))


@pytest.mark.parametrize(
    "address",
    [
        "https://x.org/a-ship-of-two-hulls",
        "https://x.org/2026/11/hulls",
        "https://x.org/issues/331",
        "https://v.org/watch?v=419Mxr0GgNU",
    ],
)
def test_a_slug_a_date_a_number_or_an_id_is_an_articles(address: str) -> None:
    assert is_article(Url(address))


@pytest.mark.parametrize(
    "address",
    [
        "https://x.org/",
        "https://x.org/en/",
        "https://x.org/about-us",
        "https://c.org/navigator/ships",
        "https://x.org/blog?page=2",
    ],
)
def test_front_pages_sections_and_projects_are_no_articles(address: str) -> None:
    assert not is_article(Url(address))


def test_numbers_and_months_are_the_same_whatever_they_say() -> None:
    assert numberless("issue 331, march 2026") == numberless("issue 42, october 2027")


@pytest.mark.parametrize("text", ["12 november", "on friday", "6/6 in cologne", "2026-11-24"])
def test_a_day_is_known_as_one(text: str) -> None:
    assert is_dated(text)


@pytest.mark.parametrize("text", ["version 5.4.0", "issue 331", "marching on"])
def test_other_numbers_are_no_days(text: str) -> None:
    assert not is_dated(text)


@given(st.text(max_size=200))
def test_any_text_loses_its_numbers_once(text: str) -> None:
    assert numberless(numberless(text)) == numberless(text)
