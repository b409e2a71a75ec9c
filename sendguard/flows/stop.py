"""Stop a dispatch: nothing more of it is begun, and what is on the wire is settled."""

import asyncio

from sendguard.ports import Clock
from sendguard.ports.sending import Outbox, Progress
from sendguard.send import Dispatch, Going, State

PATIENCE_S = 60.0
"""So long a worker has to settle what it has on the wire; then whoever wants to go on is told."""
_BETWEEN_LOOKS_S = 0.2


async def stop(
    dispatch: Dispatch, outbox: Outbox, clock: Clock, why: str, patience_s: float = PATIENCE_S
) -> Progress:
    """Pause it and wait until nothing of it is on the wire.

    Args:
        dispatch: What is to stop.
        outbox: Where it is.
        clock: Tells the time.
        why: As one line, for whoever looks.
        patience_s: How long it is waited.

    Returns:
        How it stands: something of it may be `SENDING` still, if the patience was at an end.
    """
    progress = await _look(dispatch, outbox, clock)
    if not progress.count(State.PENDING, State.SENDING):
        return progress  # paused, it would only wait for somebody to open it again
    if dispatch.going is not Going.CANCELLED:  # paused by a storm, it is not to be gone on with
        await asyncio.to_thread(outbox.pause, dispatch, why)
    until_s = clock.elapsed_s() + patience_s
    while True:
        progress = await _look(dispatch, outbox, clock)
        if not progress.count(State.SENDING) or clock.elapsed_s() > until_s:
            return progress
        await asyncio.sleep(_BETWEEN_LOOKS_S)


async def _look(dispatch: Dispatch, outbox: Outbox, clock: Clock) -> Progress:
    await asyncio.to_thread(outbox.recover, clock.now())
    (progress,) = await asyncio.to_thread(outbox.progress, dispatch.campaign)
    return progress
