"""Whether anything watches."""

from datetime import timedelta

import pytest

from sendguard.report.health import Health
from sendguard.watch.presence import Presence, told_presence, watch_part
from tests.builders import NOON

WATCHER = Presence(
    name="process 7 on navigator",
    since=NOON - timedelta(days=3),
    seen=NOON - timedelta(seconds=12),
)


def test_who_watches_is_told() -> None:
    assert told_presence(WATCHER, NOON) == (
        "process 7 on navigator has been watching for 3 days; it looked 12 s ago"
    )
    assert watch_part(WATCHER, NOON).health is Health.OK


def test_that_nobody_does_is_told_with_what_to_do() -> None:
    part = watch_part(None, NOON)

    assert part.health is Health.WARNING
    assert part.says == "nothing is checked by itself: run `sendguard serve`"


@pytest.mark.parametrize("later", [timedelta(minutes=5), timedelta(hours=-2)])
def test_one_that_does_not_come_back_does_not_watch(later: timedelta) -> None:
    part = watch_part(WATCHER, NOON + later)

    assert part.health is Health.WARNING
    assert "has not come back: nothing is checked by itself" in part.says


def test_one_that_has_ended_does_not_watch() -> None:
    ended = Presence(name="process 7", since=WATCHER.since, seen=NOON, is_gone=True)

    assert not ended.is_there(NOON)
