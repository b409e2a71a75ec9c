"""Ports of the gateway for tests: a store in memory, and a next hop that answers as it is told."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from sendguard.errors import BadStore
from sendguard.gateway import (
    Copy,
    Ended,
    Held,
    HeldState,
    Mail,
    Passage,
    Ruling,
    Standing,
    Stream,
    reader_key,
)
from sendguard.gateway.stream import GOES_OUT
from sendguard.ports.gateway import Entries, Handed, Ledger, NextHop, Streams, Tally
from sendguard.send import Accepted, Outcome, Reply, State
from sendguard.watch import Notice
from tests.builders import NOON

TAKEN = Accepted(Reply(code=250, enhanced="2.0.0", text="queued"))
A_FINGERPRINT = "3f9a2c71d0e4"


def a_mail(
    *recipients: str, sender: str = "news@example.org", text: str = "Hello", subject: str = "News"
) -> Mail:
    headers = f"From: {sender}\r\nSubject: {subject}\r\nMessage-ID: <1@example.org>\r\n"
    data = f"{headers}\r\n{text}\r\n".encode()
    return Mail(sender=sender, recipients=recipients or ("ada@example.org",), data=data)


def a_copy(key: str = "0" * 64, subject: str = "News") -> Copy:
    return Copy(
        key=key,
        texts=(subject,),
        meaning=(),
        subject=subject,
        sender="news@example.org",
        list_id=None,
        own=frozenset(),
        is_bulk=True,
    )


def a_stream(
    standing: Standing = Standing.PASSED,
    fingerprint: str = A_FINGERPRINT,
    *,
    repairs: tuple[tuple[str, str], ...] = (),
) -> Stream:
    return Stream(
        fingerprint=fingerprint,
        first=a_copy(),
        since=NOON,
        ruling=Ruling(standing=standing, at=NOON),
        repairs=repairs,
    )


def a_held(
    *recipients: str,
    mail: Mail | None = None,
    fingerprint: str | None = A_FINGERPRINT,
    state: HeldState = HeldState.DUE,
    since: datetime = NOON,
) -> Held:
    kept = mail or a_mail(*recipients)
    return Held(fingerprint=fingerprint, mail=kept, since=since, state=state)


@dataclass
class MemoryLedger:
    """A `ports.gateway.Ledger` in memory; `MemoryStreams` shares its store."""

    streams: dict[str, Stream] = field(default_factory=dict)
    kept: dict[int, Held] = field(default_factory=dict)
    rows: dict[tuple[str, str], Passage] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)
    alive_until: dict[str, datetime] = field(default_factory=dict)
    turned_away: Counter[tuple[str, bool]] = field(default_factory=Counter)
    troubles: list[str | None] = field(default_factory=list)
    trouble: str | None = None
    """Met by whoever asks it anything."""
    most_taken: int = 0
    commits: int = 0
    _last: int = 0

    @classmethod
    def of(cls, stream: Stream, *held: Held) -> Self:
        """One with a campaign and messages of it, whose passages are pending."""
        ledger = cls({stream.fingerprint: stream})
        ledger.write(Entries(passages=[one for kept in held for one in _pending(kept)], held=held))
        return ledger

    def write(self, entries: Entries) -> frozenset[str]:
        self._begin()
        wanted = {one.fingerprint for one in entries.passages if one.state is State.SENDING}
        stopped = frozenset(name for name in wanted if not self._goes_out(name))
        for one in entries.passages:
            if one.fingerprint not in stopped or one.state is not State.SENDING:
                self._put(one)
        for (fingerprint, key), state in entries.settled.items():
            self._settle_passage(fingerprint, key, state)
        for held in entries.held:
            self._keep(held)
        self.turned_away.update(entries.turned_away)
        return stopped

    def take(self, holder: str, now: datetime, most: int, most_bytes: int) -> tuple[Held, ...]:
        self._begin()
        taken: list[Held] = []
        size = 0
        for one in self._ready(now)[:most]:
            size += len(one.mail.data)
            if taken and size > most_bytes:
                break
            self.kept[one.id] = replace(one, state=HeldState.SENDING)
            self.owners[one.id] = holder
            taken.append(self.kept[one.id])
        self.most_taken = max(self.most_taken, len(self.owners))
        return tuple(taken)

    def settle(self, holder: str, ended: Sequence[Ended]) -> None:
        self._begin()
        for one in ended:
            if self.owners.get(one.taken.id) == holder:
                self._end(one)

    def settle_doubt(
        self,
        fingerprint: str | None,
        state: State,
        now: datetime,  # noqa: ARG002
        key: str | None = None,
    ) -> int:
        assert key is None
        self._begin()
        changed = 0
        for one in [one for one in self.kept.values() if one.state is HeldState.IN_DOUBT]:
            if fingerprint in {None, one.fingerprint}:
                changed += len(one.mail.recipients)
                self._settle_message(one, state)
        for (name, whose), row in self.rows.items():
            if row.state is State.IN_DOUBT and fingerprint in {None, name} and state is State.SENT:
                changed += 1
                self._settle_passage(name, whose, state)
        return changed

    def keep_alive(self, holder: str, until: datetime, trouble: str | None = None) -> None:
        self._begin()
        self.alive_until[holder] = until
        self.troubles.append(trouble)

    def recover(self, now: datetime) -> int:
        self._begin()
        sending = [one for one in self.kept.values() if one.state is HeldState.SENDING]
        dead = [one for one in sending if self.alive_until.get(self.owners[one.id], now) <= now]
        for one in dead:
            self.kept[one.id] = replace(one, state=HeldState.IN_DOUBT)
            for address in one.mail.recipients:
                self._settle_passage(one.fingerprint, reader_key(address), State.IN_DOUBT)
        return len(dead)

    def held_count(self) -> int:
        self._begin()
        return len(self.kept)

    def next_due(self) -> datetime | None:
        self._begin()
        waiting = [one for one in self.kept.values() if one.state is HeldState.DUE]
        free = [one for one in waiting if self._goes_out(one.fingerprint)]
        return min((one.due or one.since for one in free), default=None)

    def held(self, fingerprint: str | None, most: int) -> Iterator[Held]:
        self._begin()
        of_it = [one for one in self.kept.values() if fingerprint in {None, one.fingerprint}]
        for one in of_it[:most]:
            yield replace(one, mail=replace(one.mail, data=b""))

    def tally(self, fingerprint: str) -> Tally:
        self._begin()
        held = [one for one in self.kept.values() if one.fingerprint == fingerprint]
        passed = [one for one in self.rows.values() if one.fingerprint == fingerprint]
        return Tally(
            held=Counter(one.state for one in held),
            passed=Counter(one.state for one in passed),
            refused=self.turned_away[fingerprint, True],
            put_off=self.turned_away[fingerprint, False],
        )

    def reached(self, fingerprint: str, states: Collection[State]) -> Mapping[str | None, int]:
        return Counter(one.repaired for one in self.passages(fingerprint, states))

    def passages(self, fingerprint: str, states: Collection[State]) -> Iterator[Passage]:
        self._begin()
        for one in list(self.rows.values()):
            if one.fingerprint == fingerprint and one.state in states:
                yield one

    # What tests ask.

    def states(self) -> Mapping[str, State]:
        """How each recipient's passage stands, by key."""
        return {key: one.state for (_, key), one in self.rows.items()}

    def _begin(self) -> None:
        if self.trouble:
            raise BadStore(self.trouble)
        self.commits += 1

    def _goes_out(self, fingerprint: str | None) -> bool:
        stream = self.streams.get(fingerprint) if fingerprint else None
        return fingerprint is None or (stream is not None and stream.standing in GOES_OUT)

    def _put(self, passage: Passage) -> None:
        before = self.rows.get((passage.fingerprint, passage.key))
        if before is None or before.state is not State.SENT:
            self.rows[passage.fingerprint, passage.key] = passage

    def _settle_passage(self, fingerprint: str | None, key: str, state: State) -> None:
        known = self.rows.get((fingerprint or "", key))
        if known and known.state is not State.SENT:
            self.rows[known.fingerprint, key] = replace(known, state=state)

    def _settle_message(self, held: Held, state: State) -> None:
        for address in held.mail.recipients:
            self._settle_passage(held.fingerprint, reader_key(address), state)
        if state is State.SENT:
            del self.kept[held.id]
        else:
            goes = self._goes_out(held.fingerprint)
            self.kept[held.id] = replace(held, state=HeldState.DUE if goes else HeldState.HELD)

    def _keep(self, held: Held) -> None:
        free = held.state is HeldState.HELD and self._goes_out(held.fingerprint)
        self._last += 1
        state = HeldState.DUE if free else held.state
        self.kept[self._last] = replace(held, id=self._last, state=state)

    def _ready(self, now: datetime) -> list[Held]:
        waiting = [one for one in self.kept.values() if one.state is HeldState.DUE]
        due = [one for one in waiting if one.due is None or one.due <= now]
        free = [one for one in due if self._goes_out(one.fingerprint)]
        return sorted(free, key=lambda one: (one.due or one.since, one.id))

    def _end(self, ended: Ended) -> None:
        taken = self.kept.pop(ended.taken.id)
        del self.owners[taken.id]
        for state_of in ended.states.items():
            self._settle_passage(taken.fingerprint, *state_of)
        for place, left in enumerate(ended.left):
            if place:
                self._keep(left)
            else:
                self.kept[taken.id] = left
        if ended.notice:
            self._keep(ended.notice)


@dataclass
class MemoryStreams:
    """A `ports.gateway.Streams` in memory, over the store of a ledger."""

    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    samples: dict[str, Mail] = field(default_factory=dict)
    checks: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    told: list[tuple[Notice, Sequence[str]]] = field(default_factory=list)

    def of_key(self, key: str) -> tuple[Stream, ...]:
        return tuple(one for one in self.latest(100) if one.first.key == key)

    def begin(self, stream: Stream, sample: Mail, known: int) -> bool:
        if len(self.of_key(stream.first.key)) != known:
            return False
        self._all[stream.fingerprint] = stream
        self.samples[stream.fingerprint] = sample
        return True

    def find(self, fingerprint: str) -> Stream | None:
        named = [one for name, one in self._all.items() if name.startswith(fingerprint)]
        return named[0] if len(named) == 1 else None

    def sample(self, fingerprint: str) -> Mail | None:
        return self.samples.get(fingerprint) if self._all else None

    def latest(self, most: int) -> tuple[Stream, ...]:
        return tuple(reversed(self._all.values()))[:most]

    def take_check(self, fingerprint: str, holder: str, now: datetime, until: datetime) -> bool:
        whose, ends = self.checks.get(fingerprint, (holder, now))
        is_free = whose == holder or ends <= now
        if is_free:
            self.checks[fingerprint] = (holder, until)
        return is_free

    def unchecked(self, now: datetime) -> tuple[Stream, ...]:
        undecided = [one for one in self._all.values() if one.standing is Standing.CHECKING]
        held = {name for name, (_, until) in self.checks.items() if until > now}
        return tuple(one for one in undecided if one.fingerprint not in held)

    def rule(  # noqa: PLR0913 - as the port
        self,
        fingerprint: str,
        ruling: Ruling,
        expected: Collection[Standing],
        notice: Notice | None = None,
        addresses: Sequence[str] = (),
        *,
        repairs: Sequence[tuple[str, str]] | None = None,
    ) -> bool:
        stream = self._all[fingerprint]
        if stream.standing not in expected or repairs not in {None, stream.repairs}:
            return False
        if ruling.by is None and stream.ruling.by and stream.standing is Standing.BLOCKED:
            return False
        known = stream.ruling.personal
        is_by_check = ruling.by is None and ruling.standing is not Standing.CHECKING
        if is_by_check and not known <= ruling.personal:
            return False
        self._all[fingerprint] = replace(stream, ruling=replace(ruling, personal=known))
        self.checks.pop(fingerprint, None)
        if notice:
            self.told.append((notice, addresses))
        self._release(fingerprint, ruling.standing)
        return True

    def repair(self, fingerprint: str, repairs: Sequence[tuple[str, str]], ruling: Ruling) -> bool:
        stream = self.find(fingerprint)
        if stream is None:
            return False
        merged = tuple({**dict(stream.repairs), **dict(repairs)}.items())
        earlier = (*stream.earlier, stream.repairs) if stream.repairs else ()
        stream = replace(stream, ruling=ruling, repaired_by=ruling.by)
        repaired = replace(stream, repairs=merged, earlier=earlier)
        self._all[fingerprint] = repaired
        self.checks.pop(fingerprint, None)
        return True

    def set_apart(self, fingerprint: str, codes: Collection[str], at: datetime) -> Stream | None:
        stream = self._all.get(fingerprint)
        if stream is None or stream.ruling.personal.issuperset(codes):
            return stream
        ruling = replace(stream.ruling, personal=stream.ruling.personal.union(codes))
        if ruling.standing is Standing.PASSED and ruling.by is None:
            ruling = replace(ruling, standing=Standing.CHECKING, at=at)
        self._all[fingerprint] = replace(stream, ruling=ruling)
        self.checks.pop(fingerprint, None)
        return self._all[fingerprint]

    def changed(self, since: datetime) -> tuple[Stream, ...]:
        return tuple(one for one in self._all.values() if max(one.since, one.ruling.at) >= since)

    @property
    def _all(self) -> dict[str, Stream]:
        if self.ledger.trouble:
            raise BadStore(self.ledger.trouble)
        return self.ledger.streams

    def _release(self, fingerprint: str, standing: Standing) -> None:
        ours = [one for one in self.ledger.kept.values() if one.fingerprint == fingerprint]
        for one in ours:
            if standing in GOES_OUT and one.state is HeldState.HELD:
                self.ledger.kept[one.id] = replace(one, state=HeldState.DUE)
            elif standing is Standing.DISCARDED and one.state in {HeldState.HELD, HeldState.DUE}:
                del self.ledger.kept[one.id]
                self._cancel(one)

    def _cancel(self, held: Held) -> None:
        for passage in _pending(held):
            known = self.ledger.rows.get((passage.fingerprint, passage.key))
            if known and known.state is State.PENDING:
                cancelled = replace(known, state=State.CANCELLED)
                self.ledger.rows[known.fingerprint, known.key] = cancelled


Answer = Callable[[Mail, str], Outcome]
"""What becomes of a message for one recipient."""


@dataclass
class ToldNextHop:
    """A `ports.gateway.NextHop` that answers as it is told, and keeps what it took."""

    answer: Answer = lambda *_: TAKEN
    took_s: float = 0.0
    got: list[Mail] = field(default_factory=list)
    tried: list[Mail] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    closed: int = 0
    on_the_wire: Callable[[Mail], Awaitable[Reply]] | None = None
    heard: list[Reply] = field(default_factory=list)
    """What `on_the_wire` was answered."""

    async def hand_on(self, mail: Mail) -> Handed:
        self.tried.append(mail)
        if self.on_the_wire:
            self.heard.append(await self.on_the_wire(mail))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.took_s)
        finally:
            self.at_once -= 1
        outcomes = {address: self.answer(mail, address) for address in mail.recipients}
        taken = tuple(who for who, outcome in outcomes.items() if isinstance(outcome, Accepted))
        if taken:
            self.got.append(replace(mail, recipients=taken))
        return Handed(outcomes=outcomes)

    async def close(self) -> None:
        self.closed += 1

    @property
    def reached(self) -> list[str]:
        """Whom it took messages for, in order."""
        return [who for mail in self.got for who in mail.recipients]


def _pending(held: Held) -> Iterator[Passage]:
    if held.fingerprint is None:
        return
    for address in held.mail.recipients:
        yield Passage(
            fingerprint=held.fingerprint,
            key=reader_key(address),
            address=address,
            message_id=None,
            state=State.PENDING,
        )


# That each keeps its port's shape is for the type checker to say.
_: tuple[Ledger, Streams, NextHop] = (MemoryLedger(), MemoryStreams(), ToldNextHop())
