"""Check newsletters that were read: visit their links, judge, decide."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sendguard.config import Config
from sendguard.flows.know import know_all
from sendguard.flows.prepare import Prepared, knowing
from sendguard.flows.remember import Remembering, in_doubt
from sendguard.flows.visit_all import OnVisited, visit_all
from sendguard.gate import (
    Checked,
    CheckedLink,
    CouldNotRead,
    Run,
    decide_link,
    decide_newsletter,
    interrupted,
    with_approvals,
)
from sendguard.intent import Intent
from sendguard.intent.feed import Known
from sendguard.judge import LinkCase, NewsletterCase, judge, match_page
from sendguard.judge.earlier.history import look_back
from sendguard.judge.evidence import with_evidence
from sendguard.judge.finding import Finding
from sendguard.judge.right_address import confirmed, with_right_addresses
from sendguard.judge.rules import ALL
from sendguard.links import Link
from sendguard.ports import Clock, Feeds, Visitor
from sendguard.values import Url
from sendguard.visit import (
    Answered,
    NotVisited,
    Reason,
    Visit,
    instead_of,
    may_reach_private,
)

MOST_CONFIRMED = 20
"""Right addresses that are visited before they are named; with more wrong, one look tells."""


def _quietly(_done: int, _of: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class _Looking:
    """Who goes to look, nobody for a check that stays offline, and what ends it."""

    visitor: Visitor | None
    stop: asyncio.Event

    async def at(
        self, addresses: Iterable[Url], on_visited: OnVisited = _quietly
    ) -> Mapping[Url, Visit]:
        """The visits that were made."""
        if self.visitor is None:
            return {}
        return await visit_all(addresses, self.visitor, on_visited, self.stop)

    @property
    def unasked(self) -> Reason:
        """Why the others were not."""
        return Reason.INTERRUPTED if self.visitor and self.stop.is_set() else Reason.OFFLINE


async def check(  # noqa: PLR0913 - a flow takes the ports that it waits on
    ready: Sequence[Prepared | CouldNotRead],
    visitor: Visitor | None,
    clock: Clock,
    config: Config,
    on_visited: OnVisited = _quietly,
    *,
    feeds: Feeds | None = None,
    remembering: Remembering | None = None,
    stop: asyncio.Event | None = None,
) -> Run:
    """Visit, judge and decide what `prepare_all` made ready.

    Args:
        ready: Newsletters, and what could not be read.
        visitor: Goes to look; None for a check that stays offline.
        clock: Tells when and how long.
        config: What is in force.
        on_visited: Told after each visit.
        feeds: Fetches the campaigns' feeds; None for a check that goes without.
        remembering: What earlier runs saw; None for a check that asks about everything.
        stop: Once it is set, nothing more is asked; what is known then is judged.
    """
    stop = stop or asyncio.Event()
    looking = _Looking(visitor, stop)
    began_s, at = clock.elapsed_s(), clock.now()
    prepared = [one for one in ready if isinstance(one, Prepared)]
    async with asyncio.TaskGroup() as group:
        visited = group.create_task(_visit(prepared, looking, on_visited, remembering))
        read = group.create_task(_know(prepared, feeds, stop))
    visits, feeds_say = visited.result(), read.result()
    known = [knowing(one, feeds_say) for one in prepared]
    newsletters = await _judge_all(known, visits, looking, at, config)
    for everything in (False, True):  # what is seen anew may cast doubt on the rest
        if doubted := in_doubt(newsletters, everything=everything):
            sure = {url: visit for url, visit in visits.items() if url not in doubted}
            visits = {**sure, **await looking.at(doubted)}
            newsletters = await _judge_all(known, visits, looking, at, config)
    if stop.is_set():
        newsletters = tuple(map(interrupted, newsletters))
    if remembering:
        await remembering.keep(newsletters)
    return Run(
        at=at,
        took_s=clock.elapsed_s() - began_s,
        newsletters=newsletters,
        unreadable=tuple(one for one in ready if isinstance(one, CouldNotRead)),
    )


def _wanted(prepared: Sequence[Prepared]) -> list[Url]:
    return [
        link.url
        for one in prepared
        for link in one.links
        if link.url and link.id not in one.reasons
    ]


async def _visit(
    prepared: Sequence[Prepared],
    looking: _Looking,
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


async def _judge_all(
    known: Sequence[Prepared],
    visits: Mapping[Url, Visit],
    looking: _Looking,
    at: datetime,
    config: Config,
) -> tuple[Checked, ...]:
    unasked = looking.unasked
    cases = [_cases(one, _visits_of(one, visits, at, unasked), config) for one in known]
    better = await _visit_better([case for some in cases for case in some], visits, looking)
    return tuple(
        _judge(one, [confirmed(case, better) for case in some], at, config)
        for one, some in zip(known, cases, strict=True)
    )


async def _visit_better(
    cases: Sequence[LinkCase], visits: Mapping[Url, Visit], looking: _Looking
) -> Mapping[Url, Visit]:
    """Visits to the addresses that would be named as the right ones, the first few of them."""
    rights = dict.fromkeys(case.right for case in cases if case.right)
    new = [url for url in rights if url not in visits][:MOST_CONFIRMED]
    return {**visits, **await looking.at(new)}


def _visits_of(
    one: Prepared, visits: Mapping[Url, Visit], at: datetime, unasked: Reason
) -> Callable[[Link], Visit]:
    """For each link of a newsletter its visit, made or not (then for the reason `unasked`)."""

    def visit_of(link: Link) -> Visit:
        reason = one.reasons.get(link.id)
        if reason is None and link.url and link.url in visits:
            return visits[link.url]
        unvisited = NotVisited(reason or unasked)
        return Visit(url=link.url, at=at, took_s=0.0, outcome=unvisited)

    return visit_of


def _cases(
    one: Prepared, visit_of: Callable[[Link], Visit], config: Config
) -> tuple[LinkCase, ...]:
    cases = [_case(link, one.intents.get(link.id), visit_of(link), config) for link in one.links]
    return with_right_addresses(cases, one.known.articles)


def _judge(one: Prepared, cases: Sequence[LinkCase], at: datetime, config: Config) -> Checked:
    whole = NewsletterCase(
        campaign=one.campaign,
        links=with_evidence(cases),
        lost=one.lost,
        unmade=one.unmade,
        feed_trouble=one.known.trouble,
        unread=one.earlier.unread,
    )
    whole = look_back(whole, one.earlier.issues)
    findings = with_approvals(judge(whole, ALL), one.approvals, at.date())
    by_link: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_link[finding.link].append(finding)
    links = tuple(_checked(case, tuple(by_link[case.link.id])) for case in cases)
    about_all = tuple(by_link[None])
    decision = decide_newsletter(links, about_all, walled=config.gate.walled)
    return Checked(campaign=one.campaign, links=links, findings=about_all, decision=decision)


def _case(link: Link, intent: Intent | None, visit: Visit, config: Config) -> LinkCase:
    asked = instead_of(link.url) or link.url if link.url else None
    private = asked is not None and may_reach_private(
        asked, config.visit.allow_private, config.visit.connect_to
    )
    match = None
    if intent and isinstance(visit.outcome, Answered):
        match = match_page(intent, visit.outcome, link.story.words if link.story else "")
    return LinkCase(link=link, intent=intent, visit=visit, match=match, reaches_private=private)


def _checked(case: LinkCase, findings: tuple[Finding, ...]) -> CheckedLink:
    return CheckedLink(
        link=case.link,
        intent=case.intent,
        visit=case.visit,
        decision=decide_link(case.visit.outcome, case.intent, findings),
        findings=findings,
    )
