"""What is old goes once a day, also where nothing but the gateway is served."""

import asyncio
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sendguard.adapters.database.store import open_store
from sendguard.config import Config
from sendguard.entrypoints.serve.pruning import keep_pruning, pruning
from sendguard.gateway import Ruling, Standing, Stream
from tests.fakes_gateway import a_copy, a_mail
from tests.gateways import ToldJournal

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


async def test_campaigns_that_are_long_over_are_forgotten(tmp_path: Path) -> None:
    ruling = Ruling(standing=Standing.PASSED, at=LONG_AGO)
    stream = Stream(fingerprint="0ld", first=a_copy(), since=LONG_AGO, ruling=ruling)
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as store:
        store.streams.begin(stream, a_mail(), 0)

        await pruning(Config(), store, ToldJournal())()

        assert store.streams.latest(9) == ()


async def test_a_mistake_ends_nothing() -> None:
    journal, stop, rounds = ToldJournal(), asyncio.Event(), list[int]()

    async def fail() -> None:
        rounds.append(1)
        stop.set()
        raise ValueError("a mistake")

    await keep_pruning(fail, journal, stop)

    assert rounds == [1]
    assert [event for event, _ in journal.told] == ["mistake"]
