"""When a notice that did not get through is tried again."""

from datetime import timedelta

import pytest

from sendguard.watch.retry import MOST_TRIES, again_at
from tests.builders import NOON


def pauses() -> list[timedelta]:
    tries = range(1, MOST_TRIES)
    return [again - NOON for count in tries if (again := again_at(NOON, count))]


def test_the_pause_doubles_from_a_minute_to_an_hour() -> None:
    minutes = [pause / timedelta(minutes=1) for pause in pauses()[:8]]

    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60]


def test_it_is_given_up_after_a_day_of_trying() -> None:
    assert timedelta(hours=23) < sum(pauses(), timedelta()) <= timedelta(hours=25)
    assert again_at(NOON, MOST_TRIES) is None


def test_tries_count_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        again_at(NOON, 0)
