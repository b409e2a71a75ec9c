import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit import Hop
from sendguard.visit.redirect import leads_back, next_address

HERE = Url("https://example.org/a/b?q=1")


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("https://other.example/x", "https://other.example/x"),
        ("//other.example/x", "https://other.example/x"),
        ("/x", "https://example.org/x"),
        ("x", "https://example.org/a/x"),
        ("?q=2", "https://example.org/a/b?q=2"),
        ("../x y", "https://example.org/x%20y"),
        (" /x ", "https://example.org/x"),
        ("/x\ty", "https://example.org/xy"),
        ("/a|b", "https://example.org/a%7Cb"),
        ("/caf%C3%A9", "https://example.org/caf%C3%A9"),
        ("/café", "https://example.org/café"),
        ("\\x", "https://example.org/x"),
        ("#top", "https://example.org/a/b?q=1#top"),
        ("http://ada:secret@example.com/x@y", "http://example.com/x@y"),
        ("http://good.example@ada@example.com:80?@", "http://example.com:80?@"),
    ],
)
def test_a_location_is_understood_as_browsers_do(location: str, there: str) -> None:
    assert next_address(HERE, location) == Url(there)


def test_what_logs_in_to_the_address_that_was_asked_is_not_kept() -> None:
    assert next_address(Url("https://ada:secret@example.org/a"), "b") == Url(
        "https://example.org/b"
    )


@pytest.mark.parametrize("location", [None, "", "  ", "http://[", "mailto:a@b.example", "http://"])
def test_a_location_that_is_no_web_address_leads_nowhere(location: str | None) -> None:
    assert next_address(HERE, location) is None


@pytest.mark.parametrize(("location", "fragment"), [("/x", "end"), ("/x#start", "start")])
def test_a_fragment_stays_unless_another_is_given(location: str, fragment: str) -> None:
    there = next_address(Url("https://example.org/#end"), location)

    assert there is not None
    assert there.fragment == fragment


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("https://example.org/a#x", True),
        ("https://EXAMPLE.org:443/a", True),
        ("https://example.org", True),
        ("http://example.org/a", False),
        ("https://example.org/a/", False),
        ("https://example.org/a?x", False),
    ],
)
def test_an_address_that_was_asked_before_leads_back(there: str, *, back: bool) -> None:
    hops = [Hop(Url("https://example.org/a"), 301), Hop(Url("https://example.org/"), 301)]

    assert leads_back(Url(there), hops) is back


@given(st.text())
def test_no_location_is_too_odd_to_be_resolved(location: str) -> None:
    there = next_address(Url("https://example.org/#end"), location)

    assert there is None or there.scheme in {"http", "https"}
