"""Telling people what they are to be told, again and again, whatever else is served."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.notifier import AppriseNotifier
from sendguard.config import Config
from sendguard.errors import BadStore
from sendguard.flows.tell import Told, tell_due
from sendguard.ports.watching import Journal

_HOUR_S = 3_600.0


def telling(config: Config, store: SqlStore, journal: Journal) -> Callable[[], Awaitable[None]]:
    """One round of it; that another process tells, too, does no harm."""
    notifier, clock = AppriseNotifier(), SystemClock()

    async def tell() -> None:
        with suppress(BadStore):  # whatever else is served will say so
            told = await tell_due(store.notices, notifier, config.notify, clock)
            _log(told, journal)

    return tell


def pause_between_s(config: Config) -> float:
    """Where nobody is to be told, what waits for those who were is dropped by and by."""
    return config.watch.look_every_s if config.notify else _HOUR_S


async def keep_telling(
    tell: Callable[[], Awaitable[None]],
    journal: Journal,
    stop: asyncio.Event,
    soon: asyncio.Event,
    pause_s: float | None,
) -> None:
    """Round after round until `stop` is set: whenever `soon` is, and after each pause, if any."""
    while not stop.is_set():
        try:
            await tell()
        except Exception as error:  # noqa: BLE001 - the next round may go better
            journal.warn("mistake", error=error)
        with suppress(TimeoutError):
            await asyncio.wait_for(soon.wait(), pause_s)
        soon.clear()


def _log(told: Told, journal: Journal) -> None:
    for one in told.tellings:
        about = {"campaign": one.campaign, "title": one.title, "address": one.address}
        if one.trouble is None:
            journal.tell("told", **about)
        else:
            journal.warn("given-up" if one.given_up else "not-told", **about, says=one.trouble)
    if told.dropped:
        journal.tell("notices-dropped", notices=told.dropped, says="their address was taken out")
