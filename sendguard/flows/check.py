"""Check newsletters that were read: visit their links, judge, decide."""

import asyncio
from collections.abc import Sequence

from sendguard.config import Config
from sendguard.flows.look import Looking, look, quietly
from sendguard.flows.look_back import Keeping, look_back
from sendguard.flows.prepare import Prepared, Ready, knowing
from sendguard.flows.remember import Remembering, in_doubt
from sendguard.flows.visit_all import OnVisited
from sendguard.gate import Checked, CouldNotRead, Run, interrupted
from sendguard.ports import Clock, Feeds, Visitor


async def check(  # noqa: PLR0913 - a flow takes the ports that it waits on
    ready: Sequence[Ready],
    visitor: Visitor | None,
    clock: Clock,
    config: Config,
    on_visited: OnVisited = quietly,
    *,
    feeds: Feeds | None = None,
    remembering: Remembering | None = None,
    keeping: Keeping | None = None,
    stop: asyncio.Event | None = None,
) -> Run:
    """Visit, judge and decide what `prepare_all` made ready.

    Args:
        ready: Newsletters, those of them that passed before, and what could not be read.
        visitor: Goes to look; None for a check that stays offline.
        clock: Tells when and how long.
        config: What is in force.
        on_visited: Told after each visit.
        feeds: Fetches the campaigns' feeds; None for a check that goes without.
        remembering: What earlier runs saw; None for a check that asks about everything.
        keeping: How checks of campaigns are kept; None for a check of which nothing is.
        stop: Once it is set, nothing more is asked; what is known then is judged.
    """
    stop = stop or asyncio.Event()
    looking = Looking(visitor, stop)
    began_s, at = clock.elapsed_s(), clock.now()
    prepared = [one for one in ready if isinstance(one, Prepared)]
    async with asyncio.TaskGroup() as group:
        coming = group.create_task(look(prepared, looking, feeds, remembering, on_visited))
        before = group.create_task(look_back(prepared, keeping, clock))
    seen, past = coming.result(), before.result()
    # Only now, so that the first page is asked for before what judges it has been loaded.
    from sendguard.flows.judging import judge_all
    from sendguard.flows.keep import keep

    visits = seen.visits
    known = [knowing(past.known.get(one.campaign.path, one), seen.feeds) for one in prepared]
    newsletters = await judge_all(known, visits, looking, at, config)
    for everything in (False, True):  # what is seen anew may cast doubt on the rest
        if doubted := in_doubt(newsletters, everything=everything):
            sure = {url: visit for url, visit in visits.items() if url not in doubted}
            visits = {**sure, **await looking.at(doubted)}
            newsletters = await judge_all(known, visits, looking, at, config)
    if stop.is_set():
        newsletters = tuple(map(interrupted, newsletters))
    if remembering:
        await remembering.keep(newsletters)
    run = Run(
        at=at,
        took_s=clock.elapsed_s() - began_s,
        newsletters=_in_order(ready, newsletters),
        unreadable=tuple(one for one in ready if isinstance(one, CouldNotRead)),
    )
    return await keep(run, known, keeping, past)


def _in_order(ready: Sequence[Ready], newsletters: Sequence[Checked]) -> tuple[Checked, ...]:
    """Those checked now, and those that passed before, as their paths were given."""
    now = iter(newsletters)
    return tuple(
        next(now) if isinstance(one, Prepared) else one
        for one in ready
        if not isinstance(one, CouldNotRead)
    )
