"""Gateways that are killed at random while ten programs hand newsletters in, and then counted."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.gateway import HeldState, Passage, Standing
from sendguard.send import State
from tests.journeys.gatehouse import until_open
from tests.journeys.mailing import TITLES, article
from tests.journeys.program import kill
from tests.journeys.serving import Serving, serving
from tests.mail.counting import Copy, CountingServer, Point, counting_server
from tests.mail.persistent import Senders
from tests.mail.ports import free_ports
from tests.servers import site

MODES = ("hold", "defer", "wait")
POINTS: Sequence[Point] = ("data", "dot", "taken", "answered")
AT_A_POINT = 0.4
"""The share of kills while the next hop is about to do something; the others come at any moment."""
RECORDED = frozenset({State.SENT, State.IN_DOUBT})
LONGEST_S = 90
_ALL = tuple(State)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A gateway that can be started and killed again and again.

    Attributes:
        here: Its folder.
        ports: Of its listeners.
        database: Of its store, which several may share.
    """

    here: Path
    ports: Sequence[int]
    database: str

    @classmethod
    def made(cls, here: Path, database: str, hop: int, web: int, **settings: object) -> "House":
        """One that is not running yet."""
        here.mkdir()
        ports = free_ports(len(MODES))
        listeners = [
            {"listen": f"127.0.0.1:{port}", "mode": mode}
            for port, mode in zip(ports, MODES, strict=True)
        ]
        next_hop = f"127.0.0.1:{hop}"
        config = {
            "visit": {"connect_to": {"navigator.example:80": f"127.0.0.1:{web}"}},
            "watch": {"listen": None},
            "log": "json",
            "database": database,
            "gateway": {"listeners": listeners, "next_hop": next_hop, **settings},
        }
        (here / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
        return cls(here=here, ports=ports, database=database)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Serving]:
        """In here it runs, and answers at its ports."""
        async with serving(self.here, only="gateway") as it:
            await until_open(self.ports, it)
            yield it


@dataclass(slots=True)
class Tally:
    """What came of it.

    Attributes:
        kills: How often a gateway was killed.
        amid: How many of them fell amid a hold, a check, a release, or the handing on of a session.
        messages: Handed in, and taken in the end.
        unanswered: Tries whose connection died behind the final dot.
        second: Copies that came in a second time, each after such a try.
        in_doubt, arrived: Recipients in doubt in the end, and how many of them had a copy.
    """

    kills: int = 0
    amid: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    unanswered: int = 0
    second: int = 0
    in_doubt: int = 0
    arrived: int = 0


@dataclass(slots=True)
class GateDeaths:
    """Rounds of kills, each with a store and a next hop of its own.

    Attributes:
        here: Where each round gets a folder.
        new_database: The address of another store; nothing for SQLite in that folder.
        houses: So many gateways on one store.
    """

    here: Path
    new_database: Callable[[], str] = str
    houses: int = 1
    longest_s: float = 2.0
    chance: random.Random = field(default_factory=lambda: random.Random(42))  # noqa: S311 - no secret
    tally: Tally = field(default_factory=Tally)
    rounds: int = 0

    async def die(self, times: int, *, each_round: int = 10) -> None:
        """Kill so often, and count at the end of each round."""
        while times > 0:
            await self._round(min(times, each_round))
            times -= each_round

    async def _round(self, kills: int) -> None:
        self.rounds += 1
        here = self.here / f"round{self.rounds}"
        here.mkdir()
        database = self.new_database() or f"sqlite:///{here / 'sendguard.db'}"
        pages = {path: article(title) for path, title in TITLES.items()}
        async with counting_server(here, "--pause", "0.01") as hop, site(pages) as web:
            houses = [
                House.made(here / f"house{number}", database, hop.port, web.port)
                for number in range(self.houses)
            ]
            senders = Senders([port for house in houses for port in house.ports])
            await self._kill(houses, hop, senders, kills)
            count(self.tally, database, hop, senders)

    async def _kill(
        self, houses: Sequence[House], hop: CountingServer, senders: Senders, kills: int
    ) -> None:
        sending = asyncio.create_task(senders.work())
        deaths = [
            kills // len(houses) + (place < kills % len(houses)) for place in range(len(houses))
        ]
        try:
            async with asyncio.TaskGroup() as group:
                for house, times in zip(houses, deaths, strict=True):
                    group.create_task(self._live_and_die(house, hop, times))
            senders.end()
            await bring_to_an_end(houses, sending)
        finally:
            sending.cancel()

    async def _live_and_die(self, house: House, hop: CountingServer, times: int) -> None:
        for _ in range(times):
            async with house.open() as it:
                await self._until_a_moment(hop)
                await kill(it.process)
            self.tally.kills += 1
            await hop.go()
            with closing(open_store(house.database)) as store:
                self.tally.amid.update(amid(store))
                nobody_got_it_unrecorded(hop, store)

    async def _until_a_moment(self, hop: CountingServer) -> None:
        if self.houses == 1 and self.chance.random() < AT_A_POINT:
            await hop.hold(self.chance.choice(POINTS), self.chance.randint(1, 60))
            with suppress(TimeoutError):
                async with asyncio.timeout(5):
                    await hop.until_held()
        else:
            await asyncio.sleep(self.chance.uniform(0, self.longest_s))


async def bring_to_an_end(houses: Sequence[House], sending: "asyncio.Task[None]") -> list[Serving]:
    """All that was begun is handed in, and all that is kept goes out; what the gateways told."""
    async with _all_open(houses) as serving:
        async with asyncio.timeout(LONGEST_S):
            await sending
            with closing(open_store(houses[0].database)) as store:
                while not _is_out(store):  # noqa: ASYNC110 - of a store, which tells nobody
                    await asyncio.sleep(0.05)
        for one in serving:
            assert await one.end() == 0
            assert not one.of("mistake"), "".join(one.raw)
        return serving


@asynccontextmanager
async def _all_open(houses: Sequence[House]) -> AsyncIterator[list[Serving]]:
    if not houses:
        yield []
        return
    async with houses[0].open() as one, _all_open(houses[1:]) as others:
        yield [one, *others]


def _is_out(store: SqlStore) -> bool:
    kept = [one.state for one in store.ledger.held(None, 100_000)]
    on_the_wire = [one for one in passages(store) if one.state is State.SENDING]
    return set(kept) <= {HeldState.IN_DOUBT} and not on_the_wire


def passages(store: SqlStore) -> Iterator[Passage]:
    """Of all campaigns."""
    for stream in store.streams.latest(100_000):
        yield from store.ledger.passages(stream.fingerprint, _ALL)


def amid(store: SqlStore) -> Iterator[str]:
    """What was going on when the gateway of a store was killed."""
    kept = {one.state for one in store.ledger.held(None, 100_000)}
    sending = sum(one.state is State.SENDING for one in passages(store))
    released = [one for one in store.ledger.held(None, 100_000) if one.state is HeldState.SENDING]
    if any(one.standing is Standing.CHECKING for one in store.streams.latest(100_000)):
        yield "check"
    if HeldState.HELD in kept:
        yield "hold"
    if released:
        yield "release"
    if sending > len(released):
        yield "session"


def nobody_got_it_unrecorded(hop: CountingServer, store: SqlStore) -> None:
    """Whoever has a copy is written down as one who may have it."""
    arrived = _by_name(hop)
    states = {one.message_id: one.state for one in passages(store)}
    for name in arrived:
        assert states.get(name) in RECORDED | {State.SENDING}, (name, states.get(name))


def count(tally: Tally, database: str, hop: CountingServer, senders: Senders) -> None:
    """Hold what arrived against what the senders know, and what the store says."""
    arrived = _by_name(hop)
    with closing(open_store(database)) as store:
        nobody_got_it_unrecorded(hop, store)
        states = {one.message_id: one.state for one in passages(store)}
    for errand in senders.errands:
        got, state = arrived.pop(errand.name, []), states[errand.name]
        assert errand.is_taken
        assert state in RECORDED, (errand, state)
        assert got or state is State.IN_DOUBT, f"{errand.name} is lost"
        assert len(got) <= 1 + errand.unanswered, (errand, got)
        assert len({copy.digest for copy in got}) <= 1
        tally.second += max(0, len(got) - 1)
        tally.in_doubt += state is State.IN_DOUBT
        tally.arrived += bool(got) and state is State.IN_DOUBT
    assert not arrived
    tally.messages += len(senders.errands)
    tally.unanswered += sum(errand.unanswered for errand in senders.errands)


def _by_name(hop: CountingServer) -> dict[str, list[Copy]]:
    found = defaultdict[str, list[Copy]](list)
    for copy in hop.copies():
        found[copy.message_id.strip("<>")].append(copy)
    return found
