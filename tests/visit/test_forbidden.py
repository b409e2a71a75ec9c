import pathlib
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit import Reason
from sendguard.visit.forbidden import why_not_open
from tests.cases import told_in

HERE = pathlib.Path(__file__).parent
CASES = told_in(HERE / "forbidden.yaml")
LANGUAGES = told_in(HERE / "forbidden_languages.yaml")
HEADER = frozenset({"https://lists.example.org/x/77?y=1", "https://bücher.example/weg/9f3a"})


def why(case: str | list[str]) -> Reason | None:
    address, label = case if isinstance(case, list) else (case, "")
    return why_not_open(Url(address), label, HEADER)


@pytest.mark.parametrize("case", CASES["never opened"], ids=str)
def test_what_acts_is_never_opened(case: str | list[str]) -> None:
    assert why(case) is Reason.ACTS


@pytest.mark.parametrize("case", CASES["opened"], ids=str)
def test_what_only_speaks_of_acting_is_opened(case: str | list[str]) -> None:
    assert why(case) is None


def each(side: str) -> pytest.MarkDecorator:
    told = [
        pytest.param(case, id=f"{name}: {case}")
        for name, sides in LANGUAGES.items()
        for case in sides[side]
    ]
    return pytest.mark.parametrize("case", told)


@each("never opened")
def test_what_acts_is_never_opened_in_any_language(case: str | list[str]) -> None:
    assert why(case) is Reason.ACTS


@each("opened")
def test_what_only_speaks_of_acting_is_opened_in_any_language(case: str | list[str]) -> None:
    assert why(case) is None


@pytest.mark.parametrize("case", CASES["filled in for each recipient"], ids=str)
def test_an_address_with_a_merge_tag_left_in_it_is_personal(case: str) -> None:
    assert why(case) is Reason.PERSONAL


@pytest.mark.parametrize(
    "address",
    [
        "https://lists.example.org/x/77?y=1",
        "https://lists.example.org/x/77?y=1#top",
        "http://LISTS.example.org/x/77?y=1",
        "https://lists.example.org/x/%377?y=1",
        "https://lists.example.org:8443/x/77?y=1",
        "https://lists.example.org./x/77?y=1",
        "https://lists。example.org/x/77?y=1",
        "https://ｌｉｓｔｓ.example.org/x/77?y=1",
        "https://lists.example.org//x/./77/?y=1",
        "https://lists.example.org/a/../x/77?y=1",
        "https://lists.example.org/x/77;s=1?y=1",
        "https://lists.example.org/x/77?%79=1",
        "https://lists.example.org/x/77?utm_source=may&y=1",
        "https://xn--bcher-kva.example/weg/9f3a",
        "https://bu\u0308cher.example/WEG/9f3a?utm_source=may",
        "https://translate.example/?u=https%3A%2F%2Flists.example.org%2Fx%2F77%3Fy%3D1",
        "https://archive.example/save/https:/lists.example.org/x/77%3Fy=1",
    ],
)
def test_an_address_of_the_unsubscribe_header_is_never_opened(address: str) -> None:
    assert why(address) is Reason.ACTS


@pytest.mark.parametrize("path", ["x/78?y=1", "x/77?y=2", "x/77", "x", "?y=1", "x/77/a?y=1"])
def test_another_address_on_the_host_of_the_unsubscribe_header_is_opened(path: str) -> None:
    assert why(f"https://lists.example.org/{path}") is None


def test_only_the_front_page_itself_is_that_of_the_unsubscribe_header() -> None:
    header = frozenset({"https://example.org"})

    assert why_not_open(Url("https://example.org/"), "", header) is Reason.ACTS
    assert why_not_open(Url("https://example.org/?p=7"), "", header) is None


def test_what_a_redirector_of_the_unsubscribe_header_carries_is_never_opened() -> None:
    header = frozenset({"https://www.google.com/url?q=https://example.org/x/77"})

    assert why_not_open(Url("https://example.org/x/77"), "", header) is Reason.ACTS


@given(st.text(), st.text())
def test_no_spelling_of_a_header_is_too_odd(host: str, path: str) -> None:
    header = frozenset({f"https://xn--{host}/{path}", f"https://{host}/{path}"})

    asked = Url.parse(f"https://xn--{host}/{path}")
    assert asked is None or why_not_open(asked, "", header) is not None


@given(st.text(), st.text())
def test_no_address_is_too_odd_to_be_decided(path: str, label: str) -> None:
    assert why_not_open(Url(f"https://example.org/{path}"), label, HEADER) in {*Reason, None}


@pytest.mark.parametrize("step", ["vote/", "survey/", "cart/add/", "a1b2c3/", "%25"])
def test_what_acts_at_the_end_of_a_very_long_address_is_found_soon(step: str) -> None:
    address = f"https://example.org/{step * (7_000 // len(step))}/unsubscribe?unsubscribe=1"

    began = process_time()
    for number in range(20):  # none of them known from before
        assert why(f"{address}{number}") is Reason.ACTS

    assert process_time() - began < 2
