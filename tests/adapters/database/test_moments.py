"""What the watch keeps: nothing is lost, nothing is done twice, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.database.watching import SqlMoments
from sendguard.gate import Sending
from sendguard.ports.watching import Known, Planned, Settled
from sendguard.watch import Kind, Seen, Standing, Turn, Verdict, choose_turn, plan
from tests.adapters.database.kept import a_campaign, a_record
from tests.builders import NOON

HOUR = timedelta(hours=1)
SEND = NOON + 48 * HOUR
BEFORE, AFTER = (86_400.0, 3_600.0), (3_600.0,)


@pytest.fixture
def moments(store: SqlStore) -> SqlMoments:
    return store.moments("ada 1 x")


def a_seen(content: str = "1", *, at: datetime = NOON, send_at: datetime | None = SEND) -> Seen:
    return Seen(campaign="spring", content=content, send_at=send_at, at=at)


def see(
    moments: SqlMoments,
    seen: Seen,
    before: tuple[float, ...] = BEFORE,
    after: tuple[float, ...] = AFTER,
) -> bool:
    return moments.plan(seen, plan(seen, before, after))


def due(moments: SqlMoments, at: datetime) -> list[str]:
    return [one.name for one in moments.due(at)]


def take(moments: SqlMoments, at: datetime = NOON) -> Turn:
    turn = choose_turn(moments.due(at), at)
    assert turn
    assert moments.take(turn)
    return turn


def settled(turn: Turn) -> Settled:
    return Settled(turn=turn, standing=a_standing(), record=a_record(a_campaign()))


def a_standing(decision: Verdict = Verdict.PASS) -> Standing:
    return Standing(
        campaign="spring",
        path="campaigns/spring",
        content="1",
        decision=decision,
        gist="0 links",
        at=NOON,
        send_at=SEND,
    )


def test_a_new_folder_is_due_at_once_and_around_its_send(moments: SqlMoments) -> None:
    assert see(moments, a_seen())

    assert due(moments, NOON) == ["noticed"]
    assert due(moments, SEND + HOUR) == ["noticed", "24h before", "1h before", "1h after"]
    assert moments.planned() == {"spring": Planned("1", SEND)}


def test_the_same_content_is_planned_once(moments: SqlMoments) -> None:
    see(moments, a_seen())
    moments.settle(settled(take(moments)), ())

    assert not see(moments, a_seen(at=NOON + HOUR))

    assert due(moments, NOON + HOUR) == []


def test_other_content_takes_the_place_of_what_was_planned(moments: SqlMoments) -> None:
    see(moments, a_seen("1"))

    assert see(moments, a_seen("2", send_at=None))

    assert [(one.content, one.name) for one in moments.due(SEND + HOUR)] == [("2", "noticed")]


def test_content_that_comes_back_is_planned_as_if_it_had_never_been(moments: SqlMoments) -> None:
    see(moments, a_seen("1"))
    moments.settle(settled(take(moments)), ())
    see(moments, a_seen("2"))

    assert see(moments, a_seen("1", at=NOON + HOUR))

    assert due(moments, NOON + HOUR) == ["noticed"]


def test_other_settings_change_what_is_still_ahead(moments: SqlMoments) -> None:
    see(moments, a_seen())
    moments.settle(settled(take(moments)), ())
    later = SEND - 12 * HOUR

    see(moments, a_seen(at=later), before=(600.0,), after=())

    assert due(moments, SEND + 2 * HOUR) == ["24h before", "10m before"]


def test_a_folder_that_is_gone_is_not_looked_at_any_more(moments: SqlMoments) -> None:
    see(moments, a_seen())

    moments.forget("spring")

    assert due(moments, SEND) == []
    assert moments.planned() == {}


def test_a_folder_that_comes_back_is_looked_at_anew(moments: SqlMoments) -> None:
    see(moments, a_seen())
    moments.settle(settled(take(moments)), ())
    moments.forget("spring")

    assert see(moments, a_seen(at=NOON + HOUR))

    assert due(moments, NOON + HOUR) == ["noticed"]


def test_what_came_of_a_check_is_kept_with_it(store: SqlStore, moments: SqlMoments) -> None:
    see(moments, a_seen())
    turn = take(moments)

    assert moments.settle(settled(turn), ())

    assert due(moments, NOON) == []
    assert len(store.runs("spring")) == 1
    assert moments.known("spring") == Known(a_standing(), None)


def test_missed_moments_are_settled_with_the_one_that_makes_up_for_them(
    store: SqlStore, moments: SqlMoments
) -> None:
    see(moments, a_seen())

    assert moments.settle(settled(take(moments, SEND)), ())

    assert due(moments, SEND) == []
    assert len(store.runs("spring")) == 1


def test_a_check_that_somebody_died_over_is_due_again(store: SqlStore, moments: SqlMoments) -> None:
    see(moments, a_seen())
    take(moments)

    heir = store.moments("ada 2 y")

    assert due(heir, NOON) == ["noticed"]
    assert heir.settle(settled(take(heir)), ())


def test_whoever_was_taken_for_dead_keeps_nothing(store: SqlStore, moments: SqlMoments) -> None:
    see(moments, a_seen())
    turn = take(moments)
    heir = store.moments("ada 2 y")
    take(heir)

    assert not moments.settle(settled(turn), ())

    assert store.runs("spring") == ()
    assert moments.known("spring") == Known()


def test_a_check_of_what_was_changed_meanwhile_is_of_no_account(
    store: SqlStore, moments: SqlMoments
) -> None:
    see(moments, a_seen("1"))
    turn = take(moments)
    see(moments, a_seen("2"))

    assert not moments.settle(settled(turn), ())
    assert not moments.take(turn)

    assert store.runs("spring") == ()


def test_a_clock_that_is_set_back_does_not_hide_a_new_folder(moments: SqlMoments) -> None:
    see(moments, a_seen())

    assert due(moments, NOON - HOUR) == ["noticed"]


def test_what_was_done_before_its_time_can_be_done_again(moments: SqlMoments) -> None:
    see(moments, a_seen())
    moments.settle(settled(take(moments, SEND)), ())

    early = moments.done_after(SEND - 2 * HOUR)
    moments.make_again(early)

    assert {one.name for one in early} == {"1h before"}
    assert due(moments, SEND) == ["1h before"]


def test_two_moments_of_one_name_are_never_planned(moments: SqlMoments) -> None:
    see(moments, a_seen())
    for _ in range(3):
        see(moments, a_seen(at=NOON + HOUR))

    assert due(moments, SEND) == ["noticed", "24h before", "1h before"]


def test_a_campaign_that_cannot_be_read_leaves_no_check(
    store: SqlStore, moments: SqlMoments
) -> None:
    see(moments, a_seen())
    unread = Settled(turn=take(moments), standing=a_standing(Verdict.UNREADABLE))

    assert moments.settle(unread, ())

    assert store.runs("spring") == ()
    assert moments.known("spring").standing == a_standing(Verdict.UNREADABLE)


def test_old_moments_go_with_old_checks_but_never_one_that_waits(
    store: SqlStore, moments: SqlMoments
) -> None:
    see(moments, a_seen())
    moments.settle(settled(take(moments)), ())
    future = SEND + timedelta(days=400)

    store.prune(future)

    assert not moments.done_after(NOON - HOUR)
    assert due(moments, future) == ["24h before", "1h before", "1h after"]


def test_a_sending_is_known(store: SqlStore, moments: SqlMoments) -> None:
    campaign = a_campaign()
    sending = Sending(campaign="spring", digest=campaign.digest, letter=campaign.letter, at=NOON)
    store.mark_sent(sending)
    store.mark_sent(replace(sending, at=NOON + HOUR))

    assert moments.known("spring").sent_at == NOON + HOUR


def test_kinds_come_back(moments: SqlMoments) -> None:
    see(moments, a_seen())

    kinds = [one.kind for one in moments.due(SEND + HOUR)]

    assert kinds == [Kind.NOTICED, Kind.BEFORE, Kind.BEFORE, Kind.AFTER]
