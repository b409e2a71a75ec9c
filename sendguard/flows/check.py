"""Check newsletters: read, find the links, visit them, judge, decide."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sendguard.config import Config
from sendguard.errors import Unreadable
from sendguard.flows.prepare import Prepared, all_expected_are_met, prepare
from sendguard.flows.visit_all import OnVisited, visit_all
from sendguard.gate import (
    Checked,
    CheckedLink,
    CouldNotRead,
    Run,
    decide_link,
    decide_newsletter,
)
from sendguard.intent import Intent
from sendguard.judge import LinkCase, NewsletterCase, judge, match_page
from sendguard.judge.finding import Finding
from sendguard.judge.rules import ALL
from sendguard.links import Link
from sendguard.ports import Clock, OpenPath, Visitor
from sendguard.read import Article
from sendguard.values import Url
from sendguard.visit import (
    Answered,
    NotVisited,
    Reason,
    Visit,
    header_addresses,
    may_reach_private,
    why_not_visit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The ports that a check needs.

    Attributes:
        open_path: Finds newsletters.
        clock: Tells when and how long.
        visitor: Goes to look; None for a check that stays offline.
    """

    open_path: OpenPath
    clock: Clock
    visitor: Visitor | None


def _quietly(_done: int, _of: int) -> None:
    pass


async def check(
    paths: Sequence[str],
    tools: Tools,
    config: Config,
    *,
    expected: Sequence[Article] = (),
    on_visited: OnVisited = _quietly,
) -> Run:
    """Check every path; one that cannot be read does not keep the others from it.

    Raises:
        WrongUsage: One of `expected` names no link, or links with different addresses.
    """
    began, at = tools.clock.elapsed_s(), tools.clock.now()
    read = await asyncio.to_thread(_prepare_all, paths, tools.open_path, expected)
    prepared = [one for one in read if isinstance(one, Prepared)]
    all_expected_are_met(expected, prepared)
    plans = [_plan(one) for one in prepared]
    visits: Mapping[Url, Visit] = {}
    if tools.visitor:
        visits = await visit_all(_wanted(prepared, plans), tools.visitor, on_visited)
    newsletters = tuple(
        _judge(one, _visits_of(plan, visits, at), config)
        for one, plan in zip(prepared, plans, strict=True)
    )
    unreadable = tuple(one for one in read if isinstance(one, CouldNotRead))
    took_s = tools.clock.elapsed_s() - began
    return Run(at=at, took_s=took_s, newsletters=newsletters, unreadable=unreadable)


Plan = Mapping[str, Reason | None]
"""By link id: why it is not visited; None when it is."""


def _prepare_all(
    paths: Sequence[str], open_path: OpenPath, expected: Sequence[Article]
) -> list[Prepared | CouldNotRead]:
    return [_prepare(path, open_path, expected) for path in paths]


def _prepare(path: str, open_path: OpenPath, expected: Sequence[Article]) -> Prepared | CouldNotRead:
    try:
        return prepare(path, open_path, expected)
    except Unreadable as error:
        return CouldNotRead.of(path, error)


def _plan(one: Prepared) -> Plan:
    headers = header_addresses(one.campaign)
    return {link.id: why_not_visit(link, headers) for link in one.links}


def _wanted(prepared: Sequence[Prepared], plans: Sequence[Plan]) -> list[Url]:
    return [
        link.url
        for one, plan in zip(prepared, plans, strict=True)
        for link in one.links
        if link.url and plan[link.id] is None
    ]


def _visits_of(plan: Plan, visits: Mapping[Url, Visit], at: datetime) -> Callable[[Link], Visit]:
    """For each link of a newsletter its visit, made or not."""

    def visit_of(link: Link) -> Visit:
        reason = plan[link.id]
        if reason is None and link.url in visits:
            return visits[link.url]
        unvisited = NotVisited(reason or Reason.OFFLINE)
        return Visit(url=link.url, at=at, took_s=0.0, outcome=unvisited)

    return visit_of


def _judge(one: Prepared, visit_of: Callable[[Link], Visit], config: Config) -> Checked:
    cases = tuple(
        _case(link, one.intents.get(link.id), visit_of(link), config) for link in one.links
    )
    whole = NewsletterCase(campaign=one.campaign, links=cases, lost=one.lost)
    findings = judge(whole, ALL)
    by_link: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_link[finding.link].append(finding)
    links = tuple(_checked(case, tuple(by_link[case.link.id])) for case in cases)
    about_all = tuple(by_link[None])
    decision = decide_newsletter(links, about_all, walled=config.gate.walled)
    return Checked(campaign=one.campaign, links=links, findings=about_all, decision=decision)


def _case(link: Link, intent: Intent | None, visit: Visit, config: Config) -> LinkCase:
    private = link.url is not None and may_reach_private(
        link.url, config.visit.allow_private, config.visit.connect_to
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
