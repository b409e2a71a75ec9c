"""Whole runs for tests of reports: built by hand for one idea, or made up by hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

from sendguard.gate import Checked, CheckedLink, CouldNotRead, Passed, Run
from sendguard.intent import From, Intent
from sendguard.judge.approval import Approval
from sendguard.judge.finding import Finding, fingerprint
from sendguard.links import Link, Role
from sendguard.read import Campaign
from sendguard.values import Decision, Place, Severity, Url
from sendguard.visit import (
    Answered,
    Hop,
    NotVisited,
    Outcome,
    Page,
    Reason,
    Trouble,
    Unreachable,
    Visit,
)
from tests.builders import (
    NOON,
    a_campaign,
    a_link,
    a_page,
    a_visit,
    an_answer,
    an_approval,
    an_intent,
)

SITE = "https://navigator.example"


def a_finding(  # noqa: PLR0913 - a test names only what it is about
    says: str = "The link has no address",
    *,
    code: str = "SG101",
    name: str = "empty-link",
    severity: Severity = Severity.BLOCK,
    link: Link | None = None,
    place: Place | None = None,
    advice: str = "Give it an address.",
) -> Finding:
    return Finding(
        code=code,
        name=name,
        severity=severity,
        link=link.id if link else None,
        place=place or (link.place if link else None),
        says=says,
        advice=advice,
        fingerprint=fingerprint(code, "", "", says),
    )


def a_checked_link(
    link: Link | None = None,
    outcome: Outcome | None = None,
    *findings: Finding,
    decision: Decision = Decision.PASS,
    intent: Intent | None = None,
) -> CheckedLink:
    link = link or a_link()
    visit = a_visit(link.url.text if link.url else None, outcome)
    return CheckedLink(link=link, intent=intent, visit=visit, decision=decision, findings=findings)


def a_fine_link(id: str = "L1") -> CheckedLink:  # noqa: A002 - the field's own name
    page = a_page("An article")
    return a_checked_link(a_link(SITE, id=id), an_answer(SITE, 200, page))


def a_remembered_link(age_s: float, id: str = "L1") -> CheckedLink:  # noqa: A002 - same
    fine = a_fine_link(id)
    return replace(fine, visit=replace(fine.visit, age_s=age_s))


def a_meant_link(
    title: str | None = "An article",
    *,
    id: str = "L1",  # noqa: A002 - same
    sureness: float = 1.0,
) -> CheckedLink:
    fine = a_fine_link(id)
    intent = an_intent("An article", sureness=sureness)
    visit = replace(fine.visit, outcome=an_answer(SITE, 200, a_page(title)))
    return replace(fine, intent=intent, visit=visit)


def a_walled_link(id: str = "L7", href: str = f"{SITE}/walled") -> CheckedLink:  # noqa: A002 - same
    wall = Answered(hops=(Hop(Url(href), 999),), walled="status 999")
    return a_checked_link(a_link(href, "LinkedIn", id=id), wall, decision=Decision.UNVERIFIED)


def a_blocked_link(says: str = "The link has no address", *, id: str = "L1") -> CheckedLink:  # noqa: A002 - same
    link = a_link("#", "Read article", id=id, place=Place("newsletter.html", int(id[1:]), 9))
    outcome = NotVisited(Reason.MALFORMED)
    return a_checked_link(link, outcome, a_finding(says, link=link), decision=Decision.BLOCK)


def an_approved_link(
    severity: Severity = Severity.BLOCK,
    *,
    by: str = "Ada",
    id: str = "L1",  # noqa: A002 - same
) -> CheckedLink:
    fine = a_fine_link(id)
    found = a_finding(severity=severity, link=fine.link)
    return replace(fine, findings=(replace(found, approved=an_approval(by=by)),))


def a_checked(
    *links: CheckedLink,
    path: str = "issue.html",
    id: str | None = None,  # noqa: A002 - same
    findings: tuple[Finding, ...] = (),
    decision: Decision | None = None,
    campaign: Campaign | None = None,
) -> Checked:
    campaign = replace(campaign or a_campaign(), path=path, id=id)
    worst = Decision.worst(link.decision for link in links)
    return Checked(campaign=campaign, links=links, findings=findings, decision=decision or worst)


def a_run(*newsletters: Checked, unreadable: tuple[CouldNotRead, ...] = ()) -> Run:
    return Run(at=NOON, took_s=0.41, newsletters=newsletters, unreadable=unreadable)


_numbers = st.integers(1, 10**6)
_seconds = st.floats(0, 1000)
_texts = st.text(max_size=30)
_maybe_texts = st.none() | _texts
_urls = st.sampled_from(
    [Url(f"{SITE}/{path}") for path in ("", "a,b%0A", "\u202egpj.exe", "x" * 900)]
)
_places = st.builds(
    Place,
    file=st.sampled_from(["newsletter.html", "parts/a,b:c.mjml", "-"]),
    line=_numbers,
    column=st.none() | _numbers,
)
_hops = st.builds(Hop, _urls, st.integers(100, 999))
_pages = st.builds(
    Page,
    media_type=st.sampled_from(["text/html", "image/png"]),
    title=_maybe_texts,
    cut_short=st.booleans(),
)
_outcomes: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(
        Answered,
        hops=st.lists(_hops, min_size=1, max_size=3).map(tuple),
        page=st.none() | _pages,
        walled=_maybe_texts,
    ),
    st.builds(
        Unreachable,
        trouble=st.sampled_from(Trouble),
        at=_urls,
        detail=_texts,
        hops=st.lists(_hops, max_size=3).map(tuple),
    ),
    st.builds(NotVisited, st.sampled_from(Reason)),
)
_visits = st.builds(
    Visit,
    url=st.none() | _urls,
    at=st.just(NOON),
    took_s=_seconds,
    outcome=_outcomes,
    age_s=st.none() | _seconds,
)
_intents = st.builds(
    Intent,
    title=_maybe_texts,
    url=st.none() | _urls,
    source=st.sampled_from(From),
    sureness=st.floats(0, 1),
)
_links = st.builds(
    Link,
    id=_numbers.map("L{}".format),
    href=_texts,
    url=st.none() | _urls,
    label=_texts,
    element=st.just("a"),
    role=st.sampled_from(Role),
    place=_places,
)
_approvals = st.builds(
    Approval, fingerprint=st.just("0" * 16), by=_texts, because=_texts, until=st.dates()
)
_findings = st.builds(
    Finding,
    code=st.sampled_from(["SG101", "SG207", "SG301"]),
    name=st.sampled_from(["empty-link", "walled", "wrong-article"]),
    severity=st.sampled_from(Severity),
    link=st.none(),
    place=st.none() | _places,
    says=_texts,
    advice=_texts,
    fingerprint=_texts.map(lambda text: fingerprint(text, "", "", "")),
    approved=st.none() | _approvals,
    lapsed=st.none() | _approvals,
)
_several_findings = st.lists(_findings, max_size=3).map(tuple)
_checked_links = st.builds(
    CheckedLink,
    link=_links,
    intent=st.none() | _intents,
    visit=_visits,
    decision=st.sampled_from(Decision),
    findings=_several_findings,
)
_campaigns: st.SearchStrategy[Campaign] = st.builds(
    replace, st.just(a_campaign()), path=_texts, id=_maybe_texts, subject=_maybe_texts
)
_checkeds = st.builds(
    Checked,
    campaign=_campaigns,
    links=st.lists(_checked_links, max_size=4).map(tuple),
    findings=_several_findings,
    decision=st.sampled_from(Decision),
    passed=st.none() | st.builds(Passed, st.just(NOON), _seconds),
    compared_with=st.none() | st.integers(0, 6),
)
_unreadables = st.builds(CouldNotRead, path=_texts, says=_texts, place=st.none() | _places)

made_up_runs = st.builds(
    Run,
    at=st.just(NOON),
    took_s=_seconds,
    newsletters=st.lists(_checkeds, max_size=3).map(tuple),
    unreadable=st.lists(_unreadables, max_size=2).map(tuple),
)
