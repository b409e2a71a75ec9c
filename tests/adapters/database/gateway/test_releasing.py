"""What is held goes out once, or stays; the dead leave it in doubt; a person settles that."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from sendguard.adapters.database.store import SqlStore
from sendguard.gateway import Ended, HeldState, Ruling, Standing
from sendguard.ports.gateway import Ledger, Streams
from sendguard.send import State
from tests.adapters.database.gateway.passing import (
    ADA,
    BOB,
    a_passage,
    begin,
    decide,
    end,
    keep,
    keep_one,
    kept,
    pass_on,
    settle,
    states,
    take,
)
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_held, a_mail

LATER = NOON + timedelta(minutes=3)
AFTER_THE_LEASE = NOON + timedelta(minutes=6)
SENT = {"ada@example.org": State.SENT}
EVERYBODY = {"ada@example.org": State.SENT, "bob@example.org": State.PENDING}


@pytest.mark.parametrize("standing", [Standing.PASSED, Standing.APPROVED])
def test_what_is_let_out_is_due_at_once(
    streams: Streams, ledger: Ledger, standing: Standing
) -> None:
    begin(streams)
    keep_one(ledger, "ada@example.org")
    assert ledger.next_due() is None

    decide(streams, standing)

    assert ledger.next_due() is not None
    (taken,) = take(ledger)
    assert taken.mail == a_mail("ada@example.org")
    assert taken.state is HeldState.SENDING
    assert states(ledger) == {"ada": State.SENDING}


def test_with_which_repairs_each_reader_got_it_is_known(store: SqlStore) -> None:
    begin(store.streams, Standing.PASSED)
    pass_on(store.ledger, a_passage("cyd@example.org"))
    keep_one(store.ledger, "ada@example.org")
    checking = Ruling(standing=Standing.CHECKING, at=NOON, by="Ada")
    store.streams.repair(A_FINGERPRINT, [("https://a.example", "https://b.example")], checking)
    decide(store.streams, Standing.PASSED)

    take(store.ledger)

    stream = store.streams.find(A_FINGERPRINT)
    assert stream
    assert store.ledger.reached(A_FINGERPRINT, {State.SENDING}) == {None: 1, stream.repaired: 1}


@pytest.mark.parametrize("standing", [Standing.BLOCKED, Standing.UNVERIFIED, Standing.CHECKING])
def test_what_is_stopped_again_does_not_go_any_more(
    streams: Streams, ledger: Ledger, standing: Standing
) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org")

    decide(streams, standing)

    assert (take(ledger), kept(ledger)) == ((), [HeldState.HELD])


def test_what_is_discarded_is_deleted_and_its_readers_get_nothing(store: SqlStore) -> None:
    begin(store.streams)
    keep_one(store.ledger, "ada@example.org")

    decide(store.streams, Standing.DISCARDED)

    assert (kept(store.ledger), states(store.ledger)) == ([], {"ada": State.CANCELLED})
    with store.engine.connect() as connection:
        assert not connection.exec_driver_sql("SELECT held FROM held_body").all()


def test_no_two_processes_take_the_same_message(store: SqlStore) -> None:
    begin(store.streams, Standing.PASSED)
    keep(store.ledger, *(a_held(f"reader{number}@example.org") for number in range(40)))

    with ThreadPoolExecutor(4) as threads:
        took = list(threads.map(lambda n: take(store.ledger, f"ada {n} x", most=3), range(20)))

    ids = [one.id for several in took for one in several]
    assert len(ids) == len(set(ids)) == 40


def test_what_is_due_longest_is_taken_first_and_no_more_than_there_is_room_for(
    streams: Streams, ledger: Ledger
) -> None:
    begin(streams, Standing.PASSED)
    due = (NOON, NOON - timedelta(minutes=1), None, LATER)
    keep(ledger, *(replace(a_held(f"r{n}@example.org"), due=at) for n, at in enumerate(due)))

    taken = ledger.take(ADA, NOON, 9, 2 * len(a_mail().data))
    last = ledger.take(ADA, NOON, 9, 1)

    assert [one.mail.recipients[0][:2] for one in (*taken, *last)] == ["r2", "r1", "r0"]
    assert ledger.next_due() == LATER


def test_what_is_done_with_is_kept_no_longer(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org")

    end(ledger, *(Ended(taken=one, states=SENT) for one in take(ledger)))

    assert (ledger.held_count(), states(ledger)) == (0, {"ada": State.SENT})


def test_what_is_left_is_tried_again_for_who_is_left(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org", "bob@example.org")
    (taken,) = take(ledger)
    for_bob = replace(taken.mail, recipients=("bob@example.org",))
    left = replace(taken, mail=for_bob, state=HeldState.DUE, due=LATER, tries=1, says="451 later")
    notice = a_held("navigator@example.org", fingerprint=None, mail=a_mail(sender=""))

    end(ledger, Ended(taken=taken, left=(left,), states=EVERYBODY, notice=notice))

    assert states(ledger) == {"ada": State.SENT, "bob": State.PENDING}
    (told,) = take(ledger)
    assert told.mail == notice.mail
    (again,) = ledger.take(ADA, LATER, 9, 999)
    assert again == replace(left, state=HeldState.SENDING)


def test_one_message_may_stay_in_two_parts(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org", "bob@example.org")
    (taken,) = take(ledger)
    for_ada, for_bob = (replace(taken.mail, recipients=(one,)) for one in taken.mail.recipients)
    doubt = replace(taken, mail=for_ada, state=HeldState.IN_DOUBT)
    again = replace(taken, mail=for_bob, state=HeldState.DUE)
    became = {**EVERYBODY, "ada@example.org": State.IN_DOUBT}

    end(ledger, Ended(taken=taken, left=(doubt, again), states=became))

    assert kept(ledger) == [HeldState.IN_DOUBT, HeldState.DUE]
    assert states(ledger) == {"ada": State.IN_DOUBT, "bob": State.PENDING}
    assert [one.mail for one in take(ledger)] == [for_bob]


@pytest.mark.parametrize(
    ("standing", "stays", "state"),
    [
        (Standing.BLOCKED, [HeldState.HELD], State.PENDING),
        (Standing.DISCARDED, [], State.CANCELLED),
    ],
)
def test_what_was_stopped_on_its_way_is_not_tried_again(
    streams: Streams, ledger: Ledger, standing: Standing, stays: list[HeldState], state: State
) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org")
    (taken,) = take(ledger)
    decide(streams, standing)

    pending = {"ada@example.org": State.PENDING}
    end(ledger, Ended(taken=taken, left=(replace(taken, state=HeldState.DUE),), states=pending))

    assert (kept(ledger), states(ledger)) == (stays, {"ada": state})


def test_what_the_dead_had_on_the_wire_is_in_doubt(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org", "bob@example.org")
    take(ledger)
    pass_on(ledger, a_passage("cy@example.org"))

    assert ledger.recover(LATER) == 0
    assert ledger.recover(AFTER_THE_LEASE) == 2

    assert kept(ledger) == [HeldState.IN_DOUBT]
    assert set(states(ledger).values()) == {State.IN_DOUBT}
    assert ledger.take(BOB, AFTER_THE_LEASE, 9, 999) == ()


def test_who_says_that_he_lives_is_not_dead(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    pass_on(ledger, a_passage())

    ledger.keep_alive(ADA, AFTER_THE_LEASE + timedelta(minutes=1))

    assert ledger.recover(AFTER_THE_LEASE) == 0


def test_who_was_taken_for_dead_knows_better(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org")
    (taken,) = take(ledger)
    pass_on(ledger, a_passage("cy@example.org"))
    ledger.recover(AFTER_THE_LEASE)

    end(ledger, Ended(taken=taken, states={"ada@example.org": State.REFUSED}))
    settle(ledger, "cy@example.org", State.PENDING)

    assert kept(ledger) == []
    assert states(ledger) == {"ada": State.REFUSED, "cy": State.PENDING}


def test_a_person_has_what_is_in_doubt_sent_again(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org")
    (taken,) = take(ledger)
    pass_on(ledger, a_passage("cy@example.org"))
    ledger.recover(AFTER_THE_LEASE)

    assert ledger.settle_doubt(A_FINGERPRINT, State.PENDING, AFTER_THE_LEASE) == 1
    end(ledger, Ended(taken=taken, states=SENT))  # too late: it was settled

    assert states(ledger) == {"ada": State.PENDING, "cy": State.IN_DOUBT}
    assert [one.mail for one in take(ledger)] == [taken.mail]


@pytest.mark.parametrize("state", [State.SENT, State.PENDING])
def test_of_several_in_doubt_one_is_settled_alone(store: SqlStore, state: State) -> None:
    begin(store.streams, Standing.PASSED)
    keep_one(store.ledger, "ada@example.org", "bob@example.org")
    take(store.ledger)
    store.ledger.recover(AFTER_THE_LEASE)

    settled = store.ledger.settle_doubt(A_FINGERPRINT, state, NOON, "bob@example.org")

    assert settled == 1
    assert states(store.ledger) == {"ada": State.IN_DOUBT, "bob": state}
    again = [one.mail for one in take(store.ledger)]
    assert again == ([a_mail("bob@example.org")] if state is State.PENDING else [])
    assert kept(store.ledger)[0] is HeldState.IN_DOUBT


def test_who_has_two_copies_in_doubt_is_one_reader(store: SqlStore) -> None:
    begin(store.streams, Standing.PASSED)
    first = a_held("ada@example.org", state=HeldState.HELD)
    keep(store.ledger, first, replace(first, mail=replace(first.mail, data=b"Subject: B\r\n")))
    assert len(take(store.ledger)) == 2
    store.ledger.recover(AFTER_THE_LEASE)

    assert store.ledger.settle_doubt(A_FINGERPRINT, State.PENDING, NOON) == 1


def test_a_person_takes_what_is_in_doubt_for_sent(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org", "bob@example.org")
    keep(ledger, a_held("navigator@example.org", fingerprint=None))
    take(ledger)
    pass_on(ledger, a_passage("cy@example.org"))
    ledger.recover(AFTER_THE_LEASE)

    assert ledger.settle_doubt("0" * 12, State.SENT, NOON) == 0
    assert ledger.settle_doubt(None, State.SENT, NOON) == 4

    assert (kept(ledger), set(states(ledger).values())) == ([], {State.SENT})


@pytest.mark.parametrize(
    ("standing", "stays", "state"),
    [
        (Standing.BLOCKED, [HeldState.HELD], State.PENDING),
        (Standing.DISCARDED, [], State.CANCELLED),
    ],
)
def test_what_is_stopped_is_not_sent_again(
    streams: Streams, ledger: Ledger, standing: Standing, stays: list[HeldState], state: State
) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org")
    take(ledger)
    ledger.recover(AFTER_THE_LEASE)
    decide(streams, standing)

    ledger.settle_doubt(None, State.PENDING, NOON)

    assert (kept(ledger), states(ledger)) == (stays, {"ada": state})


def test_what_is_in_doubt_cannot_be_called_something_else(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="cannot become suppressed"):
        ledger.settle_doubt(None, State.SUPPRESSED, NOON)


def test_what_a_wrong_clock_put_off_for_years_is_due(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    keep(ledger, replace(a_held(), due=NOON + timedelta(days=400)))

    ledger.recover(NOON)

    assert len(take(ledger)) == 1
