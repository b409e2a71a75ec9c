"""Kept messages go out: taken from the store in small groups, handed on, and settled."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta

from sendguard.errors import BadStore
from sendguard.flows.gateway.accounts import settle_all
from sendguard.flows.gateway.handing_on import Equipment, HandingOn, Taken
from sendguard.gateway import Ended, Held, Stream
from sendguard.gateway.release.brake import Brake
from sendguard.gateway.release.reach import Reach
from sendguard.gateway.release.settling import in_doubt, put_back

GROUP = 50
"""Messages that are taken and not settled, at most: so many are in doubt after a `kill -9`."""
MOST_BYTES = 32 << 20
"""Of bodies that are in memory at a time; a larger message is there by itself."""
LOOK_EVERY_S = 1.0
LONGEST_UNWRITTEN_S = 0.05
LEASE_S = 300.0
"""After so long without a sign of life, what a process of another computer was sending is in doubt;
of this one it is seen that it is gone."""
HEARTBEAT_S = 60.0
RECOVER_EVERY_S = 30.0
GOODBYE_S = 60.0


class Releasing:
    """Hands kept messages on as they come due. Several on one store do each other no harm.

    A message is `SENDING` in the store before anything of it goes out, and stays there until it is
    written down what became of it. Where this process dies, it is in doubt: it may have arrived, so
    that nobody but a person sends it again.

    All of it runs in one event loop; the store is asked in threads, one question at a time.
    """

    def __init__(
        self,
        equipment: Equipment,
        *,
        most_bytes: int = MOST_BYTES,
        goodbye_s: float = GOODBYE_S,
    ) -> None:
        """Take nothing yet.

        Args:
            equipment: What to work with.
            most_bytes: Of bodies in memory at a time.
            goodbye_s: So long is waited at the end for what is on the wire.
        """
        self._with = equipment
        self._most_bytes, self._goodbye_s = most_bytes, goodbye_s
        self._reach, self._brake = Reach(), Brake()
        self._handing_on = HandingOn(equipment, self._reach, self._brake)
        at_once = max(1, equipment.config.at_once // 2)
        self._turns = asyncio.Semaphore(at_once)
        self._group = min(GROUP, 2 * at_once)
        self._in_memory: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended: list[Ended] = []
        self._stirred = asyncio.Event()
        self._is_stopping = False
        self._trouble: str | None = None
        self._written: str | None = None
        self._next_heartbeat_s = self._next_recovery_s = float("-inf")

    @property
    def trouble(self) -> str | None:
        """Why nothing can be released now: the store or the next hop; None while it can."""
        return self._trouble or self._reach.says or self._brake.says

    def wake(self) -> None:
        """Look at once: something has come due. To be called in the loop that it works in."""
        self._stirred.set()

    async def work(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, and settle then what is on the wire."""
        ending = asyncio.create_task(self._stop_at(stop))
        try:
            while not stop.is_set():
                wait_s = await self._look()
                await self._rest(wait_s)
            await self._say_goodbye()
        finally:
            ending.cancel()
            for task in self._tasks:
                task.cancel()

    async def _stop_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._is_stopping = True
        self._stirred.set()

    async def _rest(self, wait_s: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._stirred.wait()

    async def _look(self) -> float:
        """Write down what there is, and begin what there is room for; seconds until the next."""
        self._stirred.clear()
        try:
            await self._stay_alive()
            await self._settle()
            taken, wait_s = await self._take()
        except BadStore as error:
            self._lose(str(error))
            return LOOK_EVERY_S
        except Exception as error:  # noqa: BLE001 - nothing would be released any more
            self._with.journal.warn("mistake", error=error)
            return LOOK_EVERY_S
        self._find()
        for one in taken:
            self._begin(one)
        return wait_s

    def _lose(self, says: str) -> None:
        if self._trouble is None:
            self._with.journal.warn("gateway-store-lost", says=says)
        self._trouble = says

    def _find(self) -> None:
        if self._trouble is not None:
            self._with.journal.tell("gateway-store-back")
        self._trouble = None

    async def _stay_alive(self) -> None:
        now_s, now = self._with.clock.elapsed_s(), self._with.clock.now()
        ledger, holder = self._with.ledger, self._with.holder
        says = self.trouble or self._with.more_trouble()
        if now_s >= self._next_heartbeat_s or says != self._written:
            until = now + timedelta(seconds=LEASE_S)
            await asyncio.to_thread(ledger.keep_alive, holder, until, says)
            self._next_heartbeat_s, self._written = now_s + HEARTBEAT_S, says
        if now_s >= self._next_recovery_s:
            doubts = await asyncio.to_thread(ledger.recover, now)
            self._next_recovery_s = now_s + RECOVER_EVERY_S
            if doubts:
                says = "who was sending them is gone"
                self._with.journal.warn("in-doubt", messages=doubts, says=says)

    async def _settle(self) -> None:
        ended = tuple(self._ended)
        if not ended:
            return
        await settle_all(self._with.ledger, self._with.holder, ended, self._with.journal)
        del self._ended[: len(ended)]
        for one in ended:
            self._in_memory.pop(one.taken.id, None)

    async def _take(self) -> tuple[Sequence[Taken], float]:
        """Messages to hand on now, and for how long there will be no more."""
        now_s = self._with.clock.elapsed_s()
        rest_s = max(self._reach.rest_s(now_s), self._brake.rest_s(now_s))
        most, room = self._room()
        if self._is_stopping or rest_s or not most:
            return (), min(rest_s or LOOK_EVERY_S, LOOK_EVERY_S)
        now = self._with.clock.now()
        due = await asyncio.to_thread(self._with.ledger.next_due)
        if due is None or due > now:
            due_s = (due - now).total_seconds() if due else LOOK_EVERY_S
            return (), min(due_s, LOOK_EVERY_S)
        taken = await asyncio.to_thread(self._with.ledger.take, self._with.holder, now, most, room)
        self._in_memory |= {held.id: len(held.mail.data) for held in taken}
        return await self._with_streams(taken), 0.0 if taken else LOOK_EVERY_S

    def _room(self) -> tuple[int, int]:
        """How many messages there is room for, and how large all together; 0 for none now."""
        bytes_left = self._most_bytes - sum(self._in_memory.values())
        if self._reach.is_doubtful or self._brake.says:
            return int(not self._in_memory), bytes_left
        is_roomy = len(self._in_memory) <= self._group // 2 and bytes_left >= self._most_bytes // 2
        return (self._group - len(self._in_memory) if is_roomy else 0), bytes_left

    async def _with_streams(self, taken: Sequence[Held]) -> Sequence[Taken]:
        names = {held.fingerprint for held in taken if held.fingerprint}
        try:
            streams = await asyncio.to_thread(self._streams, names)
        except BaseException:
            self._ended += [put_back(held) for held in taken]
            raise
        return [Taken(held, streams.get(held.fingerprint or "")) for held in taken]

    def _streams(self, names: set[str]) -> Mapping[str, Stream]:
        found = (self._with.streams.find(name) for name in sorted(names))
        return {stream.fingerprint: stream for stream in found if stream}

    def _begin(self, taken: Taken) -> None:
        task = asyncio.create_task(self._release(taken))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _release(self, taken: Taken) -> None:
        """Hand one message on when it is its turn; whatever happens, it has ended then."""
        ended = put_back(taken.held)
        try:
            async with self._turns:
                if not self._is_stopping:
                    ended = in_doubt(taken.held, "it was broken off while it was sent")
                    ended = await self._handing_on.hand_on(taken)
        finally:
            self._end(ended)

    def _end(self, ended: Ended) -> None:
        """Have it written down: with others, but soon."""
        self._ended.append(ended)
        if len(self._ended) >= self._group // 2 or len(self._ended) == len(self._in_memory):
            self._stirred.set()
        elif len(self._ended) == 1:
            asyncio.get_running_loop().call_later(LONGEST_UNWRITTEN_S, self._stirred.set)

    async def _say_goodbye(self) -> None:
        """Wait for what is on the wire, and call in doubt what is there for too long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._goodbye_s):
                while self._in_memory:
                    await self._rest(LONGEST_UNWRITTEN_S)
                    await self._look()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(BadStore):
            await self._settle()
