"""What became of messages is written down, also where one of them meets a mistake of ours."""

import asyncio
from collections.abc import Sequence

from sendguard.errors import BadStore
from sendguard.gateway import Ended
from sendguard.gateway.release.settling import in_doubt
from sendguard.ports.gateway import Ledger
from sendguard.ports.watching import Journal


async def settle_all(ledger: Ledger, holder: str, ended: Sequence[Ended], journal: Journal) -> None:
    """Write it down in one transaction, or, where that fails for a mistake, one by one.

    Raises:
        BadStore: The store cannot be used: the same is to be written again.
    """
    try:
        await asyncio.to_thread(ledger.settle, holder, ended)
    except BadStore:
        raise
    except Exception as error:  # noqa: BLE001 - one of them must not keep back all others
        journal.warn("mistake", error=error)
        for one in ended:
            await _settle(ledger, holder, one, journal)


async def _settle(ledger: Ledger, holder: str, ended: Ended, journal: Journal) -> None:
    """Settle one; what cannot be written down is in doubt, at the latest when this process ends."""
    for told in (ended, in_doubt(ended.taken, "SendGuard made a mistake with it")):
        try:
            await asyncio.to_thread(ledger.settle, holder, (told,))
        except BadStore:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            journal.warn("mistake", message=ended.taken.id, error=error)
        else:
            return
