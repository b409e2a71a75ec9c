"""A gate for tests, whose store, next hop and checks are told what to do."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from sendguard.config.gateway import Gateway, Listener, Mode
from sendguard.flows.gateway.book import Book
from sendguard.flows.gateway.gate import Craft, Gate
from sendguard.flows.gateway.judging import Judging
from sendguard.flows.gateway.on_its_way import OnItsWay
from sendguard.flows.gateway.streams import KnownStreams
from sendguard.flows.gateway.studies import Studies
from sendguard.flows.gateway.verdicts import Terms
from sendguard.gateway import (
    Copy,
    Mail,
    Ruling,
    Standing,
    Stream,
    fingerprint_of,
    told_apart,
)
from sendguard.gateway.opened import Opened
from sendguard.ports.gateway import Ledger, Streams
from sendguard.send import Outcome, Reply
from tests.builders import NOON
from tests.fakes import SetClock
from tests.fakes_gateway import MemoryLedger, MemoryStreams, ToldNextHop, a_copy, a_mail
from tests.flows.watched import ToldJournal


@dataclass
class ToldRulings:
    """Checks that end as they are told, once they may."""

    standing: Standing = Standing.PASSED
    made: list[str] = field(default_factory=list)
    shared: list[frozenset[str]] = field(default_factory=list)
    personal: list[frozenset[str]] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    may_end: asyncio.Event = field(default_factory=asyncio.Event)
    of: dict[str, Standing] = field(default_factory=dict)
    """Otherwise than `standing`, where this stands in the first copy."""
    trouble: Exception | None = None

    async def __call__(self, stream: Stream, sample: Mail, shared: frozenset[str]) -> Ruling:
        del sample
        self.shared.append(shared)
        self.personal.append(stream.ruling.personal)
        self.made.append(stream.fingerprint)
        self.begun.set()
        await self.may_end.wait()
        if self.trouble:
            raise self.trouble
        told = (one for word, one in self.of.items() if any(word in t for t in stream.first.texts))
        says = "“Read article” opens another article"
        return Ruling(standing=next(told, self.standing), at=NOON, says=says)


@dataclass
class Built:
    """A gate, and what it stands between but for its store."""

    gate: Gate
    next_hop: ToldNextHop
    rulings: ToldRulings
    judging: Judging
    clock: SetClock
    journal: ToldJournal

    async def take(self, mail: Mail, mode: Mode = Mode.HOLD, **listener: object) -> Reply:
        return await self.gate.take(mail, Listener(mode=mode, **listener))  # type: ignore[arg-type]

    async def decided(self) -> None:
        """Let the checks under way end, and wait until they have."""
        self.rulings.may_end.set()
        await asyncio.gather(*self.judging.under_way)


@dataclass
class Told(Built):
    """A gate, and all that it stands between."""

    ledger: MemoryLedger
    streams: MemoryStreams


def recognise(message: Opened) -> Copy:
    """By its subject alone."""
    subject = message.mail.data.partition(b"Subject: ")[2].partition(b"\r\n")[0].decode()
    return a_copy(sha256(subject.encode()).hexdigest(), subject)


def returned(mail: Mail, refused: Mapping[str, Outcome]) -> Mail | None:
    if not mail.sender:
        return None
    says = " ".join(f"{who} {reply}" for who, reply in refused.items())
    return a_mail(mail.sender, sender="", text=says, subject="Returned")


@asynccontextmanager
async def a_gate(
    *,
    terms: Gateway | None = None,
    standing: Standing = Standing.PASSED,
    next_hop: ToldNextHop | None = None,
    recognising: Callable[[Opened], Copy] = recognise,
    second_copy_s: float = 0.0,
) -> AsyncIterator[Told]:
    """A gate at work."""
    ledger = MemoryLedger()
    streams = MemoryStreams(ledger)
    building = a_gate_on(
        ledger,
        streams,
        terms=terms,
        standing=standing,
        next_hop=next_hop,
        recognising=recognising,
        second_copy_s=second_copy_s,
    )
    async with building as built:
        yield Told(**vars(built), ledger=ledger, streams=streams)


@asynccontextmanager
async def a_gate_on(  # noqa: PLR0913 - as `a_gate`, and its store
    ledger: Ledger,
    streams: Streams,
    *,
    terms: Gateway | None = None,
    standing: Standing = Standing.PASSED,
    next_hop: ToldNextHop | None = None,
    recognising: Callable[[Opened], Copy] = recognise,
    second_copy_s: float = 0.0,
) -> AsyncIterator[Built]:
    """One at work on a store of the test's."""
    clock, journal, rulings = SetClock(), ToldJournal(), ToldRulings(standing)
    hop = next_hop or ToldNextHop()
    known = KnownStreams(streams, clock, told_apart, fingerprint_of)
    judging = Judging(
        streams=streams,
        known=known,
        make_ruling=rulings,
        make_notice=lambda *_: None,
        clock=clock,
        journal=journal,
        terms=Terms(holder="us", verdict_s=86_400.0, second_copy_s=second_copy_s),
    )
    book = Book(ledger, clock, journal, "us")
    gate = Gate(
        terms=terms or Gateway(),
        craft=Craft(recognise=recognising, non_delivery=returned),
        known=known,
        judging=judging,
        studies=Studies(streams, has_trace=False),
        book=book,
        next_hop=OnItsWay(hop),
        clock=clock,
        journal=journal,
    )
    writing = asyncio.create_task(book.work())
    yield Built(gate, hop, rulings, judging, clock, journal)
    await book.close(writing)
