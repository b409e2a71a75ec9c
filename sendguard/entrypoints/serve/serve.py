"""The process that serves: its parts put together, started, and ended."""

import asyncio
import gc
import signal
from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager, closing, nullcontext, suppress
from time import monotonic
from typing import TYPE_CHECKING

from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.adapters.journal import StructJournal, route_libraries
from sendguard.adapters.lean_import import importing_lean
from sendguard.config import Config
from sendguard.entrypoints.endings import INTERRUPTED, SAME_S, ending_signals, leave_at_once
from sendguard.entrypoints.serve.parts import Part
from sendguard.errors import BadConfig, BadStore
from sendguard.flows.watch import Watching
from sendguard.flows.work import Working
from sendguard.ports.watching import Journal

if TYPE_CHECKING:
    from sendguard.entrypoints.serve.gateway import OpenGateway

LONGEST_GOODBYE_S = 2.0
LONGEST_FINISH_S = 60.0
"""So long it is waited for the answers to what is on the wire; without them it is in doubt."""


def serve(config: Config, parts: Collection[Part]) -> None:
    """Do what these parts do until a signal says that it is enough; never returns then.

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
        _load(parts)
        with asyncio.Runner(loop_factory=_loop_factory(parts)) as runner:
            runner.run(_serve(config, store, journal, parts))


def _loop_factory(parts: Collection[Part]) -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The loop that messages go through fast, where they do; None for Python's own."""
    if not {Part.WORKER, Part.GATEWAY} & set(parts):
        return None
    from sendguard.entrypoints.delivering import loop_factory

    return loop_factory()


def _load(parts: Collection[Part]) -> None:
    """Load all that is needed, before threads do; it stays for good, so it is no garbage."""
    with importing_lean():
        import sendguard.adapters.http
        import sendguard.entrypoints.serve.health
    if Part.SCHEDULER in parts:
        import sendguard.adapters.memory
        import sendguard.entrypoints.serve.scheduler
        import sendguard.flows.judging
        import sendguard.report
    if Part.WORKER in parts:
        import sendguard.entrypoints.serve.worker
    if Part.GATEWAY in parts:
        import sendguard.adapters.memory
        import sendguard.entrypoints.serve.gateway
        import sendguard.flows.judging
        import sendguard.report  # noqa: F401

    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 10)  # Python's own: what is fast for a small check takes memory here


async def _serve(
    config: Config, store: SqlStore, journal: StructJournal, parts: Collection[Part]
) -> None:
    from sendguard.entrypoints.serve.health import answering, facts

    watching = _watching(config, store, journal) if Part.SCHEDULER in parts else None
    worker = _worker(config, store, journal) if Part.WORKER in parts else None
    ended, stop = _hear_endings(), asyncio.Event()

    async with _gated(config, store, journal, parts) as gate:

        def tell() -> dict[str, object]:
            return facts(
                watching.condition if watching else None,
                worker.condition if worker else None,
                gate.condition if gate else None,
            )

        async with answering(config.watch.listen, tell):
            journal.tell("started", campaigns=config.campaigns, listen=config.watch.listen)
            working = asyncio.create_task(worker.work(stop)) if worker else None
            async with _scheduled(watching, config, store, journal):
                number = await ended
                stop.set()
    if watching:
        await _let_go(watching)
    if working:
        await _finish(working, journal)
    await _close(store)
    journal.tell("stopped")
    leave_at_once(INTERRUPTED if number is signal.SIGINT else 0)


def _watching(config: Config, store: SqlStore, journal: Journal) -> Watching:
    from sendguard.entrypoints.serve.scheduler import watching_of

    return watching_of(config, store, journal)


def _worker(config: Config, store: SqlStore, journal: Journal) -> Working:
    from sendguard.entrypoints.serve.worker import worker_of

    return worker_of(config, store, journal)


def _gated(
    config: Config, store: SqlStore, journal: Journal, parts: Collection[Part]
) -> "AbstractAsyncContextManager[OpenGateway | None]":
    """In here mail comes in, where that is asked for."""
    if Part.GATEWAY not in parts:
        return nullcontext()
    from sendguard.entrypoints.serve.gateway import gateway

    return gateway(config, store, journal, is_alone=Part.SCHEDULER not in parts)


def _scheduled(
    watching: Watching | None, config: Config, store: SqlStore, journal: Journal
) -> AbstractAsyncContextManager[None]:
    """In here the watch does what it does again and again, where there is one."""
    if watching is None:
        return nullcontext()
    from sendguard.entrypoints.serve.scheduler import scheduled

    return scheduled(watching, config, store, journal)


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


async def _let_go(watching: Watching) -> None:
    with suppress(BadStore, TimeoutError):
        await asyncio.wait_for(watching.stop(), LONGEST_GOODBYE_S)


async def _finish(working: "asyncio.Task[None]", journal: Journal) -> None:
    """Wait until what is on the wire is settled, now that the worker was told to stop."""
    done, _ = await asyncio.wait([working], timeout=LONGEST_FINISH_S)
    if not done:
        says = f"the mail server did not answer within {LONGEST_FINISH_S:g} s"
        journal.warn("left-in-doubt", says=says)


async def _close(store: SqlStore) -> None:
    with suppress(TimeoutError):  # SQLite folds its log into its file, which may be a lot
        await asyncio.wait_for(asyncio.to_thread(store.close), LONGEST_GOODBYE_S)
