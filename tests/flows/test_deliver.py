"""Deliveries: begun in small groups, at a pace, settled, and stopped when it is time."""

import asyncio
from collections.abc import Mapping
from typing import cast

import pytest

from sendguard.errors import BadConfig, BadStore
from sendguard.flows.deliver import Delivered, Ending, deliver
from sendguard.flows.supply import GROUP, MOST_BYTES, Cast, Equipment, group_of
from sendguard.ports.sending import Outbox
from sendguard.send import (
    Deferred,
    Delivery,
    Letter,
    NotSent,
    Outcome,
    Refused,
    Reply,
    State,
    Unanswered,
)
from sendguard.send.pace import Limits
from tests.builders import NOON
from tests.fakes import SetClock
from tests.fakes_sending import MemoryOutbox, ToldRelay, readers

LATER = Deferred(Reply(code=451, enhanced="4.7.1", text="come back"))
POLICY = Refused(Reply(code=554, enhanced="5.7.1", text="spam"))


def a_letter(delivery: Delivery) -> Letter:
    address = delivery.reader.address
    return Letter(id=delivery.id, sender="news@example.org", recipient=address, data=b"Hello\r\n")


async def delivered(  # noqa: PLR0913 - what matters to one test or another
    outbox: MemoryOutbox,
    relay: ToldRelay,
    *,
    stop: asyncio.Event | None = None,
    limits: Limits | None = None,
    clock: SetClock | None = None,
    cast_letter: Cast = a_letter,
    longest_wait_s: float = 0.0,
    group: int = GROUP,
) -> Delivered:
    ended, _ = await watched(
        outbox,
        relay,
        stop=stop,
        limits=limits,
        clock=clock,
        cast_letter=cast_letter,
        longest_wait_s=longest_wait_s,
        group=group,
    )
    return ended


async def watched(  # noqa: PLR0913 - as above
    outbox: MemoryOutbox,
    relay: ToldRelay,
    *,
    stop: asyncio.Event | None = None,
    limits: Limits | None = None,
    clock: SetClock | None = None,
    cast_letter: Cast = a_letter,
    longest_wait_s: float = 0.0,
    group: int = GROUP,
) -> tuple[Delivered, list[Mapping[State, int]]]:
    heard: list[Mapping[State, int]] = []
    equipment = Equipment(
        outbox=cast("Outbox", outbox),
        relay=relay,
        clock=clock or SetClock(),
        worker="one",
        cast=cast_letter,
        limits=limits or Limits(),
        group=group,
    )
    stopping = stop or asyncio.Event()
    ended = await deliver(outbox.dispatch, equipment, heard.append, stopping, longest_wait_s)
    return ended, heard


async def test_everybody_gets_one() -> None:
    outbox, relay = MemoryOutbox.of(readers(1_234)), ToldRelay()

    ended = await delivered(outbox, relay)

    assert ended.ending is Ending.DONE
    assert sorted(relay.sent) == sorted(row.delivery.reader.key for row in outbox.rows.values())
    assert outbox.count(State.SENT) == 1_234


async def test_no_more_than_fifty_are_begun_at_once_and_no_more_than_a_hundred_are_open() -> None:
    outbox = MemoryOutbox.of(readers(1_000))

    await delivered(outbox, ToldRelay())

    assert max(outbox.begun) == 50
    assert outbox.most_sending <= 100


async def test_of_large_letters_fewer_are_begun_at_once() -> None:
    outbox = MemoryOutbox.of(readers(30))

    await delivered(outbox, ToldRelay(), group=group_of(MOST_BYTES // 4))

    assert (max(outbox.begun), outbox.count(State.SENT)) == (4, 30)


@pytest.mark.parametrize(("size", "group"), [(0, GROUP), (20_000, GROUP), (10 * MOST_BYTES, 1)])
def test_a_group_has_no_more_letters_than_memory_holds(size: int, group: int) -> None:
    assert group_of(size) == group


async def test_an_interrupt_leaves_the_rest_pending_and_none_in_doubt() -> None:
    outbox, stop = MemoryOutbox.of(readers(1_000)), asyncio.Event()
    relay = ToldRelay(on_sent=lambda count: stop.set() if count == 120 else None)

    ended = await delivered(outbox, relay, stop=stop)

    assert ended.ending is Ending.INTERRUPTED
    assert outbox.count(State.SENT) == len(relay.sent) < 1_000
    assert outbox.count(State.PENDING) == 1_000 - len(relay.sent)
    assert not any(row.owner for row in outbox.rows.values())


async def test_what_was_put_off_is_due_a_minute_later() -> None:
    outbox, relay = MemoryOutbox.of(readers(1)), ToldRelay(answer=lambda _: LATER)

    ended = await delivered(outbox, relay)

    assert ended.ending is Ending.WAITING
    due = outbox.rows[1].due
    assert due is not None
    assert (due - NOON).total_seconds() == 60.0


async def test_what_was_put_off_too_often_is_given_up() -> None:
    outbox = MemoryOutbox.of(readers(1))
    outbox.rows[1].delivery = Delivery(id=1, reader=readers(1)[0], edition="", tries=23)

    await delivered(outbox, ToldRelay(answer=lambda _: LATER))

    assert outbox.rows[1].state is State.REFUSED
    assert outbox.rows[1].says == "given up after many tries: 451 4.7.1 come back"


async def test_a_storm_of_refusals_pauses_the_dispatch_and_says_why() -> None:
    outbox, relay = MemoryOutbox.of(readers(1_000)), ToldRelay(answer=lambda _: POLICY)

    ended = await delivered(outbox, relay)

    assert ended.ending is Ending.PAUSED
    assert "554 5.7.1 spam" in (ended.says or "")
    assert outbox.count(State.PENDING) > 900


async def test_what_nobody_can_know_is_in_doubt_and_left_alone() -> None:
    outbox = MemoryOutbox.of(readers(2))
    relay = ToldRelay(answer=lambda _: Unanswered("the connection died"))

    ended = await delivered(outbox, relay)

    assert ended.ending is Ending.DONE
    assert outbox.count(State.IN_DOUBT) == 2


async def test_a_server_that_makes_no_sense_leaves_few_in_doubt() -> None:
    outbox = MemoryOutbox.of(readers(1_000))
    relay = ToldRelay(answer=lambda _: Unanswered("what is no reply", is_garbled=True))

    ended = await delivered(outbox, relay)

    assert (ended.ending, ended.is_storm) == (Ending.PAUSED, True)
    assert "what is no reply" in (ended.says or "")
    assert outbox.count(State.IN_DOUBT) <= 10  # with those on the other connections


async def test_what_surely_did_not_go_out_goes_out_later() -> None:
    outbox, tried = MemoryOutbox.of(readers(1)), list[str]()

    def answer(letter: Letter) -> Outcome:
        tried.append(letter.recipient)
        return NotSent("reset") if len(tried) == 1 else LATER

    await delivered(outbox, ToldRelay(answer=answer))

    assert len(tried) == 2


async def test_without_a_relay_nothing_is_begun_for_good() -> None:
    outbox, relay = MemoryOutbox.of(readers(10)), ToldRelay(trouble="no server there")

    ended = await delivered(outbox, relay)

    assert ended.ending is Ending.NO_RELAY
    assert ended.says == "no server there"
    assert outbox.count(State.PENDING) == 10


async def test_a_pause_by_somebody_else_is_heeded() -> None:
    outbox = MemoryOutbox.of(readers(1_000))

    def pause(count: int) -> None:
        if count == 60:
            outbox.pause(outbox.dispatch, "by hand")

    ended = await delivered(outbox, ToldRelay(on_sent=pause))

    assert ended.ending is Ending.PAUSED
    assert outbox.count(State.SENDING) == 0
    assert outbox.count(State.SENT) <= 160


async def test_a_slow_domain_holds_up_no_other() -> None:
    people = [*readers(100, "slow.example"), *readers(100)]
    outbox, stop = MemoryOutbox.of(people), asyncio.Event()

    def enough(count: int) -> None:
        if count == 101:
            stop.set()

    await delivered(
        outbox, relay := ToldRelay(on_sent=enough), limits=Limits(per_hour_to={"slow.example": 1}),
        stop=stop,
    )  # fmt: skip

    assert sum(one.endswith("@slow.example") for one in relay.sent) == 1
    assert len(relay.sent) == 101


class Hurrying(SetClock):
    """Nobody has patience for long."""

    def elapsed_s(self) -> float:
        self.pass_by(10.0)
        return super().elapsed_s()


async def test_a_store_that_fails_stops_the_sending() -> None:
    outbox = MemoryOutbox.of(readers(1_000))

    def fail(count: int) -> None:
        outbox.is_broken = outbox.is_broken or count == 10

    with pytest.raises(BadStore):
        await delivered(outbox, ToldRelay(on_sent=fail), clock=Hurrying())

    assert outbox.count(State.SENDING) <= 100


@pytest.mark.parametrize(("leases", "begins"), [(1, None), (None, 3)])
async def test_where_no_more_can_be_begun_what_is_on_the_wire_is_written_down(
    leases: int | None, begins: int | None
) -> None:
    outbox, relay = MemoryOutbox.of(readers(1_000)), ToldRelay()
    outbox.leases_left, outbox.begins_left = leases, begins

    with pytest.raises(BadStore, match="the disk is full"):
        await delivered(outbox, relay, clock=Hurrying())

    assert outbox.count(State.SENDING) == 0
    assert outbox.count(State.SENT) == len(relay.sent) > 0


async def test_where_no_letter_can_be_made_nobody_is_in_doubt() -> None:
    def fail(_: Delivery) -> Letter:
        raise BadConfig("the key cannot be read")

    outbox = MemoryOutbox.of(readers(100))

    with pytest.raises(BadConfig):
        await delivered(outbox, ToldRelay(), cast_letter=fail)

    assert outbox.count(State.PENDING) == 100
    assert not any(row.owner for row in outbox.rows.values())


async def test_what_a_worker_held_that_died_meanwhile_is_sent_by_the_other() -> None:
    outbox = MemoryOutbox.of(readers(3))
    outbox.rows[2].owner = "another"

    def die(count: int) -> None:
        if count == 2:
            outbox.dead = "another"

    await delivered(outbox, ToldRelay(on_sent=die), longest_wait_s=5.0)

    assert outbox.count(State.SENT) == 3


async def test_a_store_that_is_busy_holds_the_sending_up_and_nobody_is_lost() -> None:
    outbox = MemoryOutbox.of(readers(300))
    outbox.busy = 1

    def make_busy(count: int) -> None:
        if count in {100, 300}:
            outbox.busy = 1

    ended = await delivered(outbox, relay := ToldRelay(on_sent=make_busy))

    assert ended.ending is Ending.DONE
    assert outbox.count(State.SENT) == len(relay.sent) == 300
    assert not any(row.owner for row in outbox.rows.values())


async def test_whoever_watches_hears_of_everything() -> None:
    outbox = MemoryOutbox.of(readers(120))

    _, told = await watched(outbox, ToldRelay())

    assert told[-1][State.SENT] == 120
    assert all(sum(counts.values()) == 120 for counts in told)
