"""The check of a campaign at the gate, each in a thread with a loop of its own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.release import release
from sendguard.config import Config
from sendguard.entrypoints.checking import awaited, check_online, store_opener
from sendguard.errors import BadStore
from sendguard.flows.gateway.judging import MOST_AT_ONCE
from sendguard.flows.in_memory import Shelf
from sendguard.flows.look import quietly
from sendguard.flows.look_back import Keeping
from sendguard.flows.prepare import prepare_all
from sendguard.flows.terms import Terms
from sendguard.gate import Run
from sendguard.gateway import Mail, Ruling, Stream
from sendguard.gateway.opened import Opened
from sendguard.gateway.ruling import ruling_of, sealed, unreadable
from sendguard.gateway.sample import sample_files
from sendguard.gateway.sealing import how_mail_is_sealed
from sendguard.gateway.siblings import Siblings
from sendguard.gateway.study import Study

OCCASION = "gateway"
SAME_PAGES_S = 600.0


class ThreadedRulings:
    """A `flows.gateway.judging.MakeRuling` of the real world.

    Args:
        config: What is in force.
        store: Keeps the checks.
    """

    def __init__(self, config: Config, store: SqlStore) -> None:
        self._config = config
        self._store = store
        self._siblings = Siblings(most=3, within_s=SAME_PAGES_S)
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="check")

    async def __call__(self, stream: Stream, sample: Mail, shared: frozenset[str]) -> Ruling:
        """Check a campaign by its first message.

        Raises:
            BadStore: The check could not be kept.
            BadConfig: The settings for visits cannot be used.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._make, stream, sample, shared)

    def _make(self, stream: Stream, sample: Mail, shared: frozenset[str]) -> Ruling:
        name, clock = stream.fingerprint, SystemClock()
        repaired = Study.of(stream, Opened(sample), has_trace=False).outgoing(sample)
        if repaired is None:
            return unreadable("what was to be repaired is not in its first message", clock.now())
        ready = prepare_all([name], Shelf({name: sample_files(stream, repaired, shared)}))
        # Right before the send, no memory may hide that a page died; but where a headline has each
        # reader's name in it, every copy is a campaign, and each would open the very same links.
        fresh = not self._siblings.are_many(stream, clock.elapsed_s())
        run = awaited(check_online(ready, self._config, quietly, self._keeping(), fresh=fresh))
        if run.unkept:
            raise BadStore(run.unkept)
        if run.unreadable:
            return _of_unread(repaired, run.unreadable[0].says, clock.now())
        return ruling_of(run.newsletters[0], clock.now(), self._number(run, name))

    def _keeping(self) -> Keeping:
        terms = Terms(config=self._config, release=release(), before_send=False)
        database = self._config.database or ""
        return Keeping(open_store=store_opener(database), terms=terms, occasion=OCCASION)

    def _number(self, run: Run, name: str) -> int | None:
        """Of the check in the store, by which a person finds it."""
        kept = self._store.runs(name, most=1)
        return kept[0].id if kept and run.newsletters else None


def _of_unread(mail: Mail, says: str, at: datetime) -> Ruling:
    how = how_mail_is_sealed(mail)
    return sealed(how, at) if how else unreadable(says, at)
