"""Kept messages, a real store and real servers: each arrives once, or it is told why not."""

import asyncio
import logging
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest

from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.flows.gateway.release import GROUP
from sendguard.gateway import Held, HeldState, Passage
from sendguard.ports.gateway import Entries
from sendguard.send import State
from sendguard.send.bounce import read_bounces
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_held, a_mail, a_stream
from tests.journeys.program import kill
from tests.journeys.releasing import next_hop, releasing
from tests.mail.counting import CountingServer, counting_server
from tests.mail.told import told_server
from tests.postgresql import Postgresql

log = logging.getLogger(__name__)
ROOT = Path(__file__).parents[2]
PROGRAM = "tests.journeys.releasing"


class HurriedClock:
    """A `ports.Clock` for which a minute is a tenth of a second."""

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.elapsed_s())

    def elapsed_s(self) -> float:
        return monotonic() * 600


def readers(count: int) -> list[str]:
    return [f"reader{number}@example.org" for number in range(count)]


def keep(store: SqlStore, *held: Held) -> None:
    """Keep messages of a campaign that passed."""
    store.streams.begin(a_stream(), a_mail(), 0)
    pending = [
        Passage(
            fingerprint=A_FINGERPRINT,
            key=address,
            address=address,
            message_id=None,
            state=State.PENDING,
        )
        for one in held
        for address in one.mail.recipients
    ]
    store.ledger.write(Entries(passages=pending, held=held))


def states(store: SqlStore) -> dict[str, State]:
    return {one.key: one.state for one in store.ledger.passages(A_FINGERPRINT, list(State))}


def is_done(store: SqlStore) -> bool:
    """Whether nothing is left but what is in doubt."""
    in_doubt = store.ledger.tally(A_FINGERPRINT).held.get(HeldState.IN_DOUBT, 0)
    return store.ledger.held_count() == in_doubt


async def released(
    store: SqlStore, port: int, meanwhile: Callable[[], Awaitable[None]] | None = None
) -> None:
    """Release all that is kept, whatever comes."""
    hop, stop = next_hop(port), asyncio.Event()
    world = releasing(store.ledger, store.streams, hop, HurriedClock())
    work = asyncio.create_task(world.work(stop))
    async with asyncio.timeout(20):
        if meanwhile:
            await meanwhile()
        while not is_done(store):  # noqa: ASYNC110 - of a store, which tells nobody
            await asyncio.sleep(0.01)
    stop.set()
    await work
    await hop.close()


def agrees(store: SqlStore, server: CountingServer) -> None:
    """Who got it got one, who waits got none, and only those in doubt may have one or none."""
    taken = server.taken()
    for reader, state in states(store).items():
        allowed = {State.SENT: {1}, State.IN_DOUBT: {0, 1}, State.SENDING: {0, 1}}
        assert taken[reader] in allowed.get(state, {0}), (reader, state, taken[reader])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as store:
        yield store


async def test_every_third_is_put_off_and_each_arrives_once(store: SqlStore) -> None:
    keep(store, *map(a_held, readers(60)))

    every_third = ["250 good", "250 good", "451 4.2.0 later"] * 20

    async with told_server(RCPT=[*every_third, "250 good"]) as server:
        await released(store, server.port)

    asked = [line for line in server.heard if line.startswith("RCPT")]
    assert len(asked) == 60 + 20
    assert len([one for one in server.taken if one]) == 60
    assert set(states(store).values()) == {State.SENT}


async def test_what_is_refused_comes_back_to_its_sender(store: SqlStore) -> None:
    keep(store, a_held(*readers(3)))

    async with told_server(RCPT=["250 good", "550 5.1.1 nobody", "250 good"]) as server:
        await released(store, server.port)

    (bounce,) = read_bounces(server.taken[1])
    assert (bounce.key, bounce.message_id) == ("reader1@example.org", "1@example.org")
    assert Counter(states(store).values()) == {State.SENT: 2, State.REFUSED: 1}
    assert "MAIL FROM:<>" in " ".join(server.heard)


async def test_a_next_hop_that_was_away_gets_everything_once(
    store: SqlStore, tmp_path: Path
) -> None:
    keep(store, *map(a_held, readers(100)))

    async with counting_server(tmp_path, "--pause", "0.01") as server:

        async def away() -> None:
            await server.until_taken(10)
            await server.kill()
            await asyncio.sleep(0.3)
            await server.start()

        await released(store, server.port, away)

    agrees(store, server)
    assert set(states(store).values()) <= {State.SENT, State.IN_DOUBT}
    assert len(server.copies()) >= 100 - 10


@dataclass(slots=True)
class Deaths:
    """Messages released by a process that is killed at any moment.

    Attributes:
        kills: How often it was.
        doubts, arrived: How many messages were in doubt, and how many of these had arrived.
    """

    here: Path
    new_database: Callable[[], str]
    chance: random.Random = field(default_factory=lambda: random.Random(42))  # noqa: S311 - no secret
    kills: int = 0
    doubts: int = 0
    arrived: int = 0

    async def die(self, times: int) -> None:
        """Release hundreds of messages again and again, until it was killed so often."""
        while self.kills < times:
            folder = self.here / uuid4().hex
            folder.mkdir()
            database = self.new_database() or f"sqlite:///{folder / 'sendguard.db'}"
            async with counting_server(folder, "--pause", "0.02") as server:
                with closing(open_store(database)) as store:
                    keep(store, *map(a_held, readers(150)))
                    await self._release(store, database, server, times)

    async def _release(
        self, store: SqlStore, database: str, server: CountingServer, times: int
    ) -> None:
        while self.kills < times and store.ledger.next_due():
            await self._dies(database, server)
            sending = store.ledger.tally(A_FINGERPRINT).held.get(HeldState.SENDING, 0)
            assert sending <= GROUP
            agrees(store, server)
        await released(store, server.port)
        agrees(store, server)
        in_doubt = [who for who, state in states(store).items() if state is State.IN_DOUBT]
        self.doubts += len(in_doubt)
        self.arrived += sum(server.taken()[who] for who in in_doubt)

    async def _dies(self, database: str, server: CountingServer) -> None:
        before = len(server.copies())
        command = (sys.executable, "-m", PROGRAM, database, str(server.port))
        running = await asyncio.create_subprocess_exec(*command, cwd=ROOT, start_new_session=True)
        await server.until_taken(before + 1)
        await asyncio.sleep(self.chance.uniform(0, 0.3))
        self.kills += running.returncode is None
        await kill(running)
        await server.until_calm()


async def test_killed_at_any_moment_it_loses_and_doubles_nothing(tmp_path: Path) -> None:
    deaths = Deaths(tmp_path, new_database=str)

    await deaths.die(2)

    assert deaths.kills == 2


@pytest.mark.soak
@pytest.mark.parametrize(("kind", "times"), [("sqlite", 100), ("postgresql", 50)])
async def test_a_hundred_kills(
    tmp_path: Path, postgresql: Postgresql, kind: str, times: int
) -> None:
    new = str if kind == "sqlite" else lambda: postgresql.new_database(f"held_{uuid4().hex}")
    deaths = Deaths(tmp_path, new_database=new)

    await deaths.die(times)

    log.info("%s: %r", kind, deaths)
    assert deaths.kills >= times
