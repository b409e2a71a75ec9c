import pathlib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit import Reason
from sendguard.visit.forbidden import why_not_open

CASES = yaml.safe_load(pathlib.Path(__file__).with_name("forbidden.yaml").read_text("utf-8"))
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
