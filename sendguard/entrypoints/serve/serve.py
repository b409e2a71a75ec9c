"""The process that watches campaigns: its parts put together, started, and ended."""

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from time import monotonic

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from sendguard.adapters.campaign_folders import CampaignFolders
from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.adapters.files import open_path
from sendguard.adapters.journal import StructJournal, route_libraries
from sendguard.adapters.lean_import import importing_lean
from sendguard.adapters.notifier import AppriseNotifier
from sendguard.adapters.process import own_name
from sendguard.config import Config
from sendguard.entrypoints.endings import INTERRUPTED, SAME_S, ending_signals, leave_at_once
from sendguard.errors import BadConfig, BadStore
from sendguard.flows.noticing import Noticing
from sendguard.flows.tell import Told, tell_due
from sendguard.flows.turns import Equipment
from sendguard.flows.watch import Watching
from sendguard.ports import Clock
from sendguard.ports.watching import Journal

BEAT_S = 10.0
"""Between two signs of life of whoever has the lock."""
LONGEST_GOODBYE_S = 2.0
_HOUR_S = 3_600.0


def serve(config: Config) -> None:
    """Watch until a signal says that it is enough; never returns then.

    Raises:
        BadConfig: `database` is null, so nothing could be remembered.
        BadStore: The store cannot be used, or its tables are those of another release.
        SendGuardError: `watch.listen` cannot be listened on.
    """
    if config.database is None:
        raise BadConfig("`serve` has to remember what it did, and `database` is null: name one")
    journal = StructJournal(config.log)
    route_libraries(journal)
    with closing(open_store(config.database)) as store:
        _load()
        asyncio.run(_serve(config, store, journal))


def _load() -> None:
    """Load all that a check needs, before threads do; it stays for good, so it is no garbage."""
    with importing_lean():
        import sendguard.adapters.http
        import sendguard.entrypoints.serve.health
    import sendguard.adapters.memory
    import sendguard.flows.judging
    import sendguard.report  # noqa: F401

    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 10)  # Python's own: what is fast for a small check takes memory here


async def _serve(config: Config, store: SqlStore, journal: StructJournal) -> None:
    from sendguard.entrypoints.serve.health import answering

    clock = SystemClock()
    watching = _watching(config, store, journal, clock)
    ended = _hear_endings()
    async with answering(config.watch.listen, lambda: watching.condition):
        journal.tell("started", campaigns=config.campaigns, listen=config.watch.listen)
        scheduler = AsyncIOScheduler(timezone=UTC)
        _every(scheduler, config.watch.look_every_s, watching.look)
        _every(scheduler, 24 * _HOUR_S, _pruning(config, store, journal))
        # Where nobody is to be told, what waits for those who were is dropped by and by.
        pause_s = config.watch.look_every_s if config.notify else _HOUR_S
        _every(scheduler, pause_s, _telling(config, store, journal, watching))
        scheduler.start()
        beating = asyncio.create_task(_beat(watching, scheduler, journal))
        number = await ended
        beating.cancel()
        scheduler.shutdown(wait=False)
    await _say_goodbye(watching, store, journal)
    leave_at_once(INTERRUPTED if number is signal.SIGINT else 0)


def _watching(config: Config, store: SqlStore, journal: Journal, clock: Clock) -> Watching:
    from sendguard.entrypoints.serve.checks import ThreadedChecks

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


def _pruning(config: Config, store: SqlStore, journal: Journal) -> Callable[[], Awaitable[None]]:
    async def prune() -> None:
        before = datetime.now(UTC) - timedelta(days=config.keep.runs_days)
        with suppress(BadStore):  # the next look will say so
            if count := await asyncio.to_thread(store.prune, before):
                journal.tell("pruned", checks=count)

    return prune


def _telling(
    config: Config, store: SqlStore, journal: Journal, watching: Watching
) -> Callable[[], Awaitable[None]]:
    notifier, clock = AppriseNotifier(), SystemClock()

    async def tell() -> None:
        if not watching.condition.is_watching:
            return
        with suppress(BadStore):  # as above
            told = await tell_due(store.notices, notifier, config.notify, clock)
            _log(told, journal)

    return tell


def _log(told: Told, journal: Journal) -> None:
    for one in told.tellings:
        about = {"campaign": one.campaign, "title": one.title, "address": one.address}
        if one.trouble is None:
            journal.tell("told", **about)
        else:
            journal.warn("given-up" if one.given_up else "not-told", **about, says=one.trouble)
    if told.dropped:
        journal.tell("notices-dropped", notices=told.dropped, says="their address was taken out")


def _hear_endings() -> "asyncio.Future[signal.Signals]":
    """The first signal that says that it is enough; a second one ends the process at once."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[signal.Signals] = loop.create_future()

    first_s = 0.0

    def hear(number: signal.Signals) -> None:
        nonlocal first_s
        if not ended.done():
            first_s = monotonic()
            ended.set_result(number)
        elif number is not ended.result() or monotonic() - first_s >= SAME_S:
            leave_at_once(INTERRUPTED)

    for one in ending_signals():
        loop.add_signal_handler(one, hear, one)
    return ended


async def _say_goodbye(watching: Watching, store: SqlStore, journal: Journal) -> None:
    with suppress(BadStore, TimeoutError):
        await asyncio.wait_for(watching.stop(), LONGEST_GOODBYE_S)
    with suppress(TimeoutError):  # SQLite folds its log into its file, which may be a lot
        await asyncio.wait_for(asyncio.to_thread(store.close), LONGEST_GOODBYE_S)
    journal.tell("stopped")
