"""Where two wait for each other in a circle, whoever was stopped begins anew."""

from collections.abc import Iterator

import pytest
from psycopg.errors import DeadlockDetected, DiskFull
from sqlalchemy.exc import OperationalError

from sendguard.adapters.database.gateway.again import TRIES, again
from sendguard.errors import BadStore


class Work:
    """Meets one trouble after the other, and then gets done."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles: Iterator[Exception] = iter(troubles)
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        for trouble in self.troubles:
            raise BadStore("no") from OperationalError("", {}, trouble)
        return "done"


def test_who_was_stopped_in_a_circle_begins_anew() -> None:
    assert again(Work(DeadlockDetected(), DeadlockDetected())) == "done"


def test_it_is_not_begun_anew_for_ever() -> None:
    work = Work(*[DeadlockDetected()] * 2 * TRIES)

    with pytest.raises(BadStore):
        again(work)

    assert work.times == TRIES


def test_any_other_trouble_is_told_at_once() -> None:
    work = Work(DiskFull())

    with pytest.raises(BadStore):
        again(work)

    assert work.times == 1
