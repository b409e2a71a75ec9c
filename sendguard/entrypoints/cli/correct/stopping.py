"""What is still queued of the wrong version is stopped, and stays so until it is corrected."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from sendguard.adapters.clock import SystemClock
from sendguard.entrypoints.cli.correct.desk import Desk
from sendguard.entrypoints.cli.say import complain, say
from sendguard.flows.stop import stop
from sendguard.judge.quote import plain
from sendguard.ports.sending import Progress
from sendguard.send import BEING_CORRECTED, GOT_IT, State


def stop_it(desk: Desk) -> Progress | None:
    """How the original stands once it is stopped; None where SendGuard did not send it."""
    dispatch, outbox = desk.original.dispatch, desk.store.outbox
    desk.keeper.found(desk.original.edition.subject)
    if dispatch is None:
        return None
    if desk.order.changes_nothing:
        return outbox.progress(dispatch.campaign)[0]
    standing = asyncio.run(stop(dispatch, outbox, SystemClock(), BEING_CORRECTED))
    desk.keeper.stopped(standing)
    say(f"Stopped.   {_told(standing)}")
    return standing


def _told(standing: Progress) -> str:
    waiting = standing.count(State.PENDING)
    doubt = ", or may have it" if standing.count(State.IN_DOUBT) else ""
    left = f" {waiting:,} wait, and do not get the wrong one any more." if waiting else ""
    return f"{standing.count(*GOT_IT):,} have it{doubt}.{left}"


@contextmanager
def telling_what_rests(desk: Desk, standing: Progress | None) -> Iterator[None]:
    """Where it goes no further, those who wait are told of: nothing sends them anything now."""
    try:
        yield
    except BaseException:
        waiting = standing.count(State.PENDING) if standing else 0
        if waiting and not desk.order.changes_nothing:
            name = plain(desk.original.name)
            complain(
                f"{waiting:,} still wait for {name} and get nothing until it is corrected; to send "
                f"them the wrong version all the same: sendguard outbox resume {name}"
            )
        raise
