import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit.counters import counter
from tests.cases import told_in

CASES = told_in(pathlib.Path(__file__).with_name("counters.yaml"))


@pytest.mark.parametrize(("who", "address"), CASES["counted"])
def test_a_counter_of_clicks_is_known_by_its_address(who: str, address: str) -> None:
    url = Url(address)

    assert counter(url) == (url.host if who == "the host" else who)


@pytest.mark.parametrize("address", CASES["not counted"])
def test_any_other_address_counts_nobody(address: str) -> None:
    assert counter(Url(address)) is None


@given(st.text())
def test_no_address_is_too_odd_to_be_told(text: str) -> None:
    counter(Url(f"https://example.org/{text}"))
