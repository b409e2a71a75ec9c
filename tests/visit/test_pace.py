from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.visit.pace import (
    FIRST_PAUSE_S,
    LEAST_SILENT,
    LONGEST_PAUSE_S,
    LONGEST_WAIT_S,
    Pace,
    named_pause_s,
    queue_of,
    spread,
)
from tests.builders import NOON

EIGHT = Pace.unhurt(8)


def slowed(pace: Pace, *, at: float, named: float | None = None) -> Pace:
    """The pace when a request was sent, and answered 429, at one and the same instant."""
    return pace.after_slow_down(sent_s=at, now_s=at, named_s=named, draw=0.0)


def test_a_host_that_names_no_pause_gets_a_first_one() -> None:
    assert slowed(EIGHT, at=5).quiet_until_s == 5 + FIRST_PAUSE_S


def test_a_host_that_names_a_pause_gets_it() -> None:
    assert slowed(EIGHT, at=5, named=3.0).quiet_until_s == 8


def test_a_pause_that_did_not_help_is_doubled() -> None:
    once = slowed(EIGHT, at=5)

    assert slowed(once, at=10).quiet_until_s == 10 + 2 * FIRST_PAUSE_S


def test_no_pause_is_longer_than_the_longest() -> None:
    once = slowed(EIGHT, at=5, named=LONGEST_PAUSE_S)

    assert slowed(once, at=20).quiet_until_s == 20 + LONGEST_PAUSE_S


def test_what_was_under_way_when_the_pause_began_does_not_double_it() -> None:
    once = slowed(EIGHT, at=5)

    again = once.after_slow_down(sent_s=4.9, now_s=5.5, named_s=None, draw=0.0)

    assert again == once


def test_what_was_under_way_when_the_pause_began_may_name_a_longer_one() -> None:
    once = slowed(EIGHT, at=5)

    again = once.after_slow_down(sent_s=4.9, now_s=5.5, named_s=4.0, draw=0.0)

    assert again.quiet_until_s == 9.5
    assert again.at_once == once.at_once


def test_a_good_answer_ends_the_doubling() -> None:
    better = slowed(EIGHT, at=5).after_good(sent_s=7)

    assert slowed(better, at=10).quiet_until_s == 10 + FIRST_PAUSE_S


def test_a_good_answer_to_what_was_under_way_says_nothing() -> None:
    once = slowed(EIGHT, at=5)

    assert once.after_good(sent_s=4.9) == once


def test_fewer_are_sent_at_once_and_one_more_with_each_good_answer() -> None:
    once = slowed(EIGHT, at=5)
    better = once.after_good(sent_s=7).after_good(sent_s=7)

    assert (once.at_once, better.at_once) == (4, 6)


def test_never_more_are_sent_at_once_than_at_first() -> None:
    assert EIGHT.after_good(sent_s=7) == EIGHT


@pytest.mark.parametrize("named", [LONGEST_PAUSE_S + 1, 3600.0])
def test_a_host_that_wants_too_long_a_pause_is_asked_no_more(named: float) -> None:
    assert slowed(EIGHT, at=5, named=named).closed


def test_a_host_that_never_has_enough_is_asked_no_more() -> None:
    pace, at = EIGHT, 0.0
    while not pace.closed:
        at = max(at, pace.quiet_until_s) + 1
        pace = slowed(pace, at=at)

    assert at < LONGEST_WAIT_S


def test_good_answers_between_them_keep_pauses_from_being_in_vain() -> None:
    pace = Pace.unhurt(1)
    for at in range(0, 100, 10):
        pace = slowed(pace.after_good(sent_s=at), at=at + 5, named=0.0)

    assert not pace.closed


draws = st.floats(0, 1, exclude_max=True)
named = st.none() | st.floats(0, 1e9)
answers = st.lists(
    st.tuples(st.booleans(), st.booleans(), named, draws, st.floats(0, 20)), max_size=60
)


@given(st.integers(1, 64), answers)
def test_whatever_a_host_says_it_is_asked_within_the_bounds(
    at_once: int, said: list[tuple[bool, bool, float | None, float, float]]
) -> None:
    pace, now, quiet_s = Pace.unhurt(at_once), 0.0, 0.0
    for is_good, was_under_way, wants_s, draw, later_s in said:
        if pace.closed:
            break
        now = max(now, pace.quiet_until_s) + later_s
        sent = pace.quiet_until_s - 1 if was_under_way else now
        before = max(pace.quiet_until_s, now)
        pace = (
            pace.after_good(sent)
            if is_good
            else pace.after_slow_down(sent_s=sent, now_s=now, named_s=wants_s, draw=draw)
        )
        pause_s = max(pace.quiet_until_s - before, 0.0)
        quiet_s += pause_s
        assert 1 <= pace.at_once <= at_once
        assert pause_s <= spread(LONGEST_PAUSE_S, 1)
    assert quiet_s <= LONGEST_WAIT_S + 0.001


@pytest.mark.parametrize(
    ("named", "pause"),
    [
        ("3", 3.0),
        (" 10 ", 10.0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("²", None),
        ("9" * 10_000, float("9" * 64)),
        (format_datetime(NOON + timedelta(seconds=4), usegmt=True), 4.0),
        (format_datetime(NOON - timedelta(days=1), usegmt=True), 0.0),
        ("Tue, 24 Nov 2026 12:00:09", 9.0),
        ("Tue, 24 Nov 99999 12:00:09 GMT", None),
    ],
)
def test_a_named_pause_is_read_in_seconds_or_as_a_time_of_day(
    named: str | None, pause: float | None
) -> None:
    assert named_pause_s(named, NOON) == pause


@given(st.text(max_size=80))
def test_no_named_pause_is_negative_or_an_exception(named: str) -> None:
    pause = named_pause_s(named, NOON)

    assert pause is None or pause >= 0


@given(st.floats(0, LONGEST_PAUSE_S), draws)
def test_a_pause_by_chance_is_never_shorter_and_little_longer(pause: float, draw: float) -> None:
    assert pause <= spread(pause, draw) <= 1.1 * pause


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada.substack.com", "grace.substack.com"),
        ("www.example.org", "example.org"),
        ("example.org.", "example.org"),
        ("a.b.github.io", "github.io"),
    ],
)
def test_hosts_that_are_one_to_the_server_have_one_queue(one: str, other: str) -> None:
    assert queue_of(one) == queue_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("a.example.org", "b.example.org"), ("notsubstack.com", "substack.com"), ("127.0.0.1", "::1")],
)
def test_other_hosts_have_a_queue_of_their_own(one: str, other: str) -> None:
    assert queue_of(one) != queue_of(other)


def after_silences(pace: Pace, number: int) -> Pace:
    for _ in range(number):
        pace = pace.after_silence()
    return pace


def test_a_host_that_never_answers_is_asked_twice_by_all_who_may_ask_at_once() -> None:
    assert not after_silences(EIGHT, 15).closed
    assert after_silences(EIGHT, 16).closed


def test_a_host_that_is_asked_one_at_a_time_may_be_silent_for_a_few() -> None:
    assert not after_silences(Pace.unhurt(1), LEAST_SILENT - 1).closed
    assert after_silences(Pace.unhurt(1), LEAST_SILENT).closed


def test_an_answer_makes_up_for_all_silence() -> None:
    heard = after_silences(EIGHT, 15).after_good(0)

    assert heard == EIGHT
