"""Visit every address of a run once, however many links share it."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from sendguard.ports import Visitor
from sendguard.values import Url
from sendguard.visit import Visit, without_network

OnVisited = Callable[[int, int], None]
"""Told after each visit: how many are done, of how many."""


async def visit_all(
    addresses: Iterable[Url], visitor: Visitor, on_visited: OnVisited
) -> Mapping[Url, Visit]:
    """One visit for each different address; the visitor keeps its own limits."""
    urls = tuple(dict.fromkeys(addresses))
    done = 0

    async def go(url: Url) -> Visit:
        nonlocal done
        visit = await visitor.visit(url)
        done += 1
        on_visited(done, len(urls))
        return visit

    async with asyncio.TaskGroup() as group:
        trips = [group.create_task(go(url)) for url in urls]
    visits = without_network(trip.result() for trip in trips)
    return dict(zip(urls, visits, strict=True))
