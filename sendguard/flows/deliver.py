"""Deliver a campaign that was queued: from the outbox, through the relay, into the books."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sendguard.errors import RelayTrouble
from sendguard.flows.patience import patiently
from sendguard.flows.supply import Equipment, OutboxSupply
from sendguard.ports import Clock
from sendguard.ports.sending import Progress, Relay
from sendguard.send import Dispatch, Going, State

LONGEST_WAIT_S = 20 * 60.0
"""So long a command waits for those that were put off; what is due later is left to `resume`."""


class Ending(StrEnum):
    """Why a run ended."""

    DONE = "done"
    WAITING = "waiting"  # what is left was put off, or is another worker's
    INTERRUPTED = "interrupted"
    PAUSED = "paused"  # by a person, or by a storm of bad answers
    CANCELLED = "cancelled"
    NO_RELAY = "no-relay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What came of a run.

    Attributes:
        ending: Why it ended.
        progress: How the dispatch stands now.
        says: More about the ending, as one line; None for nothing.
        is_storm: It was paused because of how the server answered; see `send.storm`.
    """

    ending: Ending
    progress: Progress
    says: str | None = None
    is_storm: bool = False


OnProgress = Callable[[Mapping[State, int]], None]


async def deliver(
    dispatch: Dispatch,
    equipment: Equipment,
    on_progress: OnProgress,
    stop: asyncio.Event,
    longest_wait_s: float = LONGEST_WAIT_S,
) -> Delivered:
    """Deliver until nothing is left to do, or `stop` is set.

    Args:
        dispatch: Whose deliveries.
        equipment: What to work with.
        on_progress: Told how all deliveries of the dispatch stand, again and again.
        stop: Once it is set, nothing more is begun; what is on the wire is settled.
        longest_wait_s: How long it is waited for those that were put off.

    Raises:
        BadStore: The store cannot be used any more; what was on the wire may be in doubt.
    """
    clock, outbox = equipment.clock, equipment.outbox
    until_s = clock.elapsed_s() + longest_wait_s
    while True:
        # Each time: another worker may have died meanwhile.
        await patiently(clock, lambda: outbox.recover(clock.now()))
        ended = await _run(dispatch, equipment, on_progress, stop)
        wait_s = _wait_s(ended, clock, until_s)
        if wait_s is None:
            return ended
        await _sleep(wait_s, stop)


async def _run(
    dispatch: Dispatch, equipment: Equipment, on_progress: OnProgress, stop: asyncio.Event
) -> Delivered:
    """Once through all that is due."""
    before = await _progress(dispatch, equipment)

    def tell(counts: Mapping[State, int]) -> None:
        on_progress(_together(before.counts, counts))

    supply = OutboxSupply(dispatch, equipment, tell)
    trouble = await _carry(supply, equipment.relay, stop)
    if storm := supply.storm:
        await patiently(equipment.clock, lambda: equipment.outbox.pause(dispatch, storm))
    progress = await _progress(dispatch, equipment)
    on_progress(progress.counts)
    return replace(_ended(progress, trouble, stop), is_storm=supply.storm is not None)


async def _carry(supply: OutboxSupply, relay: Relay, stop: asyncio.Event) -> str | None:
    """Let the relay carry all; why it could not, or None."""
    books = asyncio.create_task(supply.keep_books())
    stopping = asyncio.create_task(_end_at(stop, supply))
    try:
        await relay.carry(supply)
    except RelayTrouble as error:
        return str(error)
    finally:
        stopping.cancel()
        supply.end()
        await books
    return None


async def _end_at(stop: asyncio.Event, supply: OutboxSupply) -> None:
    await stop.wait()
    supply.end()


def _together(before: Mapping[State, int], now: Mapping[State, int]) -> Mapping[State, int]:
    """All deliveries as they stand, from how they stood and what has become of some since."""
    gone = sum(count for state, count in now.items() if state is not State.PENDING)
    whole = {state: before.get(state, 0) + now.get(state, 0) for state in State}
    whole[State.PENDING] = before.get(State.PENDING, 0) - gone
    return whole


async def _progress(dispatch: Dispatch, equipment: Equipment) -> Progress:
    (progress,) = await asyncio.to_thread(equipment.outbox.progress, dispatch.campaign)
    return progress


def _ended(progress: Progress, trouble: str | None, stop: asyncio.Event) -> Delivered:
    if not progress.count(State.PENDING, State.SENDING):
        cancelled = progress.dispatch.going is Going.CANCELLED
        ending = Ending.CANCELLED if cancelled else Ending.DONE
        return Delivered(ending=ending, progress=progress, says=progress.dispatch.why)
    if progress.dispatch.going is Going.PAUSED:
        return Delivered(ending=Ending.PAUSED, progress=progress, says=progress.dispatch.why)
    if stop.is_set():
        return Delivered(ending=Ending.INTERRUPTED, progress=progress)
    if trouble:
        return Delivered(ending=Ending.NO_RELAY, progress=progress, says=trouble)
    return Delivered(ending=Ending.WAITING, progress=progress)


def _wait_s(ended: Delivered, clock: Clock, until_s: float) -> float | None:
    """Seconds until some of those that were put off are due; None to leave it at that."""
    due: datetime | None = ended.progress.next_due
    if ended.ending is not Ending.WAITING or due is None:
        return None
    wait_s = max((due - clock.now()).total_seconds(), 1.0)
    return wait_s if clock.elapsed_s() + wait_s <= until_s else None


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()
