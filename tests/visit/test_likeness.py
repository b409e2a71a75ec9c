import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit.likeness import are_alike, beside, without_address

TEXT = " ".join(f"word{number}" for number in range(100))


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("https://example.org/news/may?x=1#y", "/news/"),
        ("https://example.org/news/may/", "/news/"),
        ("https://example.org/may", "/"),
        ("https://example.org/", "/"),
    ],
)
def test_an_address_is_made_up_in_the_same_folder(address: str, folder: str) -> None:
    made_up = beside(Url(address))

    assert made_up
    assert made_up.text.startswith(f"https://example.org{folder}no-such-page-")
    assert beside(Url(address)) == made_up


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (TEXT, TEXT, True),
        (TEXT, TEXT.replace("word99", "now"), True),
        (TEXT, TEXT.upper(), True),
        ("404", "404", True),
        (TEXT, " ".join(reversed(TEXT.split())), False),
        (TEXT, TEXT + TEXT.replace("word", "more"), False),
        ("", "", False),
        ("", TEXT, False),
    ],
)
def test_pages_are_alike_that_tell_the_same(one: str, other: str, *, alike: bool) -> None:
    assert are_alike(one, other) is alike


def test_an_address_that_a_page_repeats_tells_nothing() -> None:
    url = Url("https://example.org/news/may%20be")

    assert without_address("No /news/May be here", url) == "no /news/may be here"
    assert without_address("No /may here", Url("https://example.org/news/may")) == "no here"


@given(st.text(), st.text())
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert are_alike(one, other) == are_alike(other, one)
