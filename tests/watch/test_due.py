from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.watch import Kind, Moment, Turn, Why, choose_turn, soonest_first, to_make_again
from tests.builders import NOON
from tests.watch.watching import DAY, HOUR, SEND, a_moment, hours, planned

moments = st.builds(
    a_moment,
    st.sampled_from(Kind),
    st.sampled_from([600.0, HOUR, DAY]),
    st.integers(-200_000, 200_000).map(lambda late: NOON + timedelta(seconds=late)),
)


def test_nothing_is_checked_before_it_is_due() -> None:
    assert choose_turn([a_moment(due=NOON + hours(1))], NOON) is None


def test_what_has_just_come_due_is_checked_without_a_word() -> None:
    moment = a_moment(due=NOON - timedelta(seconds=25))

    assert choose_turn([moment], NOON) == Turn(run=moment)


def test_a_check_that_comes_late_says_so() -> None:
    turn = choose_turn([a_moment(offset_s=DAY, due=NOON - hours(3))], NOON)

    assert turn
    assert turn.late == (
        "The check 24 h before the send: missed by 3 h, because nothing was watching; checked now "
        "instead"
    )
    assert turn.says == (turn.late,)


def test_of_several_that_are_due_the_latest_makes_up_for_the_others() -> None:
    turn = choose_turn(planned()[1:], SEND - hours(1))

    assert turn
    assert turn.run.name == "1h before"
    assert turn.missed[0].says == (
        "The check 24 h before the send: missed by 23 h, because nothing was watching; the one "
        "1 h before the send makes up for it"
    )
    assert turn.says == (turn.missed[0].says,)


def test_what_nobody_checked_before_the_send_is_said_to_be_checked_after_it() -> None:
    turn = choose_turn(planned()[1:4], SEND + hours(0.5))

    assert turn
    assert turn.run.name == "10m before"
    assert turn.says[-1] == (
        "The check 10 min before the send: missed by 40 min, because nothing was watching; "
        "checked now instead, after the send"
    )


def test_two_that_come_due_together_are_one_check_and_none_is_missed() -> None:
    noticed = a_moment(Kind.NOTICED, 0.0, NOON - timedelta(seconds=20))
    hour_before = a_moment(due=NOON - timedelta(seconds=5))

    turn = choose_turn([hour_before, noticed], NOON)

    assert turn == Turn(run=hour_before, along=(noticed,))


def test_who_looks_less_often_calls_less_late() -> None:
    moment = a_moment(due=NOON - timedelta(minutes=4))

    turn = choose_turn([moment], NOON, on_time_s=600)

    assert turn == Turn(run=moment)


@pytest.mark.parametrize("why", Why)
def test_the_reason_is_told(why: Why) -> None:
    turn = choose_turn([a_moment(due=NOON - hours(1))], NOON, why=why)

    assert turn
    assert f"because {why}; " in turn.late


@given(pending=st.lists(moments, unique_by=lambda moment: moment.name))
def test_every_moment_that_is_due_is_checked_or_missed_once(pending: list[Moment]) -> None:
    due = [moment for moment in pending if moment.due <= NOON]

    turn = choose_turn(pending, NOON)

    settled = [turn.run, *turn.along, *(one.moment for one in turn.missed)] if turn else []
    assert sorted(settled, key=lambda one: one.name) == sorted(due, key=lambda one: one.name)
    assert not turn or all(moment.due <= turn.run.due for moment in due)


def a_turn(campaign: str) -> Turn:
    return Turn(run=a_moment(Kind.NOTICED, 0.0, NOON, campaign))


def test_what_is_sent_next_is_checked_first_and_what_was_sent_last() -> None:
    sends = {
        "tomorrow": NOON + hours(24),
        "soon": NOON + hours(1),
        "long-gone": NOON - hours(99),
        "gone": NOON - hours(1),
    }

    turns = soonest_first(map(a_turn, [*sends, "some-day"]), sends, NOON)

    order = [turn.run.campaign for turn in turns]
    assert order == ["soon", "tomorrow", "some-day", "gone", "long-gone"]


def test_a_moment_around_the_send_knows_it_by_itself() -> None:
    later = Turn(run=a_moment(offset_s=DAY, campaign="later"))
    sooner = Turn(run=a_moment(offset_s=HOUR, campaign="sooner"))

    assert soonest_first([later, sooner], {}, NOON) == (sooner, later)


def test_what_was_checked_by_a_clock_that_was_a_year_ahead_is_checked_again() -> None:
    done = planned()

    again = to_make_again(done, NOON)

    assert again == done[1:]


def test_a_clock_that_is_set_back_by_a_second_makes_nobody_check_twice() -> None:
    done = a_moment(due=NOON + timedelta(seconds=1))

    assert not to_make_again([done], NOON)
