"""Watch campaigns: one process looks at what is new and what is due, others stand by."""

import asyncio
from dataclasses import dataclass

from sendguard.errors import BadStore
from sendguard.flows.turns import Equipment, Turns
from sendguard.ports.watching import Watcher, WatchLock
from sendguard.watch import jump_s, jump_says, to_make_again
from sendguard.watch.passed_over import told_passed_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How a watch does.

    Attributes:
        is_watching: This process has the lock.
        watcher: Who has it otherwise.
        trouble: Why the store cannot be used; None while it can.
        looked_s: Seconds since the last look that could be made; None before the first.
        under_way: How many campaigns are being checked.
        has_place: Whether the folder of campaigns was there when it was looked for last.
    """

    is_watching: bool
    watcher: Watcher | None
    trouble: str | None
    looked_s: float | None
    under_way: int
    has_place: bool = True


class Watching:
    """A process that watches, or stands by while another one does.

    Args:
        equipment: What to work with.
        lock: Who watches.
    """

    def __init__(self, equipment: Equipment, lock: WatchLock) -> None:
        self._with = equipment
        self._lock = lock
        self._turns = Turns(equipment, self._lose_store)
        self._holding = asyncio.Lock()
        self._is_watching: bool | None = None
        self._watcher: Watcher | None = None
        self._trouble: str | None = None
        self._looked_s: float | None = None
        self._has_place = True
        self._has_jumped = self._is_to_make_again = False
        self._time = (equipment.clock.now(), equipment.clock.elapsed_s())

    @property
    def condition(self) -> Condition:
        """How it does."""
        now_s = self._with.clock.elapsed_s()
        return Condition(
            is_watching=bool(self._is_watching),
            watcher=self._watcher,
            trouble=self._trouble,
            looked_s=None if self._looked_s is None else now_s - self._looked_s,
            under_way=self._turns.under_way,
            has_place=self._has_place,
        )

    async def keep_up(self) -> bool:
        """To be called every few seconds: keep the lock, and notice when the clock was set.

        Returns:
            True where there is reason to look at once.
        """
        was = self._is_watching
        self._notice_jump()
        jumped, self._has_jumped = self._has_jumped, False
        try:
            holds = await self._hold()
        except BadStore as error:
            self._lose_store(error)
            return jumped
        return jumped or (holds and not was)

    async def look(self) -> None:
        """Look once: what is new, what is due. Checks that it begins go on after it."""
        self._notice_jump()  # before anything is found late
        try:
            if await self._hold():
                await self._notice()
                await self._turns.begin()
        except BadStore as error:
            self._lose_store(error)
            return
        was_lost, self._trouble = self._trouble is not None, None
        if was_lost:
            self._with.journal.tell("store-back")
        if was_lost and self._is_watching:
            self._tell_watching()
        self._looked_s = self._with.clock.elapsed_s()

    async def until_done(self) -> None:
        """Wait until no check is under way."""
        await self._turns.until_done()

    async def stop(self) -> None:
        """Let another process watch; what is under way it will do again.

        Raises:
            BadStore: The store cannot be used; the lock will be free in a while.
        """
        self._turns.pause()
        async with self._holding:
            await asyncio.to_thread(self._lock.let_go)

    async def _hold(self) -> bool:
        async with self._holding:
            holds = await asyncio.to_thread(self._lock.hold)
            self._watcher = None if holds else await asyncio.to_thread(self._lock.watcher)
            was, self._is_watching = self._is_watching, holds
        if holds and not was:
            await self._take_over()
        elif holds and self._is_to_make_again:
            await self._make_again()
        elif not holds and was is not False:
            self._turns.pause()
            holder = self._watcher.holder if self._watcher else None
            self._with.journal.tell("standing-by", watcher=holder)
        return holds

    async def _take_over(self) -> None:
        if self._trouble is None:  # else once something worked
            self._tell_watching()
        self._with.noticing.begin_anew()
        self._turns.watch()
        await self._make_again()

    def _tell_watching(self) -> None:
        self._with.journal.tell("watching", campaigns=self._with.config.campaigns)

    def _notice_jump(self) -> None:
        now, now_s = self._with.clock.now(), self._with.clock.elapsed_s()
        (before, before_s), self._time = self._time, (now, now_s)
        jump = jump_s(before, now, now_s - before_s)
        if jump is not None:
            self._with.journal.warn("clock-jumped", says=jump_says(jump), jump_s=round(jump))
            self._turns.notice_jump()
            self._has_jumped = self._is_to_make_again = True

    async def _make_again(self) -> None:
        """What was done by a clock that was ahead is done again in its time."""
        now, moments = self._with.clock.now(), self._with.moments
        early = to_make_again(await asyncio.to_thread(moments.done_after, now), now)
        if early:
            await asyncio.to_thread(moments.make_again, early)
        self._is_to_make_again = False

    async def _notice(self) -> None:
        noticed = await asyncio.to_thread(self._with.noticing.look, self._with.clock.now())
        if not noticed.is_known:
            return
        if self._has_place and not noticed.is_there:
            folder = self._with.config.campaigns
            self._with.journal.warn("no-campaigns-folder", folder=folder)
        self._has_place = noticed.is_there
        for campaign in noticed.new:
            self._with.journal.tell("noticed", campaign=campaign)
        for campaign in noticed.gone:
            self._with.journal.tell("gone", campaign=campaign)
        if noticed.passed_over:
            self._with.journal.warn("passed-over", says=told_passed_over(noticed.passed_over))

    def _lose_store(self, error: BadStore) -> None:
        if self._trouble is None:
            self._with.journal.warn("store-lost", says=str(error))
        self._trouble = str(error)
        # Whoever cannot write cannot keep the lock either.
        self._is_watching = None
        self._turns.pause()
