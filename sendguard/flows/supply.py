"""What a relay carries, taken from the outbox: begun in small groups, and written down again."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import assert_never

from sendguard.errors import BadStore, SendGuardError
from sendguard.judge.quote import plain
from sendguard.ports import Clock
from sendguard.ports.sending import Outbox, Relay
from sendguard.send import (
    Accepted,
    Deferred,
    Delivery,
    Dispatch,
    Letter,
    NotSent,
    Outcome,
    Refused,
    Settled,
    State,
    Unanswered,
)
from sendguard.send.later import pause_before_try_s, rest_s
from sendguard.send.pace import Limits, Pace, domain_of
from sendguard.send.storm import Storm

SHARD = 500
"""Leased at a time; they stay pending."""
GROUP = 50
"""Begun at a time, right before they go; with those on the wire, at most twice as many are."""
LONGEST_UNWRITTEN_S = 0.1
STORE_PATIENCE_S = 30.0
"""So long it is tried to write down what the relay answered, should the store fail just then."""
_LONGEST_SAID = 300

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
    """

    outbox: Outbox
    relay: Relay
    clock: Clock
    worker: str
    cast: Cast
    limits: Limits


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
        self._storm = Storm()
        self._on_settled = on_settled
        self._leased: deque[Delivery] = deque()
        self._begun: dict[int, Delivery] = {}
        self._ready: deque[Letter] = deque()
        self._settled: list[Settled] = []
        self._counts: Counter[State] = Counter()
        self._stirred, self._wake = asyncio.Event(), asyncio.Event()
        self._deferred_in_a_row, self._rest_until_s = 0, 0.0
        self._is_ending = False
        self._failure: SendGuardError | None = None
        self.storm: str | None = None

    # What the relay asks for.

    def take(self) -> Letter | None:
        """The next letter that may go now."""
        if not self._ready:
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
        self._stirred.set()

    def settle(self, letter: Letter, outcome: Outcome) -> None:
        """Hear what became of a letter."""
        delivery = self._begun[letter.id]
        settled = self._judged(delivery, outcome)
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
            SendGuardError: No message can be made, or the store cannot be used (`BadStore`).
        """
        try:
            while not (self._is_ending and not self._begun):
                await self._write_down()
                if self._is_ending or not await self._begin_or_end():
                    await self._pause()
        finally:
            self.end()
        await asyncio.to_thread(self._outbox.give_back, self._worker)
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

    async def _write_down(self) -> None:
        if not self._settled:
            return
        settled, self._settled = self._settled, []
        until_s = self._clock.elapsed_s() + STORE_PATIENCE_S
        while True:
            try:
                now = self._clock.now()
                await asyncio.to_thread(self._outbox.settle, self._worker, settled, now)
                break
            except BadStore:
                self.end()  # what cannot be written down must not be sent
                if self._clock.elapsed_s() > until_s:
                    raise
                await asyncio.sleep(1.0)
        for one in settled:
            self._begun.pop(one.id, None)
        self._on_settled(dict(self._counts))

    async def _begin_or_end(self) -> bool:
        """Begin more; what speaks against it is raised once what is on the wire is settled."""
        try:
            return await self._begin_more()
        except SendGuardError as error:
            self._failure = error
            self.end()
            return False

    async def _begin_more(self) -> bool:
        """Begin a group, where there is room and the pace allows it; whether one was begun."""
        now_s = self._clock.elapsed_s()
        if len(self._begun) > GROUP or now_s < self._rest_until_s:
            return False
        if not self._pace.may_begin_any(now_s):
            return False
        if not self._leased:
            await self._lease()
        if not (self._leased or self._begun):
            self.end()
        chosen = self._chosen()
        if chosen:
            await self._begin(chosen)
        return bool(chosen)

    async def _lease(self) -> None:
        wanted = (self._dispatch, self._worker, self._clock.now(), SHARD)
        self._leased.extend(await asyncio.to_thread(self._outbox.lease, *wanted))

    def _chosen(self) -> list[Delivery]:
        """Those that the pace lets go now, in order; the others wait for their turn."""
        now_s = self._clock.elapsed_s()
        chosen: list[Delivery] = []
        waiting: list[Delivery] = []
        while self._leased and len(chosen) < GROUP:
            one = self._leased.popleft()
            may = self._pace.may_begin(domain_of(one.reader.address), now_s)
            (chosen if may else waiting).append(one)
        self._leased.extendleft(reversed(waiting))
        return chosen

    async def _begin(self, chosen: Sequence[Delivery]) -> None:
        letters, begun = await asyncio.to_thread(self._begun_letters, chosen)
        self._begun |= {one.id: one for one in begun}
        for one in chosen:
            if one.id not in self._begun:  # it was paused, or taken for lost
                self._pace.over(domain_of(one.reader.address))
        self._ready.extend(letters)
        if letters:
            self._stirred.set()
        if len(begun) < len(chosen):
            self._leased.clear()
        if self._is_ending:  # while the store was asked
            self.end()

    def _begun_letters(
        self, chosen: Sequence[Delivery]
    ) -> tuple[Sequence[Letter], Sequence[Delivery]]:
        begun = self._outbox.begin(self._worker, chosen, self._clock.now())
        try:
            return [self._cast(one) for one in begun], begun
        except BaseException:
            # Nobody has seen anything of them: left as they are, they would be in doubt.
            unsent = [_unsent(one, "its message could not be made") for one in begun]
            self._outbox.settle(self._worker, unsent, self._clock.now())
            raise

    def _judged(self, delivery: Delivery, outcome: Outcome) -> Settled:
        match outcome:
            case Accepted(reply):
                return _settled(delivery, State.SENT, str(reply))
            case Refused(reply):
                return _settled(delivery, State.REFUSED, str(reply))
            case Unanswered(says):
                return _settled(delivery, State.IN_DOUBT, says)
            case NotSent(says):
                return _unsent(delivery, says)
            case Deferred(reply):
                return self._put_off(delivery, str(reply))
            case _:
                assert_never(outcome)

    def _put_off(self, delivery: Delivery, says: str) -> Settled:
        pause_s = pause_before_try_s(delivery.tries)
        if pause_s is None:
            return _settled(delivery, State.REFUSED, f"given up after many tries: {says}")
        due = self._clock.now() + timedelta(seconds=pause_s)
        said = plain(says, _LONGEST_SAID)
        return Settled(id=delivery.id, state=State.PENDING, says=said, due=due)

    def _heed(self, outcome: Outcome) -> None:
        is_deferred = isinstance(outcome, Deferred)
        self._deferred_in_a_row = self._deferred_in_a_row + 1 if is_deferred else 0
        if is_deferred:
            self._rest_until_s = self._clock.elapsed_s() + rest_s(self._deferred_in_a_row)
        self.storm = self.storm or self._storm.hear(outcome)
        if self.storm and not self._is_ending:
            self.end()


def _unsent(delivery: Delivery, says: str) -> Settled:
    return Settled(id=delivery.id, state=State.PENDING, says=plain(says), counts=False)


def _settled(delivery: Delivery, state: State, says: str) -> Settled:
    return Settled(id=delivery.id, state=state, says=plain(says, _LONGEST_SAID))
