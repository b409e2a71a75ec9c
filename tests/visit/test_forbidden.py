import pathlib
from time import perf_counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit import Reason
from sendguard.visit.forbidden import why_not_open

HERE = pathlib.Path(__file__).parent
CASES = yaml.safe_load((HERE / "forbidden.yaml").read_text("utf-8"))
LANGUAGES = yaml.safe_load((HERE / "forbidden_languages.yaml").read_text("utf-8"))
HEADER = frozenset({"https://lists.example.org/x/77?y=1"})


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
    ],
)
def test_an_address_of_the_unsubscribe_header_is_never_opened(address: str) -> None:
    assert why(address) is Reason.ACTS


def test_another_address_on_the_host_of_the_unsubscribe_header_is_opened() -> None:
    assert why("https://lists.example.org/x/78?y=1") is None


@given(st.text(), st.text())
def test_no_address_is_too_odd_to_be_decided(path: str, label: str) -> None:
    assert why_not_open(Url(f"https://example.org/{path}"), label, HEADER) in {*Reason, None}


@pytest.mark.parametrize("step", ["vote/", "survey/", "cart/add/", "a1b2c3/", "%25"])
def test_what_acts_at_the_end_of_a_very_long_address_is_found_soon(step: str) -> None:
    address = f"https://example.org/{step * (7_000 // len(step))}/unsubscribe?unsubscribe=1"

    began = perf_counter()
    for number in range(20):  # none of them known from before
        assert why(f"{address}{number}") is Reason.ACTS

    assert perf_counter() - began < 2
