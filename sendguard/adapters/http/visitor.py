"""Visits to real servers: redirects followed one by one, each asked about before it is taken."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from sendguard.adapters.chance import SystemChance
from sendguard.adapters.http.arrived import arrived
from sendguard.adapters.http.asker import Asker
from sendguard.adapters.http.guard import LookUp, look_up_here
from sendguard.adapters.http.heard import Heard, Unheard
from sendguard.adapters.http.transport import GuardedTransport
from sendguard.config import Visits
from sendguard.ports import Chance, Clock
from sendguard.values import Url
from sendguard.visit import (
    Answered,
    Certificate,
    Hop,
    Kind,
    NotVisited,
    Outcome,
    Trouble,
    Unreachable,
    Visit,
)
from sendguard.visit.forbidden import why_not_open
from sendguard.visit.likeness import are_alike, beside, without_address
from sendguard.visit.own_text import all_text
from sendguard.visit.page import parse_page
from sendguard.visit.redirect import MOST_HOPS, MOVED, leads_back, next_address
from sendguard.visit.soft_404 import first_on_site, with_made_up
from sendguard.visit.unchanged import NOT_MODIFIED, conditions, confirms
from sendguard.visit.unwrap import unwrapped
from sendguard.visit.walls import NEEDS_COOKIES


@asynccontextmanager
async def http_asker(
    visits: Visits,
    clock: Clock,
    *,
    look_up: LookUp = look_up_here,
    chance: Chance | None = None,
) -> AsyncIterator[Asker]:
    """One that asks servers and obeys `visits`, and its connections closed at the end.

    Args:
        visits: The operator's settings. `ca_file` is trusted beside the public authorities.
        clock: Tells when.
        look_up: Finds the addresses of names.
        chance: Spreads the pauses; None for the computer's own.

    Raises:
        BadConfig: `ca_file` or `proxy` cannot be used.
    """
    transport = GuardedTransport(visits, look_up)
    try:
        yield Asker(transport, visits, clock, chance or SystemChance())
    finally:
        await transport.aclose()


@asynccontextmanager
async def http_visitor(
    visits: Visits,
    clock: Clock,
    never_open: frozenset[str] = frozenset(),
    *,
    look_up: LookUp = look_up_here,
    chance: Chance | None = None,
) -> AsyncIterator["HttpVisitor"]:
    """A visitor with an asker of its own, for as long as it is needed.

    Args:
        visits: As `http_asker`.
        clock: Tells when.
        never_open: Addresses that no redirect may lead to: those of `List-Unsubscribe`.
        look_up: Finds the addresses of names.
        chance: As `http_asker`.

    Raises:
        BadConfig: `ca_file` or `proxy` cannot be used.
    """
    async with http_asker(visits, clock, look_up=look_up, chance=chance) as asker:
        yield HttpVisitor(asker, clock, never_open)


class HttpVisitor:
    """A `ports.Visitor` that asks real servers; it keeps no cookies and names no referrer.

    An address that acts (`why_not_open`) is not opened, whoever asks for it. Nor is it where a
    redirect leads there: the answers so far are the visit, its last hop a redirect without a
    page.
    """

    def __init__(self, asker: Asker, clock: Clock, never_open: frozenset[str]) -> None:
        self._asker = asker
        self._clock = clock
        self._never_open = never_open
        self._made_up = defaultdict[Url, _MadeUp](_MadeUp)

    async def visit(self, url: Url, before: Visit | None = None) -> Visit:
        """Visit once, following redirects; a bad page is a Visit, not an exception."""
        at = self._clock.now()
        trail = _Trail(self._clock)
        reason = why_not_open(url, "", self._never_open)
        outcome = NotVisited(reason) if reason else await self._safely(url, trail, before)
        return Visit(
            url=url,
            at=at,
            took_s=trail.took_s,
            outcome=outcome,
            tries=trail.tries,
            heard=trail.heard,
        )

    async def _safely(self, url: Url, trail: "_Trail", before: Visit | None) -> Outcome:
        """What came of it; a mistake of our own over one answer must not end the whole check."""
        try:
            return await self._look(url, trail, before)
        except Exception as error:  # noqa: BLE001 - nobody knows which
            detail = f"SendGuard made a mistake over its answer, {type(error).__name__}"
            return trail.unreachable(Trouble.NO_PROPER_ANSWER, url, detail)

    async def _look(self, url: Url, trail: "_Trail", before: Visit | None) -> Outcome:
        seen = before.outcome if before and isinstance(before.outcome, Answered) else None
        outcome = await self._follow(url, trail, seen)
        if isinstance(outcome, Answered) and outcome.kind is Kind.SOFT_404:
            return await self._compared(outcome, trail)
        return outcome

    async def _compared(self, answer: Answered, trail: "_Trail") -> Answered:
        """The answer with what an address says that was made up to stand beside it."""
        there = beside(first_on_site(answer.hops))
        if there is None or why_not_open(there, "", self._never_open):
            return answer
        found, text = await self._at_made_up(there)
        return with_made_up(answer, found, alike=are_alike(trail.text, text))

    async def _at_made_up(self, there: Url) -> tuple[Outcome, str]:
        """What an address that was made up says, and its text; asked once for all its folder."""
        made_up = self._made_up[there]
        async with made_up.turn:
            if made_up.found is None:
                trail = _Trail(self._clock, under_way=True)
                outcome = await self._follow(there, trail)
                made_up.found = outcome, trail.text
            return made_up.found

    async def _follow(self, url: Url, trail: "_Trail", before: Answered | None = None) -> Outcome:
        here: Url | None = url
        while here is not None:
            heard = await self._ask(here, trail, before)
            trail.tries = heard.tries
            if isinstance(heard, Unheard):
                return trail.unreachable(heard.trouble, here, heard.detail)
            trail.add(here, heard)
            if before and heard.unchanged:
                return trail.unchanged(before)
            if heard.status not in MOVED:
                return await arrived(trail.hops, heard, trail.certificate)
            there = next_address(here, heard.headers.get("location"))
            if there is not None and (end := self._end_before(there, trail)):
                return end
            here = _to_ask(there) if there else None
        detail = "it redirects to what is no web address"
        return trail.unreachable(Trouble.NO_PROPER_ANSWER, trail.hops[-1].url, detail)

    async def _ask(self, here: Url, trail: "_Trail", before: Answered | None) -> Heard | Unheard:
        """What came of asking; where `before` was at rest here, only for what has changed."""
        known = before.validators if before and before.landed.url == here else None
        under_way = trail.under_way or bool(trail.hops)
        heard = await self._asker.ask(
            here, trail.start, under_way=under_way, conditions=conditions(known)
        )
        if known is None or isinstance(heard, Unheard) or heard.status != NOT_MODIFIED:
            return heard
        if confirms(heard.headers, known):
            return replace(heard, unchanged=True)
        return await self._asker.ask(here, trail.start, under_way=under_way)

    def _end_before(self, there: Url, trail: "_Trail") -> Outcome | None:
        """The outcome when a redirect to `there` is not to be followed."""
        if why_not_open(there, "", self._never_open):
            return Answered(hops=tuple(trail.hops), kind=Kind.ACT)
        goes_back = leads_back(_to_ask(there), trail.hops)
        if not goes_back and trail.waited_s > self._asker.longest_way_s:
            return trail.unreachable(Trouble.TIMEOUT, there, "its redirects together took too long")
        if not goes_back and len(trail.hops) <= MOST_HOPS:
            return None
        if trail.wants_cookies:
            return Answered(hops=tuple(trail.hops), walled=NEEDS_COOKIES, kind=Kind.WALL)
        if goes_back:
            return trail.unreachable(Trouble.REDIRECT_LOOP, there, "it leads back to itself")
        detail = f"more than {MOST_HOPS} redirects in a row"
        return trail.unreachable(Trouble.TOO_MANY_HOPS, there, detail)


@dataclass(slots=True)
class _Trail:
    """What a visit has seen so far."""

    clock: Clock
    under_way: bool = False  # for a link that was asked for before
    hops: list[Hop] = field(default_factory=list)
    last: Heard | None = None
    certificate: Certificate | None = None
    wants_cookies: bool = False
    waited_s: float = 0.0
    began_s: float | None = None
    tries: tuple[datetime, ...] = ()
    heard: datetime | None = None

    @property
    def took_s(self) -> float:
        return 0.0 if self.began_s is None else self.clock.elapsed_s() - self.began_s

    @property
    def text(self) -> str:
        """What the last page shows, without the words that repeat its address."""
        if self.last is None:
            return ""
        tree = parse_page(self.last.body, self.last.charset)
        return without_address(all_text(tree), self.hops[0].url)

    def start(self) -> None:
        if self.began_s is None:
            self.began_s = self.clock.elapsed_s()

    def add(self, url: Url, heard: Heard) -> None:
        self.hops.append(Hop(url, heard.status))
        self.last = heard
        self.waited_s += heard.took_s
        # One that broke off may have come before the connection was lost.
        self.heard = self.heard if heard.cut_short else self.clock.now()
        both = (one for one in (self.certificate, heard.certificate) if one)
        self.certificate = min(both, key=lambda one: one.until, default=None)
        self.wants_cookies = self.wants_cookies or "set-cookie" in heard.headers

    def unchanged(self, before: Answered) -> Answered:
        """The page as it was seen before, at the end of the way that was gone now."""
        landed = replace(self.hops[-1], status=before.landed.status)
        hops = (*self.hops[:-1], landed)
        return replace(before, hops=hops, certificate=self.certificate)

    def unreachable(self, trouble: Trouble, at: Url, detail: str) -> Unreachable:
        return Unreachable(trouble=trouble, at=at, detail=detail, hops=tuple(self.hops))


@dataclass(slots=True)
class _MadeUp:
    """What is known of an address that was made up; whoever comes second waits for the first."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    found: tuple[Outcome, str] | None = None


def _to_ask(there: Url) -> Url:
    """A redirector that says where it leads is not asked on the way either."""
    return unwrapped(there) or there
