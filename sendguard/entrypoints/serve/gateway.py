"""The gateway of `serve`: its parts put together, started and ended."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.process import own_name
from sendguard.adapters.smtp.next_hop import SmtpNextHop
from sendguard.config import Config
from sendguard.config.duration import HOUR_S
from sendguard.entrypoints.gateway.listening import Open, listening
from sendguard.entrypoints.gateway.rulings import ThreadedRulings
from sendguard.entrypoints.serve.allocating import give_large_back
from sendguard.entrypoints.serve.pruning import keep_pruning, pruning
from sendguard.entrypoints.serve.telling import keep_telling, pause_between_s, telling
from sendguard.errors import BadStore
from sendguard.flows.gateway.book import Book
from sendguard.flows.gateway.condition import AtGate
from sendguard.flows.gateway.gate import Craft, Gate
from sendguard.flows.gateway.handing_on import Equipment
from sendguard.flows.gateway.judging import Judging
from sendguard.flows.gateway.on_its_way import OnItsWay
from sendguard.flows.gateway.release import Releasing
from sendguard.flows.gateway.streams import KnownStreams
from sendguard.flows.gateway.studies import Studies
from sendguard.flows.gateway.verdicts import Terms
from sendguard.gateway import Mail, Ruling, Stream
from sendguard.gateway.copies.recognise import fingerprint_of, recognise
from sendguard.gateway.copies.same import told_apart
from sendguard.gateway.notice import notice_of
from sendguard.gateway.release.non_delivery import non_delivery
from sendguard.gateway.ruling import wrong_link
from sendguard.gateway.siblings import Siblings
from sendguard.gateway.stream import IS_STOPPED
from sendguard.ports import Clock
from sendguard.ports.watching import Journal
from sendguard.send import GOT_IT, Outcome
from sendguard.watch import Notice

COUNT_EVERY_S = 5.0
MOST_NOTICES = 5
"""About campaigns with the very same links, in an hour."""
TURN_S = 0.0005
"""So long one thread computes while another waits to. A commit comes to such a wait at each of its
statements, and a client to each commit; of Python's own 5 ms it would feel every one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGateway:
    """One that takes mail."""

    gate: Gate
    judging: Judging
    releasing: Releasing
    opened: Open

    @property
    def condition(self) -> AtGate:
        """How it goes now."""
        return AtGate(
            trouble=self.judging.trouble or self.releasing.trouble or self.gate.trouble,
            connections=self.opened.connections,
            kept=self.gate.kept,
        )


@asynccontextmanager
async def gateway(
    config: Config, store: SqlStore, journal: Journal, *, is_alone: bool
) -> AsyncIterator[OpenGateway]:
    """In here mail comes in, and what was held is released.

    Args:
        config: What is in force.
        store: Keeps all of it.
        journal: Told what happens.
        is_alone: Whether no other part of this process tells again what was told in vain, and
            forgets what is old, so that it is done from here.

    Raises:
        BadConfig: A listener cannot be had on its terms.
        SendGuardError: A place is taken.
    """
    if config.gateway.fail_open:
        journal.warn("fail-open", says="mail goes out UNCHECKED wherever SendGuard fails")
    sys.setswitchinterval(TURN_S)
    give_large_back()
    ruled = asyncio.Event()
    parts = _Parts.of(config, store, journal, ruled)
    stop, writing = asyncio.Event(), asyncio.create_task(parts.book.work())
    others = [asyncio.create_task(one) for one in parts.works(stop)]
    pause_s = pause_between_s(config) if is_alone else None
    tell = telling(config, store, journal)
    others.append(asyncio.create_task(keep_telling(tell, journal, stop, ruled, pause_s)))
    if is_alone:
        prune = pruning(config, store, journal)
        others.append(asyncio.create_task(keep_pruning(prune, journal, stop)))
    try:
        async with listening(config.gateway, parts.gate.take, journal) as opened:
            places = [one.listen for one in config.gateway.listeners]
            journal.tell("listening", at=places, next_hop=config.gateway.next_hop)
            yield OpenGateway(
                gate=parts.gate, judging=parts.judging, releasing=parts.releasing, opened=opened
            )
    finally:
        stop.set()
        ruled.set()
        await asyncio.gather(*others, return_exceptions=True)
        await parts.book.close(writing)
        await parts.next_hop.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    store: SqlStore
    book: Book
    gate: Gate
    judging: Judging
    releasing: Releasing
    next_hop: OnItsWay

    @classmethod
    def of(
        cls, config: Config, store: SqlStore, journal: Journal, ruled: asyncio.Event
    ) -> "_Parts":
        terms, clock, holder = config.gateway, SystemClock(), own_name()
        host = socket.getfqdn()  # once: where names are looked up slowly, every session would wait
        next_hop = OnItsWay(SmtpNextHop(terms.relay))
        book = Book(store.ledger, clock, journal, holder)
        studies = Studies(store.streams, has_trace=terms.trace)
        known = KnownStreams(store.streams, clock, told_apart, fingerprint_of)
        judging = Judging(
            streams=store.streams,
            known=known,
            make_ruling=ThreadedRulings(config, store),
            make_notice=partial(_notice, store, clock, Siblings(MOST_NOTICES, HOUR_S)),
            clock=clock,
            journal=journal,
            terms=Terms(holder=holder, verdict_s=terms.verdict_s, addresses=config.notify),
        )
        gate = Gate(
            terms=terms,
            craft=Craft(recognise=recognise, non_delivery=partial(_returned, clock, host)),
            known=known,
            judging=judging,
            studies=studies,
            book=book,
            next_hop=next_hop,
            clock=clock,
            journal=journal,
        )
        releasing = Releasing(
            Equipment(
                ledger=store.ledger,
                streams=store.streams,
                next_hop=next_hop,
                clock=clock,
                journal=journal,
                config=terms,
                holder=holder,
                host=host,
                outgoing=studies.outgoing,
                tell_people=partial(store.notices.put, addresses=config.notify),
                more_trouble=lambda: judging.trouble or gate.trouble,
            )
        )
        gate.on_kept = releasing.wake

        def on_ruled() -> None:
            releasing.wake()
            ruled.set()

        judging.on_ruled = on_ruled
        return cls(
            store=store,
            book=book,
            gate=gate,
            judging=judging,
            releasing=releasing,
            next_hop=next_hop,
        )

    def works(self, stop: asyncio.Event) -> tuple[Coroutine[None, None, None], ...]:
        """What goes on beside the sessions."""
        return (
            self.judging.work(stop),
            self.releasing.work(stop),
            _count(self.gate, self.store, stop),
        )


async def _count(gate: Gate, store: SqlStore, stop: asyncio.Event) -> None:
    """How full the store is, also by what others put into it."""
    while not stop.is_set():
        with suppress(BadStore):  # whoever writes to it will say so
            gate.kept = await asyncio.to_thread(store.ledger.held_count)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), COUNT_EVERY_S)


def _notice(
    store: SqlStore, clock: Clock, told: Siblings, stream: Stream, ruling: Ruling
) -> Notice | None:
    if ruling.standing in IS_STOPPED and told.are_many(stream, clock.elapsed_s()):
        return None  # they heard of enough that differ from it in a few words alone
    numbers = store.ledger.tally(stream.fingerprint).numbers
    got_now = store.ledger.reached(stream.fingerprint, GOT_IT).get(stream.repaired, 0)
    numbers = replace(numbers, before=max(0, numbers.sent - got_now))
    return notice_of(stream, ruling, numbers, wrong_link(ruling, store.record))


def _returned(clock: Clock, host: str, mail: Mail, refused: Mapping[str, Outcome]) -> Mail | None:
    if not mail.sender:
        return None
    at = clock.now()
    return non_delivery(mail, refused, reporting=host, since=at, at=at)
