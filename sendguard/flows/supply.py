"""What a relay carries, taken from the outbox: begun in small groups, and written down again."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sendguard.errors import BadStore, SendGuardError
from sendguard.flows.patience import patiently
from sendguard.ports import Clock
from sendguard.ports.sending import Outbox, Relay
from sendguard.send import (
    Deferred,
    Delivery,
    Dispatch,
    Letter,
    NotSent,
    Outcome,
    Settled,
    State,
)
from sendguard.send.later import rest_s
from sendguard.send.pace import Limits, Pace, domain_of
from sendguard.send.settling import settled_by
from sendguard.send.storm import Storm

SHARD = 500
"""Leased at a time; they stay pending."""
GROUP = 50
"""Begun at a time, right before they go; with those on the wire, at most twice as many are."""
MOST_BYTES = 32_000_000
"""Of the letters of one group: with large pictures in them, fewer are begun."""
LONGEST_UNWRITTEN_S = 0.1

Cast = Callable[[Delivery], Letter]
"""Makes the letter of a delivery; may read the store, so it is called in a thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """What deliveries are made with.

    Attributes:
        outbox, relay, clock: Ports.
        worker: A name that no other worker has.
        cast: Makes the letter of a delivery.
        limits: What holds messages back.
        group: How many deliveries are begun at a time; see `group_of`.
    """

    outbox: Outbox
    relay: Relay
    clock: Clock
    worker: str
    cast: Cast
    limits: Limits
    group: int = GROUP


def group_of(size: int) -> int:
    """How many letters of so many bytes are begun at a time."""
    return max(1, min(GROUP, MOST_BYTES // max(1, size)))


OnSettled = Callable[[Mapping[State, int]], None]
"""Told how many deliveries of this run came to which state; `PENDING` are those put off."""


class OutboxSupply:
    """A `ports.sending.Supply` over one dispatch of an outbox.

    All of it runs in one event loop; what waits for the store is done in one thread at a time.

    Args:
        dispatch: Whose deliveries.
        equipment: What to work with.
        on_settled: Called after every change.
    """

    def __init__(self, dispatch: Dispatch, equipment: Equipment, on_settled: OnSettled) -> None:
        self._dispatch = dispatch
        self._outbox = equipment.outbox
        self._worker = equipment.worker
        self._cast = equipment.cast
        self._clock = equipment.clock
        self._pace = Pace(equipment.limits)
        self._storm = Storm(equipment.limits.at_once)
        self._on_settled = on_settled
        self._leased: deque[Delivery] = deque()
        self._begun: dict[int, Delivery] = {}
        self._ready: deque[Letter] = deque()
        self._settled: list[Settled] = []
        self._counts: Counter[State] = Counter()
        self._stirred, self._wake = asyncio.Event(), asyncio.Event()
        self._deferred_in_a_row, self._rest_until_s = 0, 0.0
        self._is_ending, self._is_held = False, False
        self._group = equipment.group
        self._failure: SendGuardError | None = None
        self.storm: str | None = None

    # What the relay asks for.

    def take(self) -> Letter | None:
        """The next letter that may go now."""
        if self._is_held or not self._ready:
            return None
        letter = self._ready.popleft()
        if not self._ready and not self._is_ending:
            self._stirred.clear()
        return letter

    def put_back(self, letter: Letter) -> None:
        """Take it back untried."""
        if self._is_ending:
            self.settle(letter, NotSent("it was not sent any more"))
            return
        self._ready.appendleft(letter)
        self._stir()

    def settle(self, letter: Letter, outcome: Outcome) -> None:
        """Hear what became of a letter."""
        delivery = self._begun[letter.id]
        settled = settled_by(outcome, delivery, self._clock.now())
        self._settled.append(settled)
        self._pace.over(domain_of(letter.recipient))
        self._counts[settled.state] += 1
        self._heed(outcome)
        if len(self._settled) >= GROUP:
            self._wake.set()

    @property
    def is_over(self) -> bool:
        """There will be no more to take."""
        return self._is_ending and not self._ready

    async def wait(self) -> None:
        """Wait until there may be another one, or it is over."""
        await self._stirred.wait()

    # What whoever delivers asks for.

    def end(self) -> None:
        """Hand out nothing more; what nobody took goes back to the outbox."""
        self._is_ending = True
        while self._ready:
            self.settle(self._ready.popleft(), NotSent("it was not sent any more"))
        self._stirred.set()
        self._wake.set()

    async def keep_books(self) -> None:
        """Begin deliveries and write down what became of them, until all is settled.

        Raises:
            BadStore: The store cannot be used; what was on the wire may be in doubt.
        """
        try:
            while not (self._is_ending and not self._begun):
                if not await self._turn():
                    await self._pause()
        finally:
            self.end()
        await patiently(self._clock, lambda: self._outbox.give_back(self._worker))
        if self._failure:
            raise self._failure

    async def _pause(self) -> None:
        """Until there is something to write down, or something more may be begun."""
        self._wake.clear()
        if len(self._settled) >= GROUP or (self._is_ending and self._settled):
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_UNWRITTEN_S):
                await self._wake.wait()

    async def _turn(self) -> bool:
        """Write down what is settled and begin a group, in one; whether there was one to begin."""
        chosen = await self._next_group()
        settled, self._settled = self._settled, []
        if not (settled or chosen):
            return False
        try:
            turned = await patiently(
                self._clock, lambda: self._begun_letters(settled, chosen), self._hold
            )
        except BadStore as error:
            if not chosen:
                raise
            self._settled[:0] = settled  # which may be written down by themselves
            self._fail(error)
            return False
        for one in settled:
            self._begun.pop(one.id, None)
        self._get_ready(chosen, turned)
        if settled:
            self._on_settled(dict(self._counts))
        return bool(chosen)

    def _fail(self, error: SendGuardError) -> None:
        """Begin nothing more; it is raised once what is on the wire is settled."""
        self._failure = error
        self.end()

    async def _next_group(self) -> Sequence[Delivery]:
        """Those to begin now: none where there is no room, or the pace allows none."""
        now_s = self._clock.elapsed_s()
        is_full = len(self._begun) - len(self._settled) > self._group
        if self._is_ending or is_full or now_s < self._rest_until_s:
            return ()
        if not self._pace.may_begin_any(now_s):
            return ()
        if not self._leased:
            await self._lease()
        if not (self._leased or self._begun):
            self.end()
        return self._chosen()

    async def _lease(self) -> None:
        def ask() -> Sequence[Delivery]:
            return self._outbox.lease(self._dispatch, self._worker, self._clock.now(), SHARD)

        try:
            self._leased.extend(await patiently(self._clock, ask, self._hold))
        except BadStore as error:
            self._fail(error)
        self._let_go()

    def _chosen(self) -> list[Delivery]:
        """Those that the pace lets go now, in order; the others wait for their turn."""
        now_s = self._clock.elapsed_s()
        chosen: list[Delivery] = []
        waiting: list[Delivery] = []
        while self._leased and len(chosen) < self._group:
            one = self._leased.popleft()
            may = self._pace.may_begin(domain_of(one.reader.address), now_s)
            (chosen if may else waiting).append(one)
        self._leased.extendleft(reversed(waiting))
        return chosen

    def _begun_letters(
        self, settled: Sequence[Settled], chosen: Sequence[Delivery]
    ) -> tuple[Sequence[Delivery], Sequence[Letter]] | SendGuardError:
        """Those that were begun, and their letters; or why these cannot be made."""
        begun = self._outbox.turn(self._worker, settled, chosen, self._clock.now())
        try:
            return begun, [self._cast(one) for one in begun]
        except BaseException as error:
            # Nobody has seen anything of them: left as they are, they would be in doubt.
            why = NotSent("its message could not be made")
            unsent = [settled_by(why, one, self._clock.now()) for one in begun]
            self._outbox.settle(self._worker, unsent, self._clock.now())
            if isinstance(error, SendGuardError):
                return error  # raised, it would be asked again
            raise

    def _get_ready(
        self,
        chosen: Sequence[Delivery],
        turned: tuple[Sequence[Delivery], Sequence[Letter]] | SendGuardError,
    ) -> None:
        if isinstance(turned, SendGuardError):
            self._fail(turned)
            return
        begun, letters = turned
        self._begun |= {one.id: one for one in begun}
        for one in chosen:
            if one.id not in self._begun:  # it was paused, or taken for lost
                self._pace.over(domain_of(one.reader.address))
        self._ready.extend(letters)
        self._let_go()
        if len(begun) < len(chosen):
            self._leased.clear()
        if self._is_ending:  # while the store was asked
            self.end()

    def _hold(self) -> None:
        """Hand out nothing for now: what cannot be written down must not be sent."""
        self._is_held = True
        if not self._is_ending:
            self._stirred.clear()

    def _let_go(self) -> None:
        self._is_held = False
        if self._ready:
            self._stir()

    def _stir(self) -> None:
        if not self._is_held:
            self._stirred.set()

    def _heed(self, outcome: Outcome) -> None:
        is_deferred = isinstance(outcome, Deferred)
        self._deferred_in_a_row = self._deferred_in_a_row + 1 if is_deferred else 0
        if is_deferred:
            self._rest_until_s = self._clock.elapsed_s() + rest_s(self._deferred_in_a_row)
        self.storm = self.storm or self._storm.hear(outcome)
        if self.storm and not self._is_ending:
            self.end()
