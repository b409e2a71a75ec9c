"""What many sessions want written down goes into one commit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from sendguard.errors import BadStore
from sendguard.flows.gateway.book import Book
from sendguard.gateway import Passage
from sendguard.ports.gateway import Entries
from sendguard.send import State
from tests.fakes import StoppedClock
from tests.fakes_gateway import A_FINGERPRINT, MemoryLedger, a_stream
from tests.flows.watched import ToldJournal


def a_passage(name: str) -> Passage:
    return Passage(
        fingerprint=A_FINGERPRINT,
        key=f"{name}@example.org",
        address=f"{name}@example.org",
        message_id=None,
        state=State.SENDING,
    )


class StumblingLedger(MemoryLedger):
    """Meets a mistake of its own with one reader."""

    def write(self, entries: Entries) -> frozenset[str]:
        if any(one.key.startswith("bad") for one in entries.passages):
            raise KeyError("bad")
        return super().write(entries)


@asynccontextmanager
async def a_book() -> AsyncIterator[tuple[Book, MemoryLedger]]:
    ledger = MemoryLedger({A_FINGERPRINT: a_stream()})
    book = Book(ledger, StoppedClock(), ToldJournal(), "us")
    working = asyncio.create_task(book.work())
    yield book, ledger
    ledger.trouble = None
    await book.close(working)


async def test_what_comes_at_once_is_one_commit() -> None:
    async with a_book() as (book, ledger):
        await asyncio.gather(*(book.enter([a_passage(f"r{number}")]) for number in range(100)))

        assert len(ledger.rows) == 100
        assert ledger.commits <= 3


async def test_who_could_not_be_written_down_hears_of_it() -> None:
    async with a_book() as (book, ledger):
        ledger.trouble = "the disk is full"

        with pytest.raises(BadStore):
            await book.enter([a_passage("ada")])


async def test_after_a_trouble_it_goes_on() -> None:
    async with a_book() as (book, ledger):
        ledger.trouble = "the disk is full"
        with pytest.raises(BadStore):
            await book.enter([a_passage("ada")])
        ledger.trouble = None

        await book.enter([a_passage("bob")])

        assert list(ledger.states()) == ["bob@example.org"]


async def test_what_became_of_it_is_written_down_by_and_by() -> None:
    async with a_book() as (book, ledger):
        await book.enter([a_passage("ada")])

        book.settle({(A_FINGERPRINT, "ada@example.org"): State.SENT})
        async with asyncio.timeout(60):
            while ledger.states() != {"ada@example.org": State.SENT}:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.01)

        assert ledger.states() == {"ada@example.org": State.SENT}


async def test_what_became_of_it_survives_a_trouble_of_the_store() -> None:
    async with a_book() as (book, ledger):
        await book.enter([a_passage("ada")])
        book.settle({(A_FINGERPRINT, "ada@example.org"): State.SENT})
        ledger.trouble = "the disk is full"
        with pytest.raises(BadStore):
            await book.enter([a_passage("bob")])
        ledger.trouble = None

        await book.enter([a_passage("bob")])

        assert ledger.states()["ada@example.org"] is State.SENT


async def test_a_mistake_with_one_is_no_trouble_of_the_others() -> None:
    ledger = StumblingLedger({A_FINGERPRINT: a_stream()})
    book = Book(ledger, StoppedClock(), ToldJournal(), "us")
    working = asyncio.create_task(book.work())

    entered = [book.enter([a_passage(name)]) for name in ("ada", "bad", "cy")]
    results = await asyncio.gather(*entered, return_exceptions=True)

    assert list(map(type, results)) == [frozenset, KeyError, frozenset]
    assert list(ledger.states()) == ["ada@example.org", "cy@example.org"]
    await book.close(working)


async def test_what_is_left_is_written_down_at_the_end() -> None:
    async with a_book() as (book, ledger):
        await book.enter([a_passage("ada")])
        book.settle({(A_FINGERPRINT, "ada@example.org"): State.SENT})

    assert ledger.states() == {"ada@example.org": State.SENT}
