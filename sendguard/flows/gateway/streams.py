"""The campaigns that come by, as this process knows them; the truth stands in the store."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, islice

from sendguard.errors import BadStore
from sendguard.gateway import Copy, Mail, Ruling, Standing, Stream
from sendguard.gateway.copies.filled import stream_of_filled
from sendguard.gateway.copies.same import links_apart
from sendguard.ports import Clock
from sendguard.ports.gateway import Streams

MOST_KEYS = 500
"""Kept in memory; those that were asked for last."""
MOST_OF_A_KEY = 100
"""So many are held against a copy."""
MOST_LETTERS = 20_000_000
"""Of their first copies, all together; each is well below that."""
MOST_RACES = 20
"""So often another process may begin a campaign of the same key right before us."""

_PER_TEXT = 60

ToldApart = Callable[[Copy, Stream], frozenset[str] | None]
Name = Callable[[Copy], str]


class Forgotten(BadStore):
    """The store has this campaign no more: its next copy begins it anew."""

    def __init__(self, stream: Stream) -> None:
        super().__init__(f"the first message of {stream.fingerprint} is gone")
        self.stream = stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Of which campaign a message is.

    Attributes:
        stream: It.
        is_new: It was begun with the message.
        tells: Codes in its links that nobody knew to be a reader's before.
    """

    stream: Stream
    is_new: bool = False
    tells: frozenset[str] = frozenset()


class KnownStreams:
    """Finds the campaign that a message is a copy of, or begins one.

    Args:
        streams: The store.
        clock: Tells the time.
        told_apart: What a copy tells of the readers' own codes in a campaign's links; None for a
            copy of another campaign.
        name: The fingerprint of a campaign, by its first copy.
    """

    def __init__(self, streams: Streams, clock: Clock, told_apart: ToldApart, name: Name) -> None:
        self._streams = streams
        self._clock = clock
        self._told_apart = told_apart
        self._name = name
        self._by_key: OrderedDict[str, dict[str, Stream]] = OrderedDict()
        self._letters: dict[str, dict[str, int]] = {}  # by key and fingerprint
        self._whole: set[str] = set()  # keys of which all campaigns are known that began so far
        self._locks: dict[str, asyncio.Lock] = {}
        self._asked_at: datetime | None = None

    async def of(self, copy: Copy, mail: Mail) -> Match:
        """The campaign of a message, which may begin with it.

        Raises:
            BadStore: The store cannot be used.
        """
        if found := self._match(copy):
            return found
        lock = self._locks.setdefault(copy.key, asyncio.Lock())
        try:
            async with lock:
                return await self._look_or_begin(copy, mail)
        finally:
            if not lock.locked():
                self._locks.pop(copy.key, None)

    def latest(self, stream: Stream) -> Stream:
        """The same campaign as it stands now, as far as this process knows."""
        return self._by_key.get(stream.first.key, {}).get(stream.fingerprint, stream)

    async def renewed(self, stream: Stream) -> Stream:
        """The same campaign as it stands in the store.

        Raises:
            Forgotten: It is there no more.
            BadStore: The store cannot be used.
        """
        found = await asyncio.to_thread(self._streams.find, stream.fingerprint)
        if found is None:
            raise Forgotten(stream)
        if found != stream:
            self.learn(found)
        return found

    def learn(self, stream: Stream) -> None:
        """It stands so now."""
        key = stream.first.key
        # A campaign is told by the fewest comparisons where the last one comes first.
        others = _others(self._by_key.get(key, {}), stream)
        known = {stream.fingerprint: stream, **dict(islice(others.items(), MOST_OF_A_KEY - 1))}
        self._by_key[key] = known
        self._by_key.move_to_end(key)
        counted = self._letters.get(key, {})
        self._letters[key] = {
            name: counted[name] if name in counted else _letters(one) for name, one in known.items()
        }
        while len(self._by_key) > 1 and self._is_too_much():
            self._forget(next(iter(self._by_key)))

    def _is_too_much(self) -> bool:
        letters = sum(sum(every.values()) for every in self._letters.values())
        return len(self._by_key) > MOST_KEYS or letters > MOST_LETTERS

    def ruled(self, stream: Stream, ruling: Ruling) -> None:
        """It was decided."""
        self.learn(replace(self.latest(stream), ruling=ruling))

    def forget(self, stream: Stream) -> None:
        """What is known of it is out of date: the next copy is to look into the store."""
        self._forget(stream.first.key)

    def _forget(self, key: str) -> None:
        self._by_key.pop(key, None)
        self._letters.pop(key, None)
        self._whole.discard(key)

    async def catch_up(self) -> tuple[Stream, ...]:
        """Learn what others changed since the last time, and tell it.

        Raises:
            BadStore: The store cannot be used.
        """
        # Clocks of processes differ a little, and transactions take their time.
        since = (self._asked_at or self._clock.now()) - timedelta(seconds=10)
        asked_at = self._clock.now()
        changed = await asyncio.to_thread(self._streams.changed, since)
        self._asked_at = asked_at
        news = tuple(one for one in changed if self._is_known(one) and self.latest(one) != one)
        for one in news:
            self.learn(one)
        return news

    def _is_known(self, stream: Stream) -> bool:
        return stream.fingerprint in self._by_key.get(stream.first.key, {})

    def _match(self, copy: Copy, *, may_tell: bool = False) -> Match | None:
        """The campaign that it is a copy of.

        Args:
            copy: It.
            may_tell: It may tell of codes that nobody knew to be a reader's, where there is no
                campaign that it agrees with.
        """
        known = self._by_key.get(copy.key)
        if known is None:
            return None
        self._by_key.move_to_end(copy.key)
        telling: Match | None = None
        for one in known.values():
            codes = self._told_apart(copy, one)
            if codes is not None and codes <= one.ruling.personal:
                return Match(stream=one)
            if codes is not None and telling is None:
                telling = Match(stream=one, tells=codes)
        if telling is None and copy.key in self._whole:
            # Every process comes to the same one: those that began later change nothing of that.
            telling = _filled_in(copy, known.values(), self._clock.now())
        return telling if telling and (may_tell or not telling.tells) else None

    async def _look_or_begin(self, copy: Copy, mail: Mail) -> Match:
        for _ in range(MOST_RACES):
            if found := self._match(copy):
                return found
            there = await asyncio.to_thread(self._streams.of_key, copy.key)
            for one in reversed(there):
                self.learn(one)
            if there:
                self._whole.add(copy.key)
            if found := self._match(copy, may_tell=True):
                return found
            new = self._new(copy)
            if await asyncio.to_thread(self._streams.begin, new, mail, len(there)):
                self.learn(new)
                self._whole.add(copy.key)
                return Match(stream=new, is_new=True)
        raise BadStore("other processes begin campaigns all the time: try again")

    def _new(self, copy: Copy) -> Stream:
        at = self._clock.now()
        ruling = Ruling(standing=Standing.CHECKING, at=at)
        return Stream(fingerprint=self._name(copy), first=copy, since=at, ruling=ruling)


def _filled_in(copy: Copy, streams: Iterable[Stream], now: datetime) -> Match | None:
    stream = stream_of_filled(copy, streams, now)
    if stream is None:
        return None
    codes = links_apart(copy, stream)
    return None if codes is None else Match(stream=stream, tells=codes - stream.ruling.personal)


def _others(known: dict[str, Stream], stream: Stream) -> dict[str, Stream]:
    return {name: one for name, one in known.items() if name != stream.fingerprint}


def _letters(stream: Stream) -> int:
    """What a text costs however short it is included."""
    first = stream.first
    return sum(_PER_TEXT + len(text) for text in chain(first.texts, first.links))
