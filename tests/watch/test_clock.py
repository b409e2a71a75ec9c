from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.watch import jump_s, jump_says
from tests.builders import NOON
from tests.watch.watching import hours

LATER = NOON + timedelta(seconds=20)


@given(elapsed_s=st.floats(0, 1e9))
def test_time_that_passes_is_no_jump(elapsed_s: float) -> None:
    assert jump_s(NOON, NOON + timedelta(seconds=elapsed_s), elapsed_s) is None


@given(elapsed_s=st.integers(0, 10**9), jump=st.integers(31, 10**9), back=st.booleans())
def test_what_nobody_waited_for_is_a_jump(elapsed_s: int, jump: int, *, back: bool) -> None:
    told = -jump if back else jump

    assert jump_s(NOON, NOON + timedelta(seconds=elapsed_s + told), elapsed_s) == told


@pytest.mark.parametrize(
    ("wall", "says"),
    [
        (LATER - hours(1), "The clock was set 1 h back"),
        (LATER + hours(8), "This computer slept for 8 h, or its clock was set forward"),
    ],
)
def test_a_jump_is_told_in_words(wall: datetime, says: str) -> None:
    jump = jump_s(NOON, wall, 20)

    assert jump
    assert jump_says(jump) == says


def test_a_clock_that_is_set_right_by_seconds_goes_unmentioned() -> None:
    assert jump_s(NOON, LATER + timedelta(seconds=5), 20) is None
