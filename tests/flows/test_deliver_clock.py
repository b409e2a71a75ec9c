"""Deliveries from a real outbox while the clock is set back and forth: each reader gets one."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.adapters.process import own_name
from sendguard.flows.deliver import deliver
from sendguard.flows.supply import Equipment
from sendguard.send import Delivery, Letter, State
from sendguard.send.pace import Limits
from tests.adapters.database.outbox.queued import queue, readers, states
from tests.builders import NOON
from tests.fakes import SetClock
from tests.fakes_sending import ToldRelay

SETS = (timedelta(hours=-1), timedelta(days=2), timedelta(days=-400), timedelta(minutes=6))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as store:
        yield store


def a_letter(delivery: Delivery) -> Letter:
    address = delivery.reader.key
    return Letter(id=delivery.id, sender="news@example.org", recipient=address, data=b"Hello\r\n")


def equipment(store: SqlStore, relay: ToldRelay, clock: SetClock) -> Equipment:
    return Equipment(
        outbox=store.outbox,
        relay=relay,
        clock=clock,
        worker=own_name(),
        cast=a_letter,
        limits=Limits(),
    )


@pytest.mark.parametrize("workers", [1, 2])
async def test_however_the_clock_is_set_each_reader_gets_one(store: SqlStore, workers: int) -> None:
    dispatch, clock = queue(store.outbox, readers(400)), SetClock()

    def set_clock(count: int) -> None:
        if count % 40 == 0:
            clock.set_to(NOON + SETS[count // 40 % len(SETS)])

    relays = [ToldRelay(on_sent=set_clock) for _ in range(workers)]
    await asyncio.gather(
        *(
            deliver(dispatch, equipment(store, relay, clock), lambda _: None, asyncio.Event(), 9.0)
            for relay in relays
        )
    )

    sent = Counter(recipient for relay in relays for recipient in relay.sent)
    assert sent == dict.fromkeys((one.key for one in readers(400)), 1)
    assert states(store.outbox) == {State.SENT: 400}
