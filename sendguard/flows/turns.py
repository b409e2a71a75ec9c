"""The checks of a watch: as many at a time as may be, the soonest send first."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sendguard.config import Config
from sendguard.errors import BadStore
from sendguard.flows.noticing import Noticing
from sendguard.flows.settle import came_of, came_of_a_mistake
from sendguard.ports import Clock
from sendguard.ports.watching import Journal, MakeCheck, Moments, Planned, Settled
from sendguard.watch import Circumstances, Moment, Turn, Why, choose_turn, soonest_first

REST_S = 60.0
"""After a check of which nothing could be kept, before it is made again."""
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """What a watch works with.

    Attributes:
        noticing: Finds out what is new.
        moments: What is due.
        make_check: Makes a check.
        clock: Tells the time.
        journal: What happens is written there.
        config: What is in force.
    """

    noticing: Noticing
    moments: Moments
    make_check: MakeCheck
    clock: Clock
    journal: Journal
    config: Config


class Turns:
    """The checks that are under way, and those that wait for their turn.

    Args:
        equipment: What to work with.
        on_trouble: Told when a check could not be kept.
    """

    def __init__(self, equipment: Equipment, on_trouble: Callable[[BadStore], None]) -> None:
        self._with = equipment
        self._on_trouble = on_trouble
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._rests: dict[str, float] = {}
        self._choosing = asyncio.Lock()
        self._may_begin = False
        self._since = self._jumped = NEVER

    @property
    def under_way(self) -> int:
        """How many campaigns are being checked."""
        return len(self._under_way)

    def watch(self) -> None:
        """From now on this process watches: what should have been before comes late."""
        self._may_begin, self._since = True, self._with.clock.now()

    def pause(self) -> None:
        """Begin nothing until it is known again who watches."""
        self._may_begin = False

    def notice_jump(self) -> None:
        """The clock was set: what should have been meanwhile comes late."""
        self._jumped = self._with.clock.now()
        self._since = min(self._since, self._jumped)

    async def until_done(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.wait(list(self._under_way.values()))

    async def begin(self) -> None:
        """Begin as many checks as there is room for.

        Raises:
            BadStore: The store cannot be used.
        """
        async with self._choosing:
            free = self._with.config.watch.at_once - len(self._under_way)
            if free <= 0 or not self._may_begin:
                return
            planned = await asyncio.to_thread(self._with.moments.planned)
            due = await asyncio.to_thread(self._with.moments.due, self._with.clock.now())
            sends = {name: one.send_at for name, one in planned.items()}
            turns = soonest_first(self._choose(due), sends, self._with.clock.now())
            for turn in turns[:free]:
                await self._begin_one(turn, planned)

    async def _begin_one(self, turn: Turn, planned: Mapping[str, Planned]) -> None:
        campaign = turn.run.campaign
        if campaign not in planned or not await asyncio.to_thread(self._with.moments.take, turn):
            return
        for says in turn.says:
            self._with.journal.warn("late", campaign=campaign, says=says)
        going = asyncio.create_task(self._go(turn, planned[campaign]))
        self._under_way[campaign] = going

    def _choose(self, due: Sequence[Moment]) -> list[Turn]:
        """A turn for each campaign that something is due of, and that is not under way."""
        now, now_s = self._with.clock.now(), self._with.clock.elapsed_s()
        pending: defaultdict[str, list[Moment]] = defaultdict(list)
        for moment in due:
            if moment.campaign in self._under_way or self._rests.get(moment.campaign, 0) > now_s:
                continue
            # One that was noticed by a clock that has been set back since is due, too.
            pending[moment.campaign].append(replace(moment, due=min(moment.due, now)))
        on_time_s = max(60.0, 3 * self._with.config.watch.look_every_s)
        turns = (
            choose_turn(of_one, now, why=self._why(of_one), on_time_s=on_time_s)
            for of_one in pending.values()
        )
        return [turn for turn in turns if turn]

    def _why(self, due: Sequence[Moment]) -> Why:
        first = min(moment.due for moment in due)
        if first < self._since:
            return Why.NOT_WATCHING
        return Why.CLOCK if first <= self._jumped else Why.BUSY

    async def _go(self, turn: Turn, planned: Planned) -> None:
        """Make a check, and then the next one that there is room for."""
        try:
            if not await self._check(turn, planned):
                self._rest(turn)
        except BadStore as error:
            self._rest(turn)
            self._on_trouble(error)
        except Exception as error:  # noqa: BLE001 - one campaign must not end the watch of others
            self._rest(turn)
            self._with.journal.warn("mistake", campaign=turn.run.campaign, error=error)
        finally:
            del self._under_way[turn.run.campaign]
        try:
            await self.begin()
        except BadStore as error:
            self._on_trouble(error)

    def _rest(self, turn: Turn) -> None:
        self._rests[turn.run.campaign] = self._with.clock.elapsed_s() + REST_S

    async def _check(self, turn: Turn, planned: Planned) -> bool:
        """Make a check and write down what came of it; False where its folder is gone."""
        path = await asyncio.to_thread(self._with.noticing.path_of, turn.run.campaign)
        if path is None:
            return False
        began_s = self._with.clock.elapsed_s()
        settled, counts = await self._settle(path, turn, planned)
        if counts:
            self._tell(settled, self._with.clock.elapsed_s() - began_s)
        else:
            self._with.journal.tell("overtaken", campaign=turn.run.campaign, moment=turn.run.name)
        return True

    async def _settle(self, path: str, turn: Turn, planned: Planned) -> tuple[Settled, bool]:
        """Make a check and write it down; False where it is of no account any more."""
        known = await asyncio.to_thread(self._with.moments.known, turn.run.campaign)
        now, send_at = self._with.clock.now(), planned.send_at
        before_send = send_at > now if send_at else known.sent_at is None
        try:
            made = await self._with.make_check(path, turn.run, before_send=before_send)
            settled = came_of(made, turn, known, self._around(turn.run.campaign))
            return settled, await self._write(settled)
        except BadStore:
            raise
        except Exception as error:  # noqa: BLE001 - a campaign must not go unchecked unnoticed
            self._with.journal.warn("mistake", campaign=turn.run.campaign, error=error)
            settled = came_of_a_mistake(path, turn, known, planned, now)
            return settled, await self._write(settled)

    async def _write(self, settled: Settled) -> bool:
        addresses = self._with.config.notify
        return await asyncio.to_thread(self._with.moments.settle, settled, addresses)

    def _around(self, campaign: str) -> Circumstances:
        return Circumstances(
            has_appeared=self._with.noticing.has_appeared(campaign),
            before=self._with.config.watch.before,
        )

    def _tell(self, settled: Settled, took_s: float) -> None:
        standing, notice = settled.standing, settled.notice
        self._with.journal.tell(
            "checked",
            campaign=standing.campaign,
            moment=settled.turn.run.name,
            decision=str(standing.decision),
            says=standing.says or standing.gist,
            took_s=round(took_s, 2),
            notice=notice.title if notice else None,
        )
