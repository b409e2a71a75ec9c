"""Stop a campaign at the gate: no copy passes any more, and what is on the wire is settled."""

import asyncio

from sendguard.flows.stop import PATIENCE_S
from sendguard.gateway import Ruling, Standing
from sendguard.ports import Clock
from sendguard.ports.gateway import Ledger, Streams, Tally
from sendguard.send import State

_MAY_BE_STOPPED = frozenset(Standing) - {Standing.DISCARDED}
_BETWEEN_LOOKS_S = 0.2


async def stop_at_gate(
    fingerprint: str, ruling: Ruling, streams: Streams, ledger: Ledger, clock: Clock
) -> Tally:
    """Block it, and wait until nothing of it is on the wire.

    Args:
        fingerprint: Which.
        ruling: That blocks it; a person's, so that no check lets it go again.
        streams: Where it is.
        ledger: Knows what is on the wire.
        clock: Tells the time.

    Returns:
        How it stands; something of it may be `SENDING` still, after `PATIENCE_S`.
    """
    await asyncio.to_thread(streams.rule, fingerprint, ruling, _MAY_BE_STOPPED)
    until_s = clock.elapsed_s() + PATIENCE_S
    while True:
        await asyncio.to_thread(ledger.recover, clock.now())
        tally = await asyncio.to_thread(ledger.tally, fingerprint)
        if not tally.passed.get(State.SENDING) or clock.elapsed_s() > until_s:
            return tally
        await asyncio.sleep(_BETWEEN_LOOKS_S)
