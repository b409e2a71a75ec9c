"""What was seen in earlier runs stands in for a request; what is seen now is remembered."""

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sendguard.gate import Checked, CheckedLink
from sendguard.ports import Clock, Memory, Visitor
from sendguard.values import Url
from sendguard.visit import (
    NotVisited,
    Visit,
    as_remembered,
    instead_of,
    is_worth_remembering,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembering:
    """How a run uses what is remembered, which is what was asked, page by page.

    Attributes:
        memory: What was seen in earlier runs.
        clock: Tells how long ago that was.
        good_for_s: How long a visit stands in for a request; behind that it is asked about.
        fresh: Recall nothing; what is seen is remembered all the same.
    """

    memory: Memory
    clock: Clock
    good_for_s: float
    fresh: bool = False

    async def before(self, visitor: Visitor, addresses: Iterable[Url]) -> Visitor:
        """A visitor who recalls before he goes to look."""
        pages = dict.fromkeys((instead_of(url) or url).page for url in addresses)
        if self.fresh or not pages:
            return visitor
        known = await asyncio.to_thread(self.memory.recall, pages)
        return _Recalling(visitor, known, self)

    async def keep(self, newsletters: Sequence[Checked]) -> None:
        """Remember what was seen in this run and nothing was found about; forget the rest."""
        asked = list(_asked(newsletters))
        seen = {page: visit for page, visit, _ in asked}
        wrong = {page for page, visit, fine in asked if not (fine and is_worth_remembering(visit))}
        # Where links were left out, so were findings.
        is_whole = not any(checked.interrupted for checked in newsletters)
        good = [visit for page, visit in seen.items() if is_whole and page not in wrong]
        if good or wrong:
            await asyncio.to_thread(self.memory.keep, good, wrong, self.clock.now())


class _Recalling:
    """A `ports.Visitor` that goes only where nothing is remembered that is young enough."""

    def __init__(self, visitor: Visitor, known: Mapping[Url, Visit], how: Remembering) -> None:
        self._visitor = visitor
        self._known = known
        self._how = how

    async def visit(self, url: Url, before: Visit | None = None) -> Visit:
        known = before or self._known.get(url.page)
        seen = known and as_remembered(known, url, self._how.clock.now())
        if seen is None:
            return await self._visitor.visit(url)
        if seen.age_s is not None and seen.age_s < self._how.good_for_s:
            return seen
        return await self._visitor.visit(url, seen)


def in_doubt(newsletters: Iterable[Checked], *, everything: bool) -> Collection[Url]:
    """Addresses to ask anew: something was found about a page that was only remembered.

    Whoever has just mended a page is never told what was there before.

    Args:
        newsletters: As they were judged.
        everything: Where there is any doubt, doubt all that is remembered.
    """
    remembered = [link for link in _links(newsletters) if link.visit.age_s is not None]
    pages = {_page(link.visit) for link in remembered if link.findings}
    if pages and everything:
        pages = {_page(link.visit) for link in remembered}
    return dict.fromkeys(
        link.visit.url for link in remembered if link.visit.url and _page(link.visit) in pages
    )


def _asked(newsletters: Iterable[Checked]) -> Iterator[tuple[Url, Visit, bool]]:
    """What a server was asked about in this run: the page, the visit, and is the link fine?"""
    for link in _links(newsletters):
        visit, page = link.visit, _page(link.visit)
        if page and visit.age_s is None and not isinstance(visit.outcome, NotVisited):
            yield page, replace(visit, url=visit.asked, instead=None), not link.findings


def _links(newsletters: Iterable[Checked]) -> Iterator[CheckedLink]:
    return (link for checked in newsletters for link in checked.links)


def _page(visit: Visit) -> Url | None:
    return visit.asked.page if visit.asked else None
