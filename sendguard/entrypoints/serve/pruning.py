"""Forgetting what is old once a day, whatever else is served."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sendguard.adapters.database.store import SqlStore
from sendguard.config import Config
from sendguard.config.duration import DAY_S
from sendguard.errors import BadStore
from sendguard.ports.watching import Journal


def pruning(config: Config, store: SqlStore, journal: Journal) -> Callable[[], Awaitable[None]]:
    """One round of it; that another process prunes, too, does no harm."""

    async def prune() -> None:
        now = datetime.now(UTC)
        before = now - timedelta(days=config.keep.runs_days)
        with suppress(BadStore):  # the next look will say so
            if count := await asyncio.to_thread(store.prune, before):
                journal.tell("pruned", checks=count)
            await asyncio.to_thread(store.make_room, now)

    return prune


async def keep_pruning(
    prune: Callable[[], Awaitable[None]], journal: Journal, stop: asyncio.Event
) -> None:
    """At once, and each day, until `stop` is set."""
    while not stop.is_set():
        try:
            await prune()
        except Exception as error:  # noqa: BLE001 - tomorrow it may go better
            journal.warn("mistake", error=error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), DAY_S)
