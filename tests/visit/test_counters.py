import pathlib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit.counters import counter

CASES = yaml.safe_load(pathlib.Path(__file__).with_name("counters.yaml").read_text("utf-8"))


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
