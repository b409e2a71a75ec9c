"""Visit every address of a run once, however many links share it."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from sendguard.flows.until import all_until
from sendguard.ports import Visitor
from sendguard.values import Url
from sendguard.visit import Visit, by_page, instead_of, to_ask, told_for, without_network

OnVisited = Callable[[int, int], None]
"""Told after each visit: how many are done, of how many."""


async def visit_all(
    addresses: Iterable[Url],
    visitor: Visitor,
    on_visited: OnVisited,
    stop: asyncio.Event | None = None,
) -> Mapping[Url, Visit]:
    """One visit for each different page; the visitor keeps its own limits.

    Addresses that differ in their `#fragment` alone are one page, asked for once, and so are all
    redirectors that carry it. Visits that are not done when `stop` is set are left out.
    """
    asked = {url: instead_of(url) or url for url in addresses}
    pages = by_page(asked.values())
    done = 0

    async def go(url: Url) -> Visit:
        nonlocal done
        visit = await visitor.visit(url)
        done += 1
        on_visited(done, len(pages))
        return visit

    trips = await all_until(stop or asyncio.Event(), (go(to_ask(urls)) for urls in pages))
    done_pages = [urls for urls, visit in zip(pages, trips, strict=True) if visit]
    visits = without_network(visit for visit in trips if visit)
    found = {url: visit for urls, visit in zip(done_pages, visits, strict=True) for url in urls}
    return {
        url: told_for(found[there], url, there) for url, there in asked.items() if there in found
    }
