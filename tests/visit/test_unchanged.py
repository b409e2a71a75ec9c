from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.visit import Validators
from sendguard.visit.unchanged import conditions, confirms, validators_of

NOVEMBER = "Tue, 24 Nov 2026 08:00:00 GMT"
DECEMBER = "Tue, 01 Dec 2026 08:00:00 GMT"


def test_both_names_of_a_state_are_kept_and_asked_with() -> None:
    known = validators_of({"etag": '"abc"', "last-modified": NOVEMBER})

    assert conditions(known) == {"If-None-Match": '"abc"', "If-Modified-Since": NOVEMBER}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"etag": "abc"},
        {"etag": '"a"b"'},
        {"etag": f'"{"a" * 300}"'},
        {"etag": '"ä"'},
        {"last-modified": "yesterday"},
        {"last-modified": f"{NOVEMBER}, or so"},
    ],
)
def test_what_is_not_well_formed_is_not_asked_with(headers: Mapping[str, str]) -> None:
    assert conditions(validators_of(headers)) == {}


@given(st.dictionaries(st.sampled_from(["etag", "last-modified"]), st.text()))
def test_what_is_sent_fits_into_a_header(headers: Mapping[str, str]) -> None:
    for value in conditions(validators_of(headers)).values():
        assert value.isascii()
        assert value.isprintable()


@pytest.mark.parametrize(
    ("headers", "known"),
    [
        ({"etag": '"a"'}, Validators(etag='"a"')),
        ({"etag": 'W/"a"'}, Validators(etag='"a"')),
        ({"etag": '"a"'}, Validators(etag='"a"', modified=NOVEMBER)),
        ({"last-modified": NOVEMBER}, Validators(modified=NOVEMBER)),
        ({}, Validators(modified=NOVEMBER)),
    ],
)
def test_a_304_that_repeats_what_it_was_asked_is_believed(
    headers: Mapping[str, str], known: Validators
) -> None:
    assert confirms(headers, known)


@pytest.mark.parametrize(
    ("headers", "known"),
    [
        ({}, Validators(etag='"a"')),
        ({"etag": '"b"'}, Validators(etag='"a"')),
        ({"last-modified": NOVEMBER}, Validators(etag='"a"', modified=NOVEMBER)),
        ({"last-modified": DECEMBER}, Validators(modified=NOVEMBER)),
        ({"etag": '"a"'}, None),
    ],
)
def test_a_304_of_another_state_or_unasked_is_not(
    headers: Mapping[str, str], known: Validators | None
) -> None:
    assert not confirms(headers, known)
