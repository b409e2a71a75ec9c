"""Work through the outbox for good: whatever is due is sent, one campaign after the other."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import assert_never

from sendguard.errors import BadStore, SendGuardError
from sendguard.flows.deliver import Delivered, Ending
from sendguard.ports import Clock
from sendguard.ports.sending import Outbox
from sendguard.ports.watching import Journal
from sendguard.send import Dispatch, State

LOOK_EVERY_S = 3.0
TURN_S = 300.0
"""After so long it is another campaign's turn, if one waits."""
REST_S = 60.0
"""So long a campaign is left alone that could not be sent for a reason of ours."""

DeliverOne = Callable[[Dispatch, asyncio.Event], Awaitable[Delivered]]
"""Delivers what is due of one, until that is done or the event is set."""

OnStorm = Callable[[Delivered], Awaitable[None]]
"""Told of a campaign that a storm of refusals has paused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """How the work goes.

    Attributes:
        trouble: Why the outbox cannot be read; None while it can.
        looked_s: Seconds since it was looked into last; None before the first time.
        sending: Name of the campaign that is being sent; None for none.
        relay: Why the mail server takes nothing; None while it does.
    """

    trouble: str | None
    looked_s: float | None
    sending: str | None
    relay: str | None


class Working:
    """One worker. Several on one outbox do each other no harm: no two get one delivery.

    Campaigns are sent one after the other, so that the limits of config.yaml, which are about the
    mail server, hold for all of them together.

    Args:
        outbox: Has what is due.
        clock: Tells the time.
        journal: Told what happens.
        deliver_one: Delivers one.
        on_storm: Told of storms.
    """

    def __init__(
        self,
        outbox: Outbox,
        clock: Clock,
        journal: Journal,
        deliver_one: DeliverOne,
        on_storm: OnStorm,
    ) -> None:
        self._outbox = outbox
        self._clock = clock
        self._journal = journal
        self._deliver_one = deliver_one
        self._on_storm = on_storm
        self._rest_until_s: dict[str, float] = {}
        self._looked_s: float | None = None
        self._trouble: str | None = None
        self._sending: str | None = None
        self._relay: str | None = None

    @property
    def condition(self) -> AtWork:
        """How it goes now."""
        ago_s = None if self._looked_s is None else self._clock.elapsed_s() - self._looked_s
        return AtWork(
            trouble=self._trouble, looked_s=ago_s, sending=self._sending, relay=self._relay
        )

    async def work(self, stop: asyncio.Event, look_every_s: float = LOOK_EVERY_S) -> None:
        """Work until `stop` is set, and settle then what is on the wire."""
        while not stop.is_set():
            try:
                await self._look(stop)
            except BadStore as error:
                self._lose(str(error))
            except Exception as error:  # noqa: BLE001 - nobody would send any more
                self._journal.warn("mistake", error=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), look_every_s)

    async def _look(self, stop: asyncio.Event) -> None:
        now = self._clock.now()
        doubts = await asyncio.to_thread(self._outbox.recover, now)
        due = await asyncio.to_thread(self._outbox.due, now)
        self._find()
        if doubts:
            self._journal.warn("in-doubt", messages=doubts, says="who was sending them is gone")
        for dispatch in due:
            rested = self._rest_until_s.get(dispatch.campaign, 0.0) <= self._clock.elapsed_s()
            if rested and not stop.is_set():
                await self._take_turn(dispatch, stop)

    def _lose(self, says: str) -> None:
        if self._trouble is None:
            self._journal.warn("outbox-lost", says=says)
        self._trouble = says

    def _find(self) -> None:
        if self._trouble is not None:
            self._journal.tell("outbox-back")
        self._trouble, self._looked_s = None, self._clock.elapsed_s()

    async def _take_turn(self, dispatch: Dispatch, stop: asyncio.Event) -> None:
        self._sending = dispatch.campaign
        self._journal.tell("delivering", campaign=dispatch.campaign)
        try:
            await self._note(await self._turn(dispatch, stop))
        except SendGuardError as error:  # of this one; a store that is lost shows at the next look
            self._rest(dispatch)
            self._journal.warn("not-delivered", campaign=dispatch.campaign, says=error)
        finally:
            self._sending = None

    async def _turn(self, dispatch: Dispatch, stop: asyncio.Event) -> Delivered:
        over = asyncio.Event()
        timer = asyncio.get_running_loop().call_later(TURN_S, over.set)
        ending = asyncio.create_task(_pass_on(stop, over))
        try:
            return await self._deliver_one(dispatch, over)
        finally:
            timer.cancel()
            ending.cancel()

    async def _note(self, ended: Delivered) -> None:
        dispatch, says = ended.progress.dispatch, ended.says
        self._relay = None
        match ended.ending:
            case Ending.PAUSED:
                self._journal.warn("delivery-paused", campaign=dispatch.campaign, says=says)
                if ended.is_storm:
                    await self._on_storm(ended)
            case Ending.NO_RELAY:
                self._relay = says
                self._rest(dispatch)
                self._journal.warn("no-mail-server", campaign=dispatch.campaign, says=says)
            case Ending.DONE | Ending.WAITING | Ending.INTERRUPTED | Ending.CANCELLED:
                self._journal.tell("delivered", campaign=dispatch.campaign, **_counts(ended))
            case _:
                assert_never(ended.ending)

    def _rest(self, dispatch: Dispatch) -> None:
        self._rest_until_s[dispatch.campaign] = self._clock.elapsed_s() + REST_S


async def _pass_on(stop: asyncio.Event, over: asyncio.Event) -> None:
    await stop.wait()
    over.set()


def _counts(ended: Delivered) -> dict[str, int]:
    """How all of its messages stand."""
    count = ended.progress.count
    return {
        "sent": count(State.SENT),
        "refused": count(State.REFUSED),
        "in_doubt": count(State.IN_DOUBT),
        "waiting": count(State.PENDING, State.SENDING),
    }
