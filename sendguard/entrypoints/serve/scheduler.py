"""The scheduler of `serve`: looks, prunes and tells again and again, and keeps the lock."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from sendguard.adapters.campaign_folders import CampaignFolders
from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.files import open_path
from sendguard.adapters.process import own_name
from sendguard.config import Config
from sendguard.config.duration import DAY_S
from sendguard.entrypoints.serve.checks import ThreadedChecks
from sendguard.entrypoints.serve.pruning import pruning
from sendguard.entrypoints.serve.telling import pause_between_s, telling
from sendguard.flows.noticing import Noticing
from sendguard.flows.turns import Equipment
from sendguard.flows.watch import Watching
from sendguard.ports.watching import Journal

BEAT_S = 10.0
"""Between two signs of life of whoever has the lock."""


@asynccontextmanager
async def scheduled(
    watching: Watching, config: Config, store: SqlStore, journal: Journal
) -> AsyncIterator[None]:
    """In here all of it is done again and again."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    _every(scheduler, config.watch.look_every_s, watching.look)
    _every(scheduler, DAY_S, pruning(config, store, journal))
    _every(scheduler, pause_between_s(config), _telling(config, store, journal, watching))
    scheduler.start()
    beating = asyncio.create_task(_beat(watching, scheduler, journal))
    try:
        yield
    finally:
        beating.cancel()
        scheduler.shutdown(wait=False)


def watching_of(config: Config, store: SqlStore, journal: Journal) -> Watching:
    """A watch over the real world."""
    clock = SystemClock()
    name = own_name()
    moments = store.moments(name)
    folders = CampaignFolders(config.campaigns, journal)
    equipment = Equipment(
        noticing=Noticing(folders, open_path, moments, config.watch),
        moments=moments,
        make_check=ThreadedChecks(config, store),
        clock=clock,
        journal=journal,
        config=config,
    )
    return Watching(equipment, store.lock(name, clock))


def _every(scheduler: AsyncIOScheduler, seconds: float, do: Callable[[], Awaitable[None]]) -> None:
    """At once, and then again and again; what is due stands in the store, not here."""
    scheduler.add_job(
        do,
        "interval",
        seconds=seconds,
        next_run_time=datetime.now(UTC),
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )


async def _beat(watching: Watching, scheduler: AsyncIOScheduler, journal: Journal) -> None:
    """Keep the lock; wake all jobs where the clock was set, for the scheduler goes by it."""
    while True:
        await asyncio.sleep(BEAT_S)
        try:
            if await watching.keep_up():
                for job in scheduler.get_jobs():
                    job.modify(next_run_time=datetime.now(UTC))
        except Exception as error:  # noqa: BLE001 - without a beat the lock would be lost
            journal.warn("mistake", error=error)


def _telling(
    config: Config, store: SqlStore, journal: Journal, watching: Watching
) -> Callable[[], Awaitable[None]]:
    tell = telling(config, store, journal)

    async def tell_if_ours() -> None:
        if watching.condition.is_watching:
            await tell()

    return tell_if_ours
