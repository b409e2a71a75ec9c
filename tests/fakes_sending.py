"""Ports of sending for tests: an outbox in memory, and a relay that answers as it is told."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sendguard.errors import BadStore, RelayTrouble
from sendguard.ports.sending import Progress, Supply, Suppressed
from sendguard.send import (
    Accepted,
    Delivery,
    Dispatch,
    Going,
    Letter,
    Outcome,
    Reader,
    Reply,
    Settled,
    State,
)
from sendguard.send.bounce import Bounce
from tests.builders import NOON

TAKEN = Accepted(Reply(code=250, enhanced="2.0.0", text="queued"))


def a_dispatch(campaign: str = "spring") -> Dispatch:
    return Dispatch(
        campaign=campaign,
        series=None,
        path=f"campaigns/{campaign}",
        edition="sha256:1",
        columns=(),
        key="0" * 32,
        queued_at=NOON,
        id=1,
    )


def readers(count: int, domain: str = "example.org") -> list[Reader]:
    names = (f"reader{number}@{domain}" for number in range(count))
    return [Reader(key=name, address=name) for name in names]


@dataclass
class Row:
    delivery: Delivery
    state: State = State.PENDING
    owner: str | None = None
    due: datetime | None = None
    says: str = ""


@dataclass
class MemoryOutbox:
    """The part of a `ports.sending.Outbox` that a worker uses."""

    dispatch: Dispatch
    rows: dict[int, Row] = field(default_factory=dict)
    most_sending: int = 0
    begun: list[int] = field(default_factory=list)
    is_broken: bool = False
    begins_left: int | None = None
    leases_left: int | None = None
    dead: str | None = None
    busy: int = 0
    """So many more times somebody else has the store."""

    @classmethod
    def of(cls, people: Sequence[Reader]) -> "MemoryOutbox":
        made = (
            Delivery(id=number, reader=one, edition="sha256:1")
            for number, one in enumerate(people, start=1)
        )
        return cls(a_dispatch(), {one.id: Row(one) for one in made})

    def count(self, state: State) -> int:
        return sum(row.state is state for row in self.rows.values())

    def recover(self, now: datetime) -> int:
        del now
        self._wait()
        if self.dead:
            self.give_back(self.dead)
        return 0

    def lease(
        self, dispatch: Dispatch, worker: str, now: datetime, most: int
    ) -> tuple[Delivery, ...]:
        del dispatch
        self._wait()
        if self.leases_left == 0:
            raise BadStore("the disk is full")
        self.leases_left = self.leases_left and self.leases_left - 1
        if self.dispatch.going is not Going.OPEN:
            return ()
        free = [row for row in self.rows.values() if row.state is State.PENDING and not row.owner]
        due = [row for row in free if row.due is None or row.due <= now][:most]
        for row in due:
            row.owner = worker
        return tuple(row.delivery for row in due)

    def begin(
        self, worker: str, deliveries: Sequence[Delivery], now: datetime
    ) -> tuple[Delivery, ...]:
        if self.begins_left == 0:
            raise BadStore("the disk is full")
        self.begins_left = self.begins_left and self.begins_left - 1
        if self.dispatch.going is not Going.OPEN:
            return ()
        rows = [self.rows[one.id] for one in deliveries if self.rows[one.id].owner == worker]
        for row in rows:
            row.state = State.SENDING
            row.delivery = replace(row.delivery, tries=row.delivery.tries + 1, dated=now)
        self.begun.append(len(rows))
        self.most_sending = max(self.most_sending, self.count(State.SENDING))
        return tuple(row.delivery for row in rows)

    def settle(self, worker: str, settled: Sequence[Settled], now: datetime) -> None:
        del now
        if self.is_broken:
            raise BadStore("the disk is full")
        for one in settled:
            row = self.rows[one.id]
            assert row.owner == worker
            assert row.state is State.SENDING
            row.state, row.owner, row.due, row.says = one.state, None, one.due, one.says

    def turn(
        self, worker: str, settled: Sequence[Settled], deliveries: Sequence[Delivery], now: datetime
    ) -> tuple[Delivery, ...]:
        self._wait()
        if deliveries and self.begins_left == 0:
            raise BadStore("the disk is full")
        self.settle(worker, settled, now)
        return self.begin(worker, deliveries, now) if deliveries else ()

    def give_back(self, worker: str) -> None:
        self._wait()
        for row in self.rows.values():
            if row.owner == worker and row.state is State.PENDING:
                row.owner = None

    def pause(self, dispatch: Dispatch, why: str) -> None:
        del dispatch
        self.dispatch = replace(self.dispatch, going=Going.PAUSED, why=why)

    def _wait(self) -> None:
        if self.busy:
            self.busy -= 1
            raise BadStore("somebody else has been writing to it for 5 s")

    def progress(self, campaign: str | None = None) -> tuple[Progress, ...]:
        del campaign
        counts = Counter(row.state for row in self.rows.values())
        pending = [row.due or NOON for row in self.rows.values() if row.state is State.PENDING]
        due = min(pending, default=None)
        return (Progress(dispatch=self.dispatch, counts=counts, next_due=due),)


@dataclass
class ToldRelay:
    """A `ports.sending.Relay` with some connections that answers as it is told."""

    answer: Callable[[Letter], Outcome] = lambda _: TAKEN
    connections: int = 4
    on_sent: Callable[[int], None] = lambda _: None
    trouble: str | None = None
    sent: list[str] = field(default_factory=list)

    async def carry(self, supply: Supply) -> None:
        if self.trouble:
            raise RelayTrouble(self.trouble)
        async with asyncio.TaskGroup() as group:
            for _ in range(self.connections):
                group.create_task(self._connection(supply))

    async def _connection(self, supply: Supply) -> None:
        while not supply.is_over:
            letter = supply.take()
            if letter is None:
                await supply.wait()
                continue
            await asyncio.sleep(0)
            self.sent.append(letter.recipient)
            supply.settle(letter, self.answer(letter))
            self.on_sent(len(self.sent))


class MemorySuppressions:
    """A `ports.sending.Suppressions` that takes every bounce for one of its deliveries."""

    def __init__(self) -> None:
        self.kept: dict[str, Suppressed] = {}
        self.returned: list[Bounce] = []

    def add(self, suppressed: Iterable[Suppressed]) -> int:
        before = len(self.kept)
        for one in suppressed:
            self.kept.setdefault(one.key, one)
        return len(self.kept) - before

    def bounced(self, bounces: Iterable[Bounce], now: datetime) -> int:
        some = list(bounces)
        self.returned += some
        gone = [one for one in some if one.is_of_mailbox]
        self.add(Suppressed(key=one.key, why="bounced", at=now, says=one.says) for one in gone)
        return len(some)

    def among(self, keys: Collection[str]) -> frozenset[str]:
        return frozenset(keys) & self.kept.keys()

    def count(self) -> int:
        return len(self.kept)
