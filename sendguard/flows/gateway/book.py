"""The book of the gateway: what many sessions want written down goes into one commit."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sendguard.errors import BadStore
from sendguard.gateway import Held, Passage
from sendguard.ports import Clock
from sendguard.ports.gateway import Entries, Ledger
from sendguard.ports.watching import Journal
from sendguard.send import State

LATER_S = 0.2
"""So long what became of messages may wait for a commit that is made anyway."""
AFTER_TROUBLE_S = 5.0
MOST_BYTES = 16 * 1024 * 1024
"""Of messages in one commit; one that is larger goes alone."""


@dataclass(slots=True, eq=False)
class _Wish:
    passages: Sequence[Passage]
    held: Sequence[Held]
    done: "asyncio.Future[frozenset[str]]"

    @property
    def size(self) -> int:
        return sum(len(one.mail.data) for one in self.held)


@dataclass(slots=True)
class _Waiting:
    wishes: list[_Wish] = field(default_factory=list)
    settled: dict[tuple[str, str], State] = field(default_factory=dict)
    turned_away: Counter[tuple[str, bool]] = field(default_factory=Counter)

    @property
    def is_empty(self) -> bool:
        return not (self.wishes or self.settled or self.turned_away)


class Book:
    """Takes what is to be written down, and writes it in as few commits as it can.

    While one commit is under way, what comes in gathers for the next one.
    """

    def __init__(self, ledger: Ledger, clock: Clock, journal: Journal, holder: str) -> None:
        self._ledger = ledger
        self._clock = clock
        self._journal = journal
        self._holder = holder
        self._waiting = _Waiting()
        self._asked = asyncio.Event()
        self._alarm: asyncio.TimerHandle | None = None
        self._is_over = False

    async def enter(
        self, passages: Sequence[Passage] = (), held: Sequence[Held] = ()
    ) -> frozenset[str]:
        """Write this down before anything else is done about it.

        Returns:
            Fingerprints of the campaigns that stand otherwise by now; see `Ledger.write`.

        Raises:
            BadStore: It could not be written.
        """
        done: asyncio.Future[frozenset[str]] = asyncio.get_running_loop().create_future()
        self._waiting.wishes.append(_Wish(passages, held, done))
        self._asked.set()
        return await done

    def settle(self, became: Mapping[tuple[str, str], State]) -> None:
        """Write down by and by what became of passages that were being sent."""
        self._waiting.settled.update(became)
        self._ask_in(LATER_S)

    def turn_away(self, fingerprint: str, recipients: int, *, for_good: bool) -> None:
        """Count by and by for how many recipients a copy was put off, or refused for good."""
        self._waiting.turned_away[fingerprint, for_good] += recipients
        self._ask_in(LATER_S)

    async def work(self) -> None:
        """Write until `close`."""
        while not self._is_over:
            await self._asked.wait()
            self._asked.clear()
            while not self._waiting.is_empty and await self._write(self._next()):
                pass

    async def close(self, working: "asyncio.Task[None]") -> None:
        """Write what is left, and end."""
        self._is_over = True
        self._asked.set()
        await working

    def _ask_in(self, seconds: float) -> None:
        if self._alarm is None:
            self._alarm = asyncio.get_running_loop().call_later(seconds, self._ask)

    def _ask(self) -> None:
        self._alarm = None
        self._asked.set()

    def _next(self) -> _Waiting:
        now = self._waiting
        now.wishes, later = _as_many_as_fit(now.wishes)
        self._waiting = _Waiting(later)
        return now

    async def _write(self, now: _Waiting) -> bool:
        """Whether it could be written."""
        entries = Entries(
            passages=tuple(_flat(wish.passages for wish in now.wishes)),
            settled=now.settled,
            held=tuple(one for wish in now.wishes for one in wish.held),
            turned_away=now.turned_away,
            holder=self._holder,
            at=self._clock.now(),
        )
        try:
            stopped = await asyncio.to_thread(self._ledger.write, entries)
        except BadStore as error:
            self._fail(now, error)
            return False
        except Exception as error:  # noqa: BLE001 - else nothing would be written any more
            return await self._write_apart(now, error)
        for wish in now.wishes:
            if not wish.done.done():
                wish.done.set_result(stopped)
        return True

    async def _write_apart(self, now: _Waiting, error: Exception) -> bool:
        """Find out by which one a mistake was met, and write the others."""
        apart = list(_apart(now))
        if len(apart) > 1:
            return all([await self._write(one) for one in apart])
        if not now.wishes:  # what is settled stays as it is, and is in doubt once this ends
            self._journal.warn("mistake", error=error)
        for wish in now.wishes:
            if not wish.done.done():
                wish.done.set_exception(error)
        return True

    def _fail(self, now: _Waiting, error: BadStore) -> None:
        # What became of a message is known for good: it is written once the store is there again.
        self._waiting.settled = {**now.settled, **self._waiting.settled}
        self._waiting.turned_away.update(now.turned_away)
        for wish in now.wishes:
            if not wish.done.done():
                wish.done.set_exception(error)
        self._ask_in(AFTER_TROUBLE_S)


def _apart(now: _Waiting) -> Iterable[_Waiting]:
    """Each for itself."""
    yield from (_Waiting([wish]) for wish in now.wishes)
    yield from (_Waiting(settled=dict([one])) for one in now.settled.items())
    yield from (_Waiting(turned_away=Counter(dict([one]))) for one in now.turned_away.items())


def _flat(several: Iterable[Sequence[Passage]]) -> Iterable[Passage]:
    return (one for some in several for one in some)


def _as_many_as_fit(wishes: list[_Wish]) -> tuple[list[_Wish], list[_Wish]]:
    """Those of the next commit, and the rest."""
    size = 0
    for count, wish in enumerate(wishes):
        size += wish.size
        if count and size > MOST_BYTES:
            return wishes[:count], wishes[count:]
    return wishes, []
