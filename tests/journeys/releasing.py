"""A program: releases what a store keeps to a next hop, until nothing of it is due any more.

It takes the address of the store and the next hop's port. Whoever kills it finds in the store what
became of each message.
"""

import asyncio
import sys
from contextlib import closing

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import open_store
from sendguard.adapters.process import own_name
from sendguard.adapters.smtp import SmtpNextHop
from sendguard.config.gateway import Gateway
from sendguard.flows.gateway.handing_on import Equipment
from sendguard.flows.gateway.release import Releasing
from sendguard.gateway import HeldState
from sendguard.ports import Clock
from sendguard.ports.gateway import Ledger, NextHop, Streams
from tests.fakes_gateway import A_FINGERPRINT
from tests.flows.watched import ToldJournal


def releasing(
    ledger: Ledger, streams: Streams, next_hop: NextHop, clock: Clock | None = None
) -> Releasing:
    """What releases, under a name that no other has."""
    return Releasing(
        Equipment(
            ledger=ledger,
            streams=streams,
            next_hop=next_hop,
            clock=clock or SystemClock(),
            journal=ToldJournal(),
            config=Gateway(),
            holder=own_name(),
            host="gate.example.org",
        )
    )


def next_hop(port: int) -> SmtpNextHop:
    """The one at a port of this computer."""
    return SmtpNextHop(Gateway(next_hop=f"127.0.0.1:{port}").relay)


async def release(database: str, port: int) -> None:
    """Release until nothing is due."""
    with closing(open_store(database)) as store:
        hop, stop = next_hop(port), asyncio.Event()
        work = asyncio.create_task(releasing(store.ledger, store.streams, hop).work(stop))
        while store.ledger.tally(A_FINGERPRINT).held.keys() - {HeldState.IN_DOUBT}:  # noqa: ASYNC110 - of a store, which tells nobody
            await asyncio.sleep(0.05)
        stop.set()
        await work
        await hop.close()


if __name__ == "__main__":
    asyncio.run(release(sys.argv[1], int(sys.argv[2])))
