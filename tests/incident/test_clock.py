"""The clock counts from when the mistake was found, and says what was in time."""

from dataclasses import replace

import pytest

from sendguard.incident import Incident, Tally, marks, within_the_hour
from sendguard.incident.clock import Mark, told_after, told_mark
from tests.incident.incidents import a_new_incident, after, an_incident


def mark(incident: Incident, name: str) -> Mark:
    return next(one for one in marks(incident) if one.name == name)


def test_each_step_is_counted_from_when_the_mistake_was_found() -> None:
    minutes = [(one.after_s or 0) / 60 for one in marks(an_incident())]

    assert minutes == [0, 2, 4, 5, 6, 12]


@pytest.mark.parametrize(("minutes", "in_time"), [(0, True), (15, True), (15.1, False), (-3, True)])
def test_it_should_be_stopped_within_a_quarter_of_an_hour(minutes: float, in_time: bool) -> None:  # noqa: FBT001
    incident = a_new_incident().stopped(after(minutes))

    assert mark(incident, "stopped").in_time is in_time


def test_what_was_not_done_is_not_called_late() -> None:
    assert mark(a_new_incident(), "repaired").in_time is None


def test_the_last_one_is_not_known_while_some_wait() -> None:
    going = replace(an_incident(), corrected=Tally(sent=5, waiting=90))

    assert mark(going, "last-sent").at is None
    assert mark(going, "first-sent").at == after(6)


@pytest.mark.parametrize(
    ("last", "waiting", "expected"),
    [(None, 0, None), (59, 0, True), (60, 0, True), (61, 0, False), (61, 1, False), (59, 1, None)],
)
def test_the_hour_is_kept_when_the_last_reader_has_it(
    last: float | None,
    waiting: int,
    expected: bool | None,  # noqa: FBT001
) -> None:
    last_sent = after(last) if last is not None else None

    incident = replace(an_incident(), last_sent=last_sent, corrected=Tally(sent=9, waiting=waiting))

    assert within_the_hour(incident) is expected


@pytest.mark.parametrize(
    ("minutes", "says"), [(5, "10 min left of 15 min"), (16, "within 15 min: not known")]
)
def test_what_is_still_to_be_done_says_how_much_time_is_left(minutes: float, says: str) -> None:
    incident = a_new_incident()

    assert told_mark(mark(incident, "stopped"), incident, after(minutes)) == says


def test_nothing_is_left_of_the_time_of_what_is_closed() -> None:
    incident = a_new_incident().closed(after(1))

    assert told_mark(mark(incident, "stopped"), incident, after(2)) == "within 15 min: not known"


@pytest.mark.parametrize(
    ("minutes", "says"), [(2, "2 min later"), (-2, "2 min before"), (0, "0 s later")]
)
def test_a_step_says_how_long_after_or_before(minutes: float, says: str) -> None:
    incident = a_new_incident().stopped(after(minutes))

    assert told_after(mark(incident, "stopped")) == says
