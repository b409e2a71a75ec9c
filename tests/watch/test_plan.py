from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.watch import Kind, content_of, plan
from tests.builders import NOON
from tests.watch.watching import AFTER, BEFORE, DAY, HOUR, SEND, a_seen, hours, planned

NEW_YORK = ZoneInfo("America/New_York")
offsets = st.lists(st.floats(min_value=0, max_value=1e7) | st.integers(0, 10_000_000), max_size=8)
instants = st.datetimes(timezones=st.sampled_from([UTC, NEW_YORK]))


def test_a_campaign_is_checked_when_it_is_noticed_and_around_its_send() -> None:
    moments = planned()

    assert [moment.name for moment in moments] == [
        *("noticed", "24h before", "1h before", "10m before"),
        *("1h after", "6h after", "24h after", "72h after"),
    ]


def test_a_campaign_without_a_time_is_checked_when_it_is_noticed() -> None:
    moments = planned(send_at=None)

    assert [(moment.kind, moment.due) for moment in moments] == [(Kind.NOTICED, NOON)]


def test_what_is_noticed_late_has_only_the_moments_that_are_still_ahead() -> None:
    moments = planned(at=SEND - hours(0.5))

    assert [moment.name for moment in moments[:3]] == ["noticed", "10m before", "1h after"]


def test_a_send_in_the_past_leaves_the_moments_after_it_that_are_still_to_come() -> None:
    moments = planned(at=SEND + hours(7))

    assert [moment.name for moment in moments] == ["noticed", "24h after", "72h after"]


def test_a_send_long_ago_leaves_one_look() -> None:
    moments = planned(at=SEND + timedelta(days=365))

    assert [moment.name for moment in moments] == ["noticed"]


def test_an_hour_before_is_an_hour_that_passes_though_the_clocks_are_set_back_meanwhile() -> None:
    send_at = datetime(2026, 11, 1, 9, tzinfo=NEW_YORK)  # 24 h before it is 10:00 there

    moments = plan(a_seen(send_at, send_at - timedelta(days=9)), [DAY], [])

    assert moments[1].due == datetime(2026, 10, 31, 14, tzinfo=UTC)


def test_each_moment_knows_the_send_that_it_belongs_to() -> None:
    noticed, *around = planned()

    assert noticed.send is None
    assert {moment.send for moment in around} == {SEND}


@pytest.mark.parametrize("year", [1, 9999])
def test_a_send_at_the_end_of_all_calendars_is_no_accident(year: int) -> None:
    moments = plan(a_seen(datetime(year, 12, 31, 12, tzinfo=UTC)), [1e12], [1e12, 1e300])

    assert [moment.kind for moment in moments] == [Kind.NOTICED]


@given(send_at=instants, at=instants, before=offsets, after=offsets)
def test_nothing_is_planned_twice_and_nothing_behind_the_present(
    send_at: datetime, at: datetime, before: list[float], after: list[float]
) -> None:
    moments = plan(a_seen(send_at, at), before, after)

    names = [moment.name for moment in moments]
    assert len(names) == len(set(names))
    assert moments[0].name == "noticed"
    assert all(moment.due > at.astimezone(UTC) for moment in moments[1:])
    assert list(moments) == sorted(moments, key=lambda moment: moment.due)


@pytest.mark.parametrize(
    ("offset_s", "name", "called"),
    [
        (DAY, "24h before", "24 h before the send"),
        (3 * DAY, "72h before", "3 days before the send"),
        (1.5 * HOUR, "1h30m before", "1 h 30 min before the send"),
        (90, "1m30s before", "1 min 30 s before the send"),
        (0.5, "0.5s before", "0.5 s before the send"),
        (0, "0s before", "0 s before the send"),
    ],
)
def test_a_moment_has_a_name_for_programs_and_one_for_people(
    offset_s: float, name: str, called: str
) -> None:
    moment = plan(a_seen(SEND + hours(99)), [offset_s], [])[1]

    assert (moment.name, moment.called) == (name, called)


def test_two_lists_of_the_same_offset_in_other_spellings_are_one() -> None:
    assert len(plan(a_seen(), [86_400, 86_400.0], [])) == 2


def test_a_new_approval_is_a_change_of_content() -> None:
    folder = {"campaign.yaml": b"newsletter: n.html", "n.html": b"<p>Hello</p>"}

    assert content_of(folder) != content_of({**folder, "approvals.yaml": b"approvals: []"})
    assert content_of(folder) == content_of(dict(reversed(folder.items())))


def test_what_moves_from_one_file_to_the_next_is_a_change_of_content() -> None:
    assert content_of({"a": b"bc", "d": b""}) != content_of({"a": b"b", "cd": b""})


def test_the_usual_offsets_are_those_of_the_tests() -> None:
    assert len(planned()) == 1 + len(BEFORE) + len(AFTER)
