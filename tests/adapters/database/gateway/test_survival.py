"""A gateway that is killed loses no message, and takes none that may have gone for unsent."""

import asyncio
import signal
import sys
from contextlib import closing
from pathlib import Path

from sendguard.adapters.database.store import open_store
from sendguard.gateway import HeldState, Standing
from sendguard.send import State
from tests.adapters.database.gateway.passing import begin, keep, kept, states, take
from tests.builders import NOON
from tests.fakes_gateway import a_held

DYING = Path(__file__).with_name("dying.py")
FOUR = [f"reader{number}@example.org" for number in range(4)]


async def test_killed_at_work_it_leaves_in_doubt_what_it_had_on_the_wire(database: str) -> None:
    with closing(open_store(database)) as store:
        begin(store.streams, Standing.PASSED)
        keep(store.ledger, *map(a_held, FOUR))

    dying = await asyncio.create_subprocess_exec(sys.executable, str(DYING), database)
    assert await dying.wait() == -signal.SIGKILL

    with closing(open_store(database)) as store:
        assert store.ledger.recover(NOON) == 3
        assert kept(store.ledger) == [HeldState.IN_DOUBT, HeldState.IN_DOUBT, HeldState.DUE]
        assert list(states(store.ledger).values()) == [
            *(State.SENT, State.IN_DOUBT, State.IN_DOUBT, State.PENDING),
            State.IN_DOUBT,
        ]
        assert [one.mail.recipients for one in take(store.ledger)] == [(FOUR[3],)]
