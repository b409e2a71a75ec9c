"""Workers take deliveries, begin and settle them, and no delivery is sent twice or lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from sendguard.adapters.process import own_name
from sendguard.ports.sending import Outbox, Suppressed, Suppressions
from sendguard.send import Settled, State
from tests.adapters.database.outbox.queued import (
    ADA,
    BOB,
    a_correction,
    a_reader,
    begin,
    end,
    names,
    queue,
    readers,
    states,
)
from tests.builders import NOON

MINUTE = timedelta(minutes=1)
LATER = NOON + 6 * MINUTE
"""When a lease of noon is over."""


def a_dead_worker() -> str:
    """A name of a process of this computer that has ended."""
    computer, _, _ = own_name().split(" ")
    return f"{computer} {2**22 + 1} dead"


def test_what_is_leased_is_pending_still_and_nobody_else_gets_it(outbox: Outbox) -> None:
    queued = queue(outbox, readers(3))

    first = outbox.lease(queued, ADA, NOON, 2)
    second = outbox.lease(queued, BOB, NOON, 2)

    assert (names(first), names(second)) == (["reader0000", "reader0001"], ["reader0002"])
    assert states(outbox) == {State.PENDING: 3}


def test_no_two_workers_get_the_same_delivery(outbox: Outbox) -> None:
    queued = queue(outbox, readers(160))

    def work(number: int) -> list[str]:
        worker = f"ada 1 {number}"
        return names(begin(outbox, queued, 7, worker=worker))

    with ThreadPoolExecutor(8) as pool:
        got = [name for some in pool.map(work, range(24)) for name in some]

    assert sorted(got) == names_of(160)
    assert states(outbox) == {State.SENDING: 160}


def names_of(count: int) -> list[str]:
    return [f"reader{number:04}" for number in range(count)]


def test_what_is_begun_is_dated_and_carries_the_edition(outbox: Outbox) -> None:
    queued = queue(outbox, readers(1))

    (begun,) = begin(outbox, queued, now=NOON.replace(microsecond=999_999))

    assert (begun.dated, begun.edition, begun.tries) == (NOON, queued.edition, 0)
    assert states(outbox) == {State.SENDING: 1}


def test_what_is_begun_cannot_be_begun_again(outbox: Outbox) -> None:
    queued = queue(outbox, readers(2))
    begun = begin(outbox, queued)

    assert outbox.begin(ADA, begun, NOON) == ()
    assert outbox.lease(queued, BOB, NOON, 500) == ()


def test_nobody_begins_what_another_has_leased(outbox: Outbox) -> None:
    queued = queue(outbox, readers(2))
    leased = outbox.lease(queued, ADA, NOON, 500)

    assert outbox.begin(BOB, leased, NOON) == ()
    assert outbox.begin(ADA, leased, NOON) != ()


@pytest.mark.parametrize("state", [State.SENT, State.REFUSED, State.IN_DOUBT])
def test_what_is_settled_is_told_with_the_answer(outbox: Outbox, state: State) -> None:
    queued = queue(outbox, readers(1))
    end(outbox, begin(outbox, queued), state)

    (result,) = outbox.results(queued)

    assert (result.reader.address, result.state) == ("Reader0000@example.org", state)
    assert (result.tries, result.says, result.at) == (1, "250 2.0.0 Ok", NOON)


def test_another_try_comes_when_it_is_due_with_the_same_date(outbox: Outbox) -> None:
    queued = queue(outbox, readers(1))
    (first,) = begin(outbox, queued)
    due = NOON + 10 * MINUTE
    again = Settled(id=first.id, state=State.PENDING, says="451 later", due=due)

    outbox.settle(ADA, [again], NOON)

    assert outbox.progress()[0].next_due == due
    assert begin(outbox, queued, now=due - MINUTE) == ()
    (second,) = begin(outbox, queued, now=due)
    assert (second.id, second.dated, second.tries) == (first.id, NOON, 1)


def test_what_the_server_never_saw_was_no_try(outbox: Outbox) -> None:
    queued = queue(outbox, readers(1))
    (begun,) = begin(outbox, queued)
    untried = Settled(id=begun.id, state=State.PENDING, says="no connection", counts=False)

    outbox.settle(ADA, [untried], NOON)

    (again,) = outbox.lease(queued, ADA, NOON, 1)
    assert again.tries == 0


def test_what_is_due_first_is_leased_first(outbox: Outbox) -> None:
    queued = queue(outbox, readers(3))
    first, second, _ = begin(outbox, queued)
    outbox.settle(
        ADA,
        [
            Settled(id=first.id, state=State.PENDING, says="", due=NOON + 2 * MINUTE),
            Settled(id=second.id, state=State.PENDING, says="", due=NOON + MINUTE),
        ],
        NOON,
    )

    leased = outbox.lease(queued, ADA, NOON + 3 * MINUTE, 500)

    assert names(leased) == ["reader0001", "reader0000"]


def test_whoever_unsubscribes_while_it_waits_gets_nothing(
    outbox: Outbox, suppressions: Suppressions
) -> None:
    queued = queue(outbox, [a_reader("ada"), a_reader("bob"), a_reader("cy")])
    suppressions.add([Suppressed(key="ada@example.org", why="unsubscribed", at=NOON)])
    leased = outbox.lease(queued, ADA, NOON, 500)
    suppressions.add([Suppressed(key="bob@example.org", why="unsubscribed", at=NOON)])

    begun = outbox.begin(ADA, leased, NOON)

    assert (names(leased), names(begun)) == (["bob", "cy"], ["cy"])
    assert states(outbox) == {State.SUPPRESSED: 2, State.SENDING: 1}


def test_a_shard_of_nobody_but_suppressed_is_not_the_end(
    outbox: Outbox, suppressions: Suppressions
) -> None:
    queued = queue(outbox, readers(5))
    gone = [Suppressed(key=one.key, why="listed", at=NOON) for one in readers(4)]
    suppressions.add(gone)

    assert names(outbox.lease(queued, ADA, NOON, 2)) == ["reader0004"]


def test_what_is_given_back_is_free(outbox: Outbox) -> None:
    queued = queue(outbox, readers(3))
    leased = outbox.lease(queued, ADA, NOON, 500)
    outbox.begin(ADA, leased[:1], NOON)

    outbox.give_back(ADA)

    assert names(outbox.lease(queued, BOB, NOON, 500)) == ["reader0001", "reader0002"]


def test_of_a_worker_whose_lease_is_over_what_it_was_sending_is_in_doubt(outbox: Outbox) -> None:
    queued = queue(outbox, readers(3))
    leased = outbox.lease(queued, ADA, NOON, 500)
    outbox.begin(ADA, leased[:1], NOON)

    assert outbox.recover(LATER) == 1
    assert outbox.recover(LATER) == 0

    assert states(outbox) == {State.IN_DOUBT: 1, State.PENDING: 2}
    assert len(outbox.lease(queued, BOB, LATER, 500)) == 2
    (doubt,) = outbox.results(queued, [State.IN_DOUBT])
    assert "ended before the answer" in (doubt.says or "")


def test_of_a_worker_that_was_just_heard_of_nothing_is_taken(outbox: Outbox) -> None:
    queued = queue(outbox, readers(3))
    leased = outbox.lease(queued, ADA, NOON, 500)
    begun = outbox.begin(ADA, leased[:2], NOON + 4 * MINUTE)
    end(outbox, begun[:1])

    assert outbox.recover(NOON + 4 * MINUTE) == 0

    assert states(outbox) == {State.SENT: 1, State.SENDING: 1, State.PENDING: 1}
    assert outbox.lease(queued, BOB, NOON, 500) == ()


def test_of_a_process_that_has_ended_all_is_taken_at_once(outbox: Outbox) -> None:
    queued = queue(outbox, readers(3))
    dead = a_dead_worker()
    outbox.begin(dead, outbox.lease(queued, dead, NOON, 2), NOON)

    assert outbox.recover(NOON) == 2
    assert states(outbox) == {State.IN_DOUBT: 2, State.PENDING: 1}


def test_of_this_very_process_nothing_is_taken(outbox: Outbox) -> None:
    queued = queue(outbox, readers(1))
    begin(outbox, queued, worker=own_name())

    assert outbox.recover(NOON) == 0


def test_a_worker_taken_for_dead_knows_better(outbox: Outbox) -> None:
    queued = queue(outbox, readers(3))
    begun = begin(outbox, queued)
    outbox.recover(LATER)

    end(outbox, begun[:1], State.SENT)
    end(outbox, begun[1:2], State.PENDING)

    assert states(outbox) == {State.SENT: 1, State.PENDING: 1, State.IN_DOUBT: 1}


def test_once_a_person_has_settled_it_the_worker_does_not(outbox: Outbox) -> None:
    queued = queue(outbox, readers(1))
    begun = begin(outbox, queued)
    outbox.recover(LATER)
    outbox.settle_doubt(queued, State.PENDING)

    end(outbox, begun, State.SENT)

    assert states(outbox) == {State.PENDING: 1}


def test_what_is_another_s_by_now_is_left_alone(outbox: Outbox) -> None:
    queued = queue(outbox, readers(1))
    begun = begin(outbox, queued)
    end(outbox, begun, State.PENDING)
    begin(outbox, queued, worker=BOB)

    end(outbox, begun, State.REFUSED)

    assert states(outbox) == {State.SENDING: 1}


def test_a_lease_taken_by_a_clock_far_ahead_does_not_hold_for_ever(outbox: Outbox) -> None:
    queued = queue(outbox, readers(2))
    begin(outbox, queued, 1, now=NOON + timedelta(days=400))
    outbox.lease(queued, ADA, NOON + timedelta(days=400), 1)

    assert outbox.recover(NOON) == 1
    assert len(outbox.lease(queued, BOB, NOON, 500)) == 1


def test_a_try_put_off_by_a_clock_far_ahead_is_not_put_off_for_ever(outbox: Outbox) -> None:
    queued = queue(outbox, readers(1))
    (begun,) = begin(outbox, queued)
    far = Settled(id=begun.id, state=State.PENDING, says="", due=NOON + timedelta(days=400))
    outbox.settle(ADA, [far], NOON)

    outbox.recover(NOON)

    assert len(outbox.lease(queued, BOB, NOON, 500)) == 1


def test_a_clock_set_ahead_sends_nothing_twice(outbox: Outbox) -> None:
    queued = queue(outbox, readers(4))
    leased = outbox.lease(queued, ADA, NOON, 500)
    begun = outbox.begin(ADA, leased[:2], NOON)
    outbox.recover(NOON + timedelta(days=1))
    others = begin(outbox, queued, now=NOON + timedelta(days=1), worker=BOB)

    assert outbox.begin(ADA, leased[2:], NOON) == ()
    end(outbox, begun)
    end(outbox, others, worker=BOB)

    assert states(outbox) == {State.SENT: 4}


def test_what_is_sent_cannot_become_what_it_must_not(outbox: Outbox) -> None:
    queued = queue(outbox, readers(1))
    begun = begin(outbox, queued)
    end(outbox, begun)

    end(outbox, begun, State.PENDING)

    assert states(outbox) == {State.SENT: 1}
    with pytest.raises(ValueError, match="cannot be cancelled"):
        end(outbox, begun, State.CANCELLED)


def test_progress_says_when_the_first_and_the_last_were_taken(outbox: Outbox) -> None:
    queued = queue(outbox, readers(3))
    for minute, one in enumerate(begin(outbox, queued)):
        sent = Settled(id=one.id, state=State.SENT, says="")
        outbox.settle(ADA, [sent], NOON + minute * MINUTE)

    (progress,) = outbox.progress("spring")

    assert (progress.first_sent, progress.last_sent) == (NOON, NOON + 2 * MINUTE)
    assert progress.next_due is None


def test_what_is_due_is_told_corrections_first(outbox: Outbox) -> None:
    original = queue(outbox, readers(2))
    queue(outbox, readers(1), "autumn")
    paused = queue(outbox, readers(1), "winter")
    outbox.pause(paused, "lunch")
    end(outbox, begin(outbox, original, 1))
    outbox.pause(original, "it is being corrected")
    outbox.correct(a_correction(original))
    outbox.resume(original)
    outbox.lease(original, BOB, NOON, 500)

    assert [one.campaign for one in outbox.due(NOON)] == ["spring-corrected", "autumn"]
