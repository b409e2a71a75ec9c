"""The checks of a watch, each in a thread with a loop of its own: none holds up the others."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from sendguard.adapters.database.aside import StoreAside
from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.files import open_path
from sendguard.adapters.release import release
from sendguard.config import Config
from sendguard.entrypoints.checking import awaited, check_online
from sendguard.errors import BadStore
from sendguard.flows.look import quietly
from sendguard.flows.look_back import Keeping
from sendguard.flows.prepare import prepare_all
from sendguard.flows.terms import Terms
from sendguard.ports.watching import Made
from sendguard.watch import Kind, Moment


class ThreadedChecks:
    """A `ports.watching.MakeCheck` of the real world.

    Args:
        config: What is in force.
        store: Knows what went before.
    """

    def __init__(self, config: Config, store: SqlStore) -> None:
        self._config = config
        self._store = store
        self._threads = ThreadPoolExecutor(config.watch.at_once, thread_name_prefix="check")

    async def __call__(self, path: str, occasion: Moment, *, before_send: bool) -> Made:
        """Check one campaign."""
        terms = Terms(config=self._config, release=release(), before_send=before_send)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._make, path, occasion, terms)

    def _make(self, path: str, occasion: Moment, terms: Terms) -> Made:
        aside = StoreAside.beside(self._store)
        keeping = Keeping(open_store=lambda: aside, terms=terms, occasion=occasion.name)
        # Right before the send and after it, no memory may hide that a page died.
        fresh = occasion.kind is not Kind.NOTICED
        ready = prepare_all([path], open_path)
        run = awaited(check_online(ready, self._config, quietly, keeping, fresh=fresh))
        if run.unkept:
            raise BadStore(run.unkept)
        return Made(run, aside.record_aside)
