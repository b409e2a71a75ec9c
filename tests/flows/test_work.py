"""The worker: whatever is due is sent, and no trouble ends it."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sendguard.errors import BadConfig, BadStore
from sendguard.flows.deliver import Delivered, Ending
from sendguard.flows.work import Working
from sendguard.ports.sending import Progress
from sendguard.send import Dispatch, State
from tests.fakes import StoppedClock
from tests.fakes_sending import a_dispatch


@dataclass
class DueOutbox:
    """The part of a `ports.sending.Outbox` that tells what is due; each item once."""

    looks: list[list[Dispatch] | BadStore]
    doubts: int = 0

    def recover(self, now: datetime) -> int:
        del now
        return self.doubts

    def due(self, now: datetime) -> tuple[Dispatch, ...]:
        del now
        look = self.looks.pop(0)
        if isinstance(look, BadStore):
            raise look
        return tuple(look)


@dataclass
class ToldJournal:
    events: list[str] = field(default_factory=list)

    def tell(self, event: str, **about: object) -> None:
        del about
        self.events.append(event)

    def warn(self, event: str, **about: object) -> None:
        self.tell(event, **about)


def ended(dispatch: Dispatch, ending: Ending = Ending.DONE, *, storm: bool = False) -> Delivered:
    progress = Progress(dispatch=dispatch, counts={State.SENT: 1})
    return Delivered(ending=ending, progress=progress, says="because", is_storm=storm)


@dataclass
class World:
    """A worker with what it works with; it is over once `looks` are used up."""

    looks: list[list[Dispatch] | BadStore]
    deliver: Callable[[Dispatch], Delivered] = ended
    doubts: int = 0
    journal: ToldJournal = field(default_factory=ToldJournal)
    turns: list[str] = field(default_factory=list)
    storms: list[Delivered] = field(default_factory=list)

    async def run(self) -> Working:
        stop, outbox = asyncio.Event(), DueOutbox(self.looks, self.doubts)

        async def deliver_one(dispatch: Dispatch, over: asyncio.Event) -> Delivered:
            del over
            self.turns.append(dispatch.campaign)
            return self.deliver(dispatch)

        async def on_storm(told: Delivered) -> None:
            self.storms.append(told)

        clock = StoppedClock()
        working = Working(outbox, clock, self.journal, deliver_one, on_storm)  # type: ignore[arg-type]
        task = asyncio.create_task(working.work(stop, 0.001))
        while outbox.looks:  # noqa: ASYNC110 - what it does is to look
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.02)
        stop.set()
        await task
        return working


def failing(*outcomes: Exception | Delivered) -> Callable[[Dispatch], Delivered]:
    left: Iterator[Exception | Delivered] = iter(outcomes)

    def deliver(dispatch: Dispatch) -> Delivered:
        del dispatch
        outcome = next(left)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return deliver


SPRING, AUTUMN = a_dispatch("spring"), a_dispatch("autumn")


async def test_what_is_due_is_sent_in_order() -> None:
    world = World([[SPRING, AUTUMN], []])

    await world.run()

    assert world.turns == ["spring", "autumn"]
    assert world.journal.events[:4] == ["delivering", "delivered"] * 2


async def test_a_store_that_is_lost_is_told_once_and_looked_for_again() -> None:
    lost = BadStore("is locked")
    world = World([lost, lost, [SPRING], []])

    await world.run()

    assert world.journal.events[:4] == ["outbox-lost", "outbox-back", "delivering", "delivered"]


async def test_one_that_cannot_be_made_is_left_alone_and_the_others_go_on() -> None:
    deliver = failing(BadConfig("no key"), ended(AUTUMN), ended(AUTUMN))
    world = World([[SPRING, AUTUMN], [SPRING, AUTUMN], []], deliver)

    await world.run()

    assert world.turns == ["spring", "autumn", "autumn"]
    assert "not-delivered" in world.journal.events


async def test_a_mistake_of_our_own_ends_nothing() -> None:
    world = World([[SPRING], [AUTUMN], []], failing(ValueError("oops"), ended(AUTUMN)))

    await world.run()

    assert world.turns == ["spring", "autumn"]
    assert "mistake" in world.journal.events


async def test_people_are_told_of_a_storm_and_not_of_what_they_paused() -> None:
    paused, storm = ended(SPRING, Ending.PAUSED), ended(AUTUMN, Ending.PAUSED, storm=True)
    world = World([[SPRING, AUTUMN], []], failing(paused, storm))

    await world.run()

    assert world.storms == [storm]
    assert world.journal.events.count("delivery-paused") == 2


async def test_a_mail_server_that_is_away_is_told_and_not_asked_at_every_look() -> None:
    world = World([[SPRING], [SPRING], []], failing(ended(SPRING, Ending.NO_RELAY)))

    working = await world.run()

    assert world.turns == ["spring"]
    assert working.condition.relay == "because"
