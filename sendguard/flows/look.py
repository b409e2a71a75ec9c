"""Go to look: at every address that may be opened, and at the feeds. Nothing is judged here."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sendguard.flows.know import know_all
from sendguard.flows.prepare import Prepared
from sendguard.flows.remember import Remembering
from sendguard.flows.visit_all import OnVisited, visit_all
from sendguard.intent.feed import Known
from sendguard.ports import Feeds, Visitor
from sendguard.values import Url
from sendguard.visit import Reason, Visit


def quietly(_done: int, _of: int) -> None:
    """An `OnVisited` that nobody listens to."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Who goes to look, nobody for a check that stays offline, and what ends it."""

    visitor: Visitor | None
    stop: asyncio.Event

    async def at(
        self, addresses: Iterable[Url], on_visited: OnVisited = quietly
    ) -> Mapping[Url, Visit]:
        """The visits that were made."""
        if self.visitor is None:
            return {}
        return await visit_all(addresses, self.visitor, on_visited, self.stop)

    @property
    def unasked(self) -> Reason:
        """Why the others were not."""
        return Reason.INTERRUPTED if self.visitor and self.stop.is_set() else Reason.OFFLINE


@dataclass(frozen=True, slots=True)
class Seen:
    """What was there: visits by address, and feeds by address as written."""

    visits: Mapping[Url, Visit]
    feeds: Mapping[str, Known]


async def look(
    prepared: Sequence[Prepared],
    looking: Looking,
    feeds: Feeds | None,
    remembering: Remembering | None,
    on_visited: OnVisited,
) -> Seen:
    """Visit what the newsletters link to and read what their feeds say, both at once."""
    async with asyncio.TaskGroup() as group:
        visited = group.create_task(_visit(prepared, looking, on_visited, remembering))
        read = group.create_task(_know(prepared, feeds, looking.stop))
    return Seen(visited.result(), read.result())


def _wanted(prepared: Sequence[Prepared]) -> list[Url]:
    return [
        link.url
        for one in prepared
        for link in one.links
        if link.url and link.id not in one.reasons
    ]


async def _visit(
    prepared: Sequence[Prepared],
    looking: Looking,
    on_visited: OnVisited,
    remembering: Remembering | None,
) -> Mapping[Url, Visit]:
    wanted = _wanted(prepared)
    if looking.visitor and remembering:
        visitor = await remembering.before(looking.visitor, wanted)
        looking = replace(looking, visitor=visitor)
    return await looking.at(wanted, on_visited)


async def _know(
    prepared: Sequence[Prepared], feeds: Feeds | None, stop: asyncio.Event
) -> Mapping[str, Known]:
    named = [one.campaign.brief.feed for one in prepared if one.campaign.brief.feed]
    return await know_all(named, feeds, stop) if feeds else {}
