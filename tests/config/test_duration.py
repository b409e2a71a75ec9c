import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.config.duration import parse_duration, spelled


@pytest.mark.parametrize(
    ("text", "duration_s"),
    [
        ("24h", 86_400),
        ("10m", 600),
        ("90s", 90),
        ("3d", 259_200),
        ("1h30m", 5_400),
        ("1.5h", 5_400),
        ("10 min", 600),
        ("1 day", 86_400),
        ("3 Days 2 H", 266_400),
        (" 0s ", 0),
    ],
)
def test_a_duration_is_read_as_people_write_it(text: str, duration_s: float) -> None:
    assert parse_duration(text) == duration_s


@pytest.mark.parametrize(
    "text",
    ["", " ", "90", "h", "1x", "-1h", "30m1h", "1h1h", "1:30", "1,5h", "٣h", "1e3s", "9" * 7 + "s"],
)
def test_what_is_no_duration_is_told_what_one_looks_like(text: str) -> None:
    with pytest.raises(ValueError, match="such as 24h, 10m, 90s"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("duration_s", "said"),
    [
        (86_400, "24 h"),
        (600, "10 min"),
        (259_200, "3 days"),
        (5_400, "1 h 30 min"),
        (90, "1 min 30 s"),
        (180_060, "2 days 2 h 1 min"),
        (0.25, "0.25 s"),
        (59.9999, "1 min"),
        (0, "0 s"),
        (-60, "−1 min"),
    ],
)
def test_a_duration_is_told_in_units_that_people_use(duration_s: float, said: str) -> None:
    assert spelled(duration_s) == said


@given(st.integers(0, 10**12))
def test_what_is_told_can_be_read_again(duration_ms: int) -> None:
    assert parse_duration(spelled(duration_ms / 1000)) == pytest.approx(duration_ms / 1000)


@given(st.text())
def test_any_text_is_a_duration_or_a_complaint(text: str) -> None:
    try:
        assert parse_duration(text) >= 0
    except ValueError as error:
        assert str(error).startswith("expected a time")  # noqa: PT017 - either will do


def test_a_long_text_takes_no_time() -> None:
    with pytest.raises(ValueError, match="expected a time"):
        parse_duration("1" * 1_000_000)
