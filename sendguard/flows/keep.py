"""Keep the checks of campaigns, whole or not at all."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from sendguard.errors import BadStore
from sendguard.flows.look_back import Keeping, LookedBack
from sendguard.flows.prepare import Prepared
from sendguard.gate import Checked, Record, Run
from sendguard.ports import Store
from sendguard.report import totals


async def keep(
    run: Run, prepared: Sequence[Prepared], keeping: Keeping | None, known: LookedBack
) -> Run:
    """Keep what was checked now; the run says why, where it could not be kept.

    Args:
        run: The check.
        prepared: Its newsletters that were checked now; those answered from an earlier check
            stay as they are kept.
        keeping: How checks are kept; None for a run of which nothing is.
        known: What the store said before, and the store.
    """
    if keeping is None or known.store is None:
        return replace(run, unkept=known.trouble)
    records = records_of(run, prepared, keeping)
    return replace(run, unkept=await asyncio.to_thread(_keep, known.store, records))


def records_of(run: Run, prepared: Sequence[Prepared], keeping: Keeping) -> tuple[Record, ...]:
    """What is kept of a run: a record of each campaign folder."""
    now = [checked for checked in run.newsletters if checked.passed is None]
    return tuple(
        _record(run, checked, one, keeping)
        for checked, one in zip(now, prepared, strict=True)
        if checked.campaign.id is not None
    )


def _record(run: Run, checked: Checked, one: Prepared, keeping: Keeping) -> Record:
    alone = replace(run, newsletters=(checked,), unreadable=())
    return Record(
        at=run.at,
        took_s=run.took_s,
        checked=checked,
        terms=keeping.terms.of(one.earlier.named, one.earlier.beside, one.sent),
        says=totals(alone),
        occasion=keeping.occasion,
    )


def _keep(store: Store, records: Sequence[Record]) -> str | None:
    """Why it could not be; None where it was."""
    with closing(store):
        try:
            for record in records:
                store.keep(record)
        except BadStore as error:
            return str(error)
    return None
