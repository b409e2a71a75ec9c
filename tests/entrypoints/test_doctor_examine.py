"""Several looks at once: none breaks the others, or keeps anybody waiting."""

from collections.abc import Iterator
from threading import Event
from time import monotonic

import pytest

from sendguard.entrypoints.cli.doctor import examine as module
from sendguard.entrypoints.cli.doctor.examine import examine
from sendguard.errors import BadStore
from sendguard.report.health import Health, Part
from sendguard.report.health.part import fine


def right() -> Iterator[Part]:
    yield fine("clock", "right")


def test_what_is_found_is_told_in_order() -> None:
    parts = tuple(examine([("clock", right), ("again", right)]))

    assert parts == (fine("clock", "right"),) * 2


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (BadStore("the store is gone"), "the store is gone"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (ZeroDivisionError("secret"), "a mistake of SendGuard's own (ZeroDivisionError)"),
    ],
)
def test_a_look_that_breaks_does_not_silence_the_others(error: Exception, says: str) -> None:
    def broken() -> Iterator[Part]:
        yield fine("database", "here")
        raise error

    here, broke, other = examine([("database", broken), ("clock", right)])

    assert (here.health, broke.health, other.health) == (Health.OK, Health.WRONG, Health.OK)
    assert broke.name == "database"
    assert says in broke.says
    assert "secret" not in broke.says


def test_a_look_that_never_ends_is_given_up() -> None:
    def endless() -> Iterator[Part]:
        yield fine("database", "here")
        Event().wait()

    began = monotonic()
    parts = tuple(examine([("database", endless), ("clock", right)], longest_wait_s=0.2))

    assert monotonic() - began < 30
    assert [part.health for part in parts] == [Health.OK, Health.WRONG, Health.OK]
    assert parts[1].says == "no answer within 0.2 s"
    assert module.LONGEST_WAIT_S < 6
