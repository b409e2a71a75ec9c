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
from sendguard.send import BEING_CORRECTED, GOT_IT, Going, State


def stop_it(desk: Desk) -> Progress | None:
    """How the original stands once it is stopped; None where SendGuard did not send it."""
    dispatch, outbox = desk.original.dispatch, desk.store.outbox
    desk.keeper.found(desk.original.edition.subject)
    if dispatch is None:
        return None
    if desk.order.changes_nothing:
        standing = outbox.progress(dispatch.campaign)[0]
        _warn_of_those_who_wait(standing)
        return standing
    standing = asyncio.run(stop(dispatch, outbox, SystemClock(), BEING_CORRECTED))
    desk.keeper.stopped(standing)
    say(f"Stopped.   {_told(standing)}")
    return standing


def _warn_of_those_who_wait(standing: Progress) -> None:
    waiting, dispatch = standing.count(State.PENDING, State.SENDING), standing.dispatch
    if waiting and dispatch.going is Going.OPEN:
        name = plain(dispatch.campaign)
        complain(
            f"{waiting:,} still wait for {name} and get the wrong version, as nothing is stopped "
            f"now; to stop it: sendguard outbox pause {name}"
        )


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
        name = plain(desk.original.name)
        if waiting and not desk.order.changes_nothing:
            complain(
                f"{name} stays stopped: {waiting:,} still wait for it and would get the wrong "
                f"version; to send the right one: sendguard correct {name}"
            )
        raise
