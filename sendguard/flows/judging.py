"""Judge what was seen against what was meant, and decide about each newsletter."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sendguard.config import Config
from sendguard.flows.look import Looking
from sendguard.flows.prepare import Prepared
from sendguard.gate import Checked, CheckedLink, decide_link, decide_newsletter, with_approvals
from sendguard.intent import Intent
from sendguard.judge.earlier.gone import with_gone
from sendguard.judge.earlier.history import look_back
from sendguard.judge.evidence import with_evidence
from sendguard.judge.finding import Finding
from sendguard.judge.match import match_page
from sendguard.judge.right_address import confirmed, with_right_addresses
from sendguard.judge.rule import LinkCase, NewsletterCase, judge
from sendguard.judge.rules import ALL
from sendguard.links import Issue, Link
from sendguard.values import Url
from sendguard.visit import Answered, NotVisited, Reason, Visit, instead_of, may_reach_private

MOST_CONFIRMED = 20
"""Right addresses that are visited before they are named; with more wrong, one look tells."""


async def judge_all(
    known: Sequence[Prepared],
    visits: Mapping[Url, Visit],
    looking: Looking,
    at: datetime,
    config: Config,
) -> tuple[Checked, ...]:
    """Judge newsletters, and visit before that what would be named as the right addresses.

    Args:
        known: The newsletters, with what their feeds say.
        visits: What was seen.
        looking: Goes to the right addresses.
        at: When the check began.
        config: What is in force.
    """
    unasked = looking.unasked
    cases = [_cases(one, _visits_of(one, visits, at, unasked), config) for one in known]
    better = await _visit_better([case for some in cases for case in some], visits, looking)
    return tuple(
        _judge(one, [confirmed(case, better) for case in some], at, config)
        for one, some in zip(known, cases, strict=True)
    )


async def _visit_better(
    cases: Sequence[LinkCase], visits: Mapping[Url, Visit], looking: Looking
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
        sent=one.sent,
    )
    now = Issue.of(one.campaign, one.links)
    whole = look_back(whole, with_gone(now, one.earlier.issues, one.gone, at))
    findings = with_approvals(judge(whole, ALL), one.approvals, at.date())
    by_link: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_link[finding.link].append(finding)
    links = tuple(_checked(case, tuple(by_link[case.link.id])) for case in cases)
    about_all = tuple(by_link[None])
    decision = decide_newsletter(links, about_all, walled=config.gate.walled)
    is_issue = bool(one.campaign.brief.series or one.earlier.named)
    return Checked(
        campaign=one.campaign,
        links=links,
        findings=about_all,
        decision=decision,
        compared_with=len(whole.earlier) if is_issue else None,
    )


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
