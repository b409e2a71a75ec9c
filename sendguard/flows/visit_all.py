"""Visit every address of a run once, however many links share it."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from sendguard.ports import Visitor
from sendguard.values import Url
from sendguard.visit import Visit, as_asked, by_page, to_ask, without_network

OnVisited = Callable[[int, int], None]
"""Told after each visit: how many are done, of how many."""


async def visit_all(
    addresses: Iterable[Url], visitor: Visitor, on_visited: OnVisited
) -> Mapping[Url, Visit]:
    """One visit for each different page; the visitor keeps its own limits.

    Addresses that differ in their `#fragment` alone are one page, asked for once.
    """
    pages = by_page(addresses)
    done = 0

    async def go(url: Url) -> Visit:
        nonlocal done
        visit = await visitor.visit(url)
        done += 1
        on_visited(done, len(pages))
        return visit

    async with asyncio.TaskGroup() as group:
        trips = [group.create_task(go(to_ask(urls))) for urls in pages]
    visits = without_network(trip.result() for trip in trips)
    return {
        url: as_asked(visit, url) for urls, visit in zip(pages, visits, strict=True) for url in urls
    }
