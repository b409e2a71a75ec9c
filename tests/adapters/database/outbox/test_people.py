"""People pause, resume and cancel a dispatch, and settle what is in doubt."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from sendguard.ports.sending import Outbox
from sendguard.send import Going, Settled, State
from tests.adapters.database.outbox.queued import (
    ADA,
    BOB,
    begin,
    end,
    names,
    queue,
    readers,
    states,
)
from tests.builders import NOON


def test_of_what_is_paused_nothing_is_leased_or_begun(outbox: Outbox) -> None:
    queued = queue(outbox, readers(3))
    leased = outbox.lease(queued, ADA, NOON, 2)

    outbox.pause(queued, "a storm of refusals")

    assert outbox.begin(ADA, leased, NOON) == ()
    assert outbox.lease(queued, BOB, NOON, 500) == ()
    found = outbox.find("spring")
    assert found
    assert (found.going, found.why) == (Going.PAUSED, "a storm of refusals")


def test_what_is_on_its_way_is_settled_all_the_same(outbox: Outbox) -> None:
    queued = queue(outbox, readers(1))
    begun = begin(outbox, queued)
    outbox.pause(queued, "a person")

    end(outbox, begun)

    assert states(outbox) == {State.SENT: 1}


def test_what_is_resumed_goes_on(outbox: Outbox) -> None:
    queued = queue(outbox, readers(3))
    leased = outbox.lease(queued, ADA, NOON, 2)
    outbox.pause(queued, "a person")

    outbox.resume(queued)

    assert outbox.find("spring") == queued
    assert len(outbox.begin(ADA, leased, NOON)) == 2


def test_what_is_cancelled_is_given_up_for_good(outbox: Outbox) -> None:
    queued = queue(outbox, readers(4))
    leased = outbox.lease(queued, ADA, NOON, 2)
    end(outbox, outbox.begin(ADA, leased[:1], NOON))

    assert outbox.cancel(queued, "a mistake") == 3
    outbox.resume(queued)

    assert outbox.begin(ADA, leased[1:], NOON) == ()
    assert states(outbox) == {State.SENT: 1, State.CANCELLED: 3}


def test_what_is_put_off_after_it_was_cancelled_is_given_up(outbox: Outbox) -> None:
    queued = queue(outbox, readers(2))
    begun = begin(outbox, queued)
    outbox.cancel(queued, "a mistake")

    end(outbox, begun, State.PENDING)

    assert states(outbox) == {State.CANCELLED: 2}


def test_whenever_it_is_cancelled_nothing_stays_pending(outbox: Outbox) -> None:
    queued = queue(outbox, readers(60))

    def work(worker: str) -> None:
        while begun := begin(outbox, queued, 5, worker=worker):
            end(outbox, begun[:2], State.SENT, worker)
            end(outbox, begun[2:], State.PENDING, worker)

    with ThreadPoolExecutor(3) as pool:
        working = [pool.submit(work, worker) for worker in (ADA, BOB)]
        pool.submit(outbox.cancel, queued, "a mistake").result()
        for one in working:
            one.result()

    assert set(states(outbox)) <= {State.SENT, State.CANCELLED}


def in_doubt(outbox: Outbox, count: int = 3) -> None:
    queued = queue(outbox, readers(count))
    end(outbox, begin(outbox, queued), State.IN_DOUBT)


def test_doubt_is_settled_of_some_or_of_all(outbox: Outbox) -> None:
    in_doubt(outbox)
    (progress,) = outbox.progress()
    keys = ["reader0001@example.org", "nobody@example.org"]

    assert outbox.settle_doubt(progress.dispatch, State.SENT, keys) == 1
    assert outbox.settle_doubt(progress.dispatch, State.REFUSED) == 2

    assert states(outbox) == {State.SENT: 1, State.REFUSED: 2}


def test_what_is_sent_again_keeps_its_number_and_date(outbox: Outbox) -> None:
    queued = queue(outbox, readers(1))
    (first,) = begin(outbox, queued)
    end(outbox, [first], State.IN_DOUBT)

    outbox.settle_doubt(queued, State.PENDING)

    (second,) = begin(outbox, queued, now=NOON + timedelta(hours=1))
    assert (second.id, second.dated) == (first.id, first.dated)


def test_of_what_was_cancelled_nothing_is_sent_again(outbox: Outbox) -> None:
    in_doubt(outbox)
    (progress,) = outbox.progress()
    outbox.cancel(progress.dispatch, "a mistake")

    assert outbox.settle_doubt(progress.dispatch, State.PENDING) == 0
    with pytest.raises(ValueError, match="cannot become cancelled"):
        outbox.settle_doubt(progress.dispatch, State.CANCELLED)


def test_results_are_told_in_order_and_by_state(outbox: Outbox) -> None:
    queued = queue(outbox, readers(5))
    first, second, *_ = begin(outbox, queued, 4)
    refused = Settled(id=first.id, state=State.REFUSED, says="550 5.1.1 <b>no\r\nsuch</b> user")
    outbox.settle(ADA, [refused], NOON)
    end(outbox, [second])

    told = list(outbox.results(queued))
    (only,) = outbox.results(queued, [State.REFUSED])

    wanted = [State.REFUSED, State.SENT, State.SENDING, State.SENDING, State.PENDING]
    assert [one.state for one in told] == wanted
    assert only.says == "550 5.1.1 <b>no such</b> user"


def test_the_last_dispatch_is_told_first(outbox: Outbox) -> None:
    for campaign in ("spring", "summer"):
        queue(outbox, readers(1), campaign)

    told = [one.dispatch.campaign for one in outbox.progress()]

    assert told == ["summer", "spring"]
    assert names(outbox.lease(outbox.progress()[1].dispatch, ADA, NOON, 9)) == ["reader0000"]
