"""Kept messages go out: each once, none lost, and no trouble ends it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sendguard.config.gateway import Gateway
from sendguard.errors import BadStore
from sendguard.flows.gateway.handing_on import SOON, Equipment, Outgoing, as_it_came
from sendguard.flows.gateway.release import GROUP, Releasing
from sendguard.flows.gateway.studies import KeptBack, NotYet
from sendguard.gateway import Ended, Held, HeldState, Mail, Ruling, Standing, Stream
from sendguard.ports.gateway import Handed
from sendguard.send import Deferred, NotSent, Outcome, Refused, Reply, State, Unanswered
from sendguard.watch import Notice
from tests.builders import NOON
from tests.fakes import SetClock
from tests.fakes_gateway import (
    A_FINGERPRINT,
    TAKEN,
    MemoryLedger,
    MemoryStreams,
    ToldNextHop,
    a_held,
    a_mail,
    a_stream,
)
from tests.flows.watched import ToldJournal

BUSY = Deferred(Reply(code=451, enhanced="4.3.0", text="try later"))
UNKNOWN = Refused(Reply(code=550, enhanced="5.1.1", text="no such user"))
NOBODY = NotSent("there is nobody")
DENIED = Refused(Reply(code=554, enhanced="5.7.1", text="relay access denied"))


def some(count: int) -> list[Held]:
    return [a_held(f"reader{number}@example.org") for number in range(count)]


def readers(count: int) -> list[str]:
    return [f"reader{number}@example.org" for number in range(count)]


@dataclass
class LostStreams(MemoryStreams):
    """Those that cannot be read so many times."""

    lost: int = 0

    def find(self, fingerprint: str) -> Stream | None:
        if self.lost:
            self.lost -= 1
            raise BadStore("is locked")
        return super().find(fingerprint)


@dataclass
class StumblingLedger(MemoryLedger):
    """Meets a mistake of its own where it is to be settled that this reader got it."""

    bad: str = ""

    def settle(self, holder: str, ended: Sequence[Ended]) -> None:
        if any(one.states.get(self.bad) is State.SENT for one in ended):
            raise KeyError(self.bad)
        super().settle(holder, ended)


@dataclass
class World:
    """Messages of one campaign, and what releases them."""

    held: list[Held]
    stream: Stream = field(default_factory=a_stream)
    hop: ToldNextHop = field(default_factory=ToldNextHop)
    outgoing: Outgoing = as_it_came
    most_bytes: int = 1_000_000
    goodbye_s: float = 60.0
    lost_streams: int = 0
    clock: SetClock = field(default_factory=SetClock)
    journal: ToldJournal = field(default_factory=ToldJournal)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    told: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger = StumblingLedger.of(self.stream, *self.held)
        self.streams = LostStreams(self.ledger, lost=self.lost_streams)
        self.releasing = self._releasing("us")

    def share(self, other: "World") -> None:
        """Work with the store of another one, in the name of another process."""
        self.ledger, self.streams = other.ledger, other.streams
        self.releasing = self._releasing("them")

    def stumble_over(self, reader: str) -> None:
        """Nobody can write down that this one got it."""
        assert isinstance(self.ledger, StumblingLedger)
        self.ledger.bad = reader

    def _releasing(self, holder: str) -> Releasing:
        equipment = Equipment(
            ledger=self.ledger,
            streams=self.streams,
            next_hop=self.hop,
            clock=self.clock,
            journal=self.journal,
            config=Gateway(at_once=8),
            holder=holder,
            host="gate.example.org",
            outgoing=self.outgoing,
            tell_people=self.told.append,
        )
        return Releasing(equipment, most_bytes=self.most_bytes, goodbye_s=self.goodbye_s)

    async def until(self, is_so: Callable[[], object], *, pace_s: float = 1) -> None:
        """Work, `pace_s` passing by in a moment, until something is so; then stop."""
        work = asyncio.create_task(self.releasing.work(self.stop))
        try:
            async with asyncio.timeout(60):
                while not is_so():
                    self.clock.pass_by(pace_s)
                    self.releasing.wake()
                    await asyncio.sleep(0.001)
        finally:
            self.stop.set()
            await work

    @property
    def is_empty(self) -> bool:
        return not self.ledger.kept

    def kept(self) -> list[tuple[HeldState, tuple[str, ...]]]:
        return [(one.state, one.mail.recipients) for one in self.ledger.kept.values()]


async def test_everyone_gets_what_is_due_once() -> None:
    world = World(some(120))

    await world.until(lambda: world.is_empty)

    assert sorted(world.hop.reached) == sorted(readers(120))
    assert set(world.ledger.states().values()) == {State.SENT}


async def test_a_group_is_taken_at_a_time_and_half_the_connections_are_left_to_others() -> None:
    world = World(some(120), hop=ToldNextHop(took_s=0.001))

    await world.until(lambda: world.is_empty)

    assert world.ledger.most_taken <= GROUP
    assert world.hop.most_at_once == 4


async def test_large_messages_are_taken_a_few_at_a_time() -> None:
    large = a_held(mail=a_mail(text="x" * 4_000))
    world = World([large] * 10, most_bytes=10_000)

    await world.until(lambda: world.is_empty)

    assert len(world.hop.got) == 10
    assert world.ledger.most_taken <= 2


async def test_two_that_release_from_one_store_send_nothing_twice() -> None:
    one, other = World(some(120)), World([])
    other.share(one)

    await asyncio.gather(one.until(lambda: one.is_empty), other.until(lambda: one.is_empty))

    assert sorted(one.hop.reached + other.hop.reached) == sorted(readers(120))
    assert one.hop.got
    assert other.hop.got


async def test_what_is_released_goes_out_at_once() -> None:
    held = [replace(one, state=HeldState.HELD) for one in some(3)]
    world = World(held, a_stream(Standing.BLOCKED))
    work = asyncio.create_task(world.releasing.work(world.stop))
    await asyncio.sleep(0.02)
    before = len(world.hop.got)

    ruling = Ruling(standing=Standing.APPROVED, at=NOON, by="Ada")
    world.streams.rule(A_FINGERPRINT, ruling, {Standing.BLOCKED})
    world.releasing.wake()
    async with asyncio.timeout(60):
        while len(world.hop.got) < 3:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.001)

    assert (before, len(world.hop.got)) == (0, 3)
    world.stop.set()
    await work


async def test_every_third_is_put_off_and_tried_again_later() -> None:
    tries: dict[str, int] = {}

    def answer(_: Mail, who: str) -> Outcome:
        tries[who] = tries.get(who, 0) + 1
        return BUSY if len(tries) % 3 == 0 and tries[who] == 1 else TAKEN

    world = World(some(30), hop=ToldNextHop(answer))

    await world.until(lambda: world.is_empty)

    assert sorted(world.hop.reached) == sorted(readers(30))
    assert sum(tries.values()) == 40


async def test_a_next_hop_that_is_away_costs_no_message_a_try_and_meets_no_storm() -> None:
    world = World(some(200))

    def answer(*_: object) -> Outcome:
        return NOBODY if world.clock.elapsed_s() < 600 else TAKEN

    world.hop.answer = answer

    await world.until(lambda: world.is_empty)

    assert sorted(world.hop.reached) == sorted(readers(200))
    assert len(world.hop.tried) < 200 + GROUP + 30
    events = [event for event, _ in world.journal.lines]
    assert events == ["next-hop-lost", "next-hop-back"]
    assert [bool(trouble) for trouble in world.ledger.troubles][:2] == [False, True]
    assert world.ledger.troubles[-1] is None


async def test_who_sent_it_is_told_what_was_refused() -> None:
    answers: dict[str, Outcome] = {"ada@example.org": TAKEN, "bob@example.org": UNKNOWN}
    mail = a_mail(*answers)
    world = World([a_held(mail=mail)])
    world.hop.answer = lambda _, who: answers.get(who, TAKEN)

    await world.until(lambda: world.is_empty)

    sent, notice = world.hop.got
    assert sent == replace(mail, recipients=("ada@example.org",))
    assert (notice.sender, notice.recipients) == ("", ("news@example.org",))
    assert b"bob@example.org" in notice.data
    assert world.ledger.states()["bob@example.org"] is State.REFUSED


async def test_a_notice_that_nobody_takes_is_dropped_and_written_down() -> None:
    world = World(some(1), hop=ToldNextHop(lambda *_: UNKNOWN))

    await world.until(lambda: world.is_empty)

    assert len(world.hop.tried) == 2
    assert [event for event, _ in world.journal.lines] == ["returned-to-sender", "not-returned"]


async def test_what_may_have_arrived_is_never_sent_again() -> None:
    world = World(some(1), hop=ToldNextHop(lambda *_: Unanswered("it hung up")))

    await world.until(lambda: world.clock.elapsed_s() > 100)

    assert world.kept() == [(HeldState.IN_DOUBT, ("reader0@example.org",))]
    assert len(world.hop.tried) == 1


async def test_a_server_that_never_answers_leaves_few_in_doubt() -> None:
    world = World(some(100), hop=ToldNextHop(lambda *_: Unanswered("it hung up")))

    await world.until(lambda: world.clock.elapsed_s() > 100)

    in_doubt = [state for state, _ in world.kept() if state is HeldState.IN_DOUBT]
    assert len(in_doubt) <= GROUP + 10


async def test_what_a_dead_process_was_sending_is_in_doubt() -> None:
    world = World(some(2))
    world.ledger.keep_alive("dead", NOON)
    world.ledger.take("dead", NOON, 1, 1_000)

    await world.until(lambda: len(world.ledger.kept) == 1)

    assert world.kept() == [(HeldState.IN_DOUBT, ("reader0@example.org",))]
    assert world.hop.reached == ["reader1@example.org"]
    assert world.ledger.states()["reader0@example.org"] is State.IN_DOUBT


async def test_a_store_that_is_lost_is_waited_for() -> None:
    world = World(some(5))

    def answer(*_: object) -> Outcome:
        world.ledger.trouble = "the disk is full"
        asyncio.get_running_loop().call_later(0.05, setattr, world.ledger, "trouble", None)
        return TAKEN

    world.hop.answer = answer

    await world.until(lambda: not world.ledger.trouble and world.is_empty)

    assert sorted(world.hop.reached) == readers(5)
    assert world.releasing.trouble is None


async def test_a_campaign_that_cannot_be_read_puts_back_what_was_taken() -> None:
    world = World(some(3), lost_streams=1)

    await world.until(lambda: world.is_empty)

    assert sorted(world.hop.reached) == readers(3)


async def test_what_a_person_put_right_is_right_in_what_goes_out() -> None:
    def outgoing(mail: Mail, stream: Stream | None) -> Mail:
        assert stream
        wrong, right = (one.encode() for one in stream.repairs[0])
        return replace(mail, data=mail.data.replace(wrong, right))

    stream = a_stream(repairs=(("Hello", "Good day"),))
    world = World(some(1), stream, outgoing=outgoing)

    await world.until(lambda: world.is_empty)

    assert world.hop.got[0].data.endswith(b"Good day\r\n")


async def test_what_cannot_be_put_right_never_goes_out_and_comes_back_in_the_end() -> None:
    world = World(some(1), a_stream(repairs=(("Hello", "Good day"),)))

    await world.until(lambda: world.is_empty, pace_s=3_600)

    (notice,) = world.hop.got
    assert b"the address that is to be put right was not found in it" in notice.data


async def test_what_is_not_decided_yet_goes_out_soon_and_that_is_no_try_of_it() -> None:
    calls = 0

    def outgoing(mail: Mail, _: Stream | None) -> Mail:
        nonlocal calls
        calls += 1
        if calls < 3:
            raise NotYet("it is being checked")
        return mail

    world = World(some(1), outgoing=outgoing)
    began = world.clock.now()

    await world.until(lambda: world.is_empty, pace_s=0.5)

    assert sorted(world.hop.reached) == readers(1)
    assert world.clock.now() >= began + 2 * SOON
    assert not world.journal.of("kept-back")


async def test_what_no_check_speaks_for_comes_back_in_the_end() -> None:
    def outgoing(mail: Mail, _: Stream | None) -> Mail:
        if b"Returned" in mail.data or not mail.sender:
            return mail
        raise KeptBack("a copy with other words in its headline was stopped")

    world = World(some(1), outgoing=outgoing)

    await world.until(lambda: world.is_empty, pace_s=3_600)

    (notice,) = world.hop.got
    assert b"other words in its headline was stopped" in notice.data
    assert world.journal.of("kept-back")


async def test_one_that_we_stumble_over_keeps_no_other_back() -> None:
    def outgoing(mail: Mail, _: Stream | None) -> Mail:
        if "reader0@example.org" in mail.recipients:
            raise ValueError("oops")
        return mail

    world = World(some(3), outgoing=outgoing)

    await world.until(lambda: len(world.ledger.kept) == 1)

    assert sorted(world.hop.reached) == readers(3)[1:]
    assert world.journal.of("mistake")


async def test_what_was_stopped_a_moment_ago_does_not_go_out() -> None:
    world = World(some(120))
    blocked = Ruling(standing=Standing.BLOCKED, at=NOON)

    def answer(*_: object) -> Outcome:
        world.streams.rule(A_FINGERPRINT, blocked, {Standing.PASSED})
        return TAKEN

    world.hop.answer = answer

    await world.until(lambda: world.clock.elapsed_s() > 50)

    assert len(world.hop.got) <= GROUP
    assert len(world.hop.got) + len(world.kept()) == 120


async def test_on_leaving_it_waits_for_what_is_on_the_wire_and_begins_nothing() -> None:
    world = World(some(20), hop=ToldNextHop(took_s=0.05))

    await world.until(lambda: world.hop.at_once)

    assert len(world.hop.got) == 4
    assert {state for state, _ in world.kept()} == {HeldState.DUE}
    assert len(world.kept()) == 16


async def test_on_leaving_what_takes_too_long_is_called_in_doubt() -> None:
    world = World(some(5), hop=ToldNextHop(took_s=60), goodbye_s=0.02)

    await world.until(lambda: world.hop.at_once)

    states = sorted(state for state, _ in world.kept())
    assert states == [HeldState.DUE] + [HeldState.IN_DOUBT] * 4


async def test_a_next_hop_that_breaks_its_promise_leaves_a_doubt() -> None:
    class Broken(ToldNextHop):
        async def hand_on(self, mail: Mail) -> Handed:
            raise ValueError(mail.sender)

    world = World(some(1), hop=Broken())

    await world.until(lambda: world.journal.of("mistake"))

    assert world.kept() == [(HeldState.IN_DOUBT, ("reader0@example.org",))]


async def test_a_next_hop_that_refuses_everything_gives_nothing_back() -> None:
    world = World(some(100))
    in_vain: list[str] = []

    def answer(_: Mail, who: str) -> Outcome:
        if world.clock.elapsed_s() > 7_200:
            return TAKEN
        in_vain.append(who)
        return DENIED

    world.hop.answer = answer

    await world.until(lambda: world.is_empty, pace_s=60)

    assert len(in_vain) < GROUP + 40
    assert sorted(world.hop.reached) == sorted(readers(100))
    assert [event for event, _ in world.journal.lines] == ["release-paused", "release-goes-on"]
    assert [notice.title for notice in world.told] == [
        "The mail server behind SendGuard refuses everything"
    ]
    assert "554 5.7.1 relay access denied" in world.told[0].body


async def test_one_message_that_it_always_hangs_up_on_is_given_back_in_the_end() -> None:
    hung_up = NotSent("it hung up", is_met=True)
    world = World(some(1))
    world.hop.answer = lambda mail, _: hung_up if mail.sender else TAKEN

    await world.until(lambda: world.is_empty, pace_s=3_600)

    assert len(world.hop.tried) == 67 + 1
    assert b"Not delivered" in world.hop.got[0].data


async def test_a_mistake_in_settling_one_keeps_back_no_other() -> None:
    world = World(some(30))
    world.stumble_over("reader7@example.org")

    await world.until(lambda: len(world.kept()) == 1)

    assert world.kept() == [(HeldState.IN_DOUBT, ("reader7@example.org",))]
    assert sorted(world.hop.reached) == sorted(readers(30))
