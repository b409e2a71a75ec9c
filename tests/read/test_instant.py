from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.read import is_twice
from sendguard.read.instant import parse_instant

NINE = datetime(2026, 11, 24, 14, tzinfo=UTC)


def refusal(text: str) -> str:
    with pytest.raises(ValueError, match=r".") as caught:
        parse_instant(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-11-24T09:00:00-05:00", "UTC-05:00"),
        ("2026-11-24 09:00 -05:00", "UTC-05:00"),
        ("2026-11-24 14:00 Z", "UTC"),
        ("2026-11-24 14:00 UTC", "UTC"),
        ("2026-11-24 14:00 gmt", "UTC"),
        ("2026-11-24 09:00 America/New_York", "America/New_York"),
        ("2026-11-24 9:00 America/New_York", "America/New_York"),
        ("2026-11-24T15:00:00 Europe/Berlin", "Europe/Berlin"),
        ("2026-11-24 11:00 America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("2026-11-24T09:00:00-05:00[America/New_York]", "America/New_York"),
        ("2026-11-24 09:00 -05:00 America/New_York", "America/New_York"),
        ("2026-11-24 09:00 Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_the_zone_that_is_given_is_kept(text: str, zone: str) -> None:
    at = parse_instant(text)

    assert at.astimezone(UTC) == NINE
    assert str(at.tzinfo) == zone


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tomorrow", "is no date and time: write it like 2026-11-24T09:00:00-05:00 or"),
        ("2026-11-24 9am Europe/Berlin", "is no date and time"),
        ("24 November 2026 09:00 Europe/Berlin", "is no date and time"),
        ("2026-11-24 25:00 Europe/Berlin", "is no date and time"),
        ("0001-01-01 00:00 Asia/Tokyo", "is no date and time"),
        ("9999-12-31 23:59 America/New_York", "is no date and time"),
        ("2026-11-24", "does not say the time of day"),
        ("2026-11-24 Europe/Berlin", "does not say the time of day"),
        ("2026-11-24 09:00", "does not say its time zone: write it like"),
        ("2026-11-24 09:00 EST", "has the time zone EST, which several places call theirs: write"),
        ("2026-11-24 09:00 CEST", "has the time zone CEST, which several places call theirs"),
        ("2026-11-24 09:00 New York", "a time zone that is not known: did you mean America/New_Yo"),
        ("2026-11-24 09:00 america/newyork", "did you mean America/New_York?"),
        ("2026-11-24 09:00 Berlin", "did you mean Europe/Berlin?"),
        ("2026-11-24 09:00 Springfield", "has a time zone that is not known: write it like"),
        ("2026-11-24 09:00 America/Argentina", "has a time zone that is not known"),
        ("2026-11-24 09:00 localtime", "has a time zone that is not known"),
        ("2026-11-24 09:00 right/Europe/Berlin", "has a time zone that is not known"),
        ("2026-11-24 09:00 ../../etc/localtime", "is no date and time"),
        ("2026-11-24 09:00 Europe/" + "x" * 9999, "has a time zone that is not known"),
        (
            "2026-11-24 09:00 -04:00 America/New_York",
            "has another offset than America/New_York has then, which is -05:00: keep one of them",
        ),
    ],
)
def test_what_is_no_instant_is_refused_with_what_to_write(text: str, says: str) -> None:
    assert says in refusal(text)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("2026-03-08 02:30 America/New_York", "write 2026-03-08 03:30 America/New_York"),
        ("2026-03-29 02:00 Europe/Berlin", "write 2026-03-29 03:00 Europe/Berlin"),
        ("2011-12-30 12:00 Pacific/Apia", "write 2011-12-31 12:00 Pacific/Apia"),
    ],
)
def test_an_hour_that_clocks_pass_over_is_refused_with_the_one_behind_it(
    text: str, instead: str
) -> None:
    says = refusal(text)

    assert says.startswith("is a time that no clock shows")
    assert says.endswith(instead)


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    at = parse_instant("2026-11-01 01:30 America/New_York")

    assert at.astimezone(UTC) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert is_twice(at)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-11-01 01:30 -04:00 America/New_York", 5),
        ("2026-11-01 01:30 -05:00 America/New_York", 6),
        ("2026-11-01T01:30:00-05:00", 6),
    ],
)
def test_an_offset_says_which_of_the_two_is_meant(text: str, hour: int) -> None:
    at = parse_instant(text)

    assert at.astimezone(UTC).hour == hour
    assert not is_twice(at)


@pytest.mark.parametrize("hour", ["00:59", "02:00"])
def test_the_hours_around_it_come_once(hour: str) -> None:
    assert not is_twice(parse_instant(f"2026-11-01 {hour} America/New_York"))


@given(text=st.text(alphabet="0126-: TZ+[]/_.aAmericNwYoEu", max_size=40))
def test_whatever_is_written_is_an_instant_or_refused_in_words(text: str) -> None:
    says = ""
    try:
        at = parse_instant(text)
    except ValueError as error:
        says = str(error)

    assert says.startswith(("is ", "has ", "does ")) if says else at.astimezone(UTC) == at
