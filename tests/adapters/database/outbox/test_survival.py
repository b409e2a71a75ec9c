"""A process that is killed loses nothing and leaves nothing half written, on both databases."""

import asyncio
import signal
import sys
from contextlib import closing
from pathlib import Path

from sendguard.adapters.database.store import open_store
from sendguard.send import State
from tests.adapters.database.outbox.queued import ADA, begin, queue, readers, states
from tests.builders import NOON

DYING = Path(__file__).with_name("dying.py")


async def test_killed_while_it_queues_it_leaves_nothing(database: str) -> None:
    open_store(database).close()

    dying = await asyncio.create_subprocess_exec(sys.executable, str(DYING), database, "queueing")
    assert await dying.wait() == -signal.SIGKILL

    with closing(open_store(database)) as store:
        assert store.outbox.progress() == ()
        assert len(store.outbox.lease(queue(store.outbox, readers(2)), ADA, NOON, 9)) == 2


async def test_killed_while_it_sends_it_leaves_the_begun_in_doubt(database: str) -> None:
    with closing(open_store(database)) as store:
        queue(store.outbox, readers(9))

    dying = await asyncio.create_subprocess_exec(sys.executable, str(DYING), database, "sending")
    assert await dying.wait() == -signal.SIGKILL

    with closing(open_store(database)) as store:
        assert store.outbox.recover(NOON) == 2
        assert states(store.outbox) == {State.SENT: 1, State.IN_DOUBT: 2, State.PENDING: 6}
        (progress,) = store.outbox.progress()
        assert len(begin(store.outbox, progress.dispatch)) == 6
