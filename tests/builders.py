"""Values for tests: each builder takes only what its test is about."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sendguard.intent import From, Intent
from sendguard.judge.approval import Approval
from sendguard.judge.match import Match
from sendguard.judge.rule import LinkCase, NewsletterCase
from sendguard.links import Issue, Link, LostLink, Role, Story, Unmade, find_links
from sendguard.read import Brief, Campaign, Medium, Part
from sendguard.values import Lines, Place, Url
from sendguard.visit import Answered, Hop, Outcome, Page, Visit

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CHRISTMAS = date(2026, 12, 25)


def an_approval(
    finding: str = "0" * 16,
    *,
    by: str = "Ada",
    because: str = "The page moves at noon",
    until: date = CHRISTMAS,
) -> Approval:
    return Approval(fingerprint=finding, by=by, because=because, until=until)


def a_page(title: str | None = None, **facts: str) -> Page:
    return Page(media_type="text/html", title=title, **facts)  # type: ignore[arg-type]


def an_answer(url: str, status: int = 200, page: Page | None = None) -> Answered:
    return Answered(hops=(Hop(Url(url), status),), page=page)


def a_visit(url: str | None, outcome: Outcome | None = None) -> Visit:
    parsed = Url.parse(url) if url else None
    return Visit(
        url=parsed, at=NOON, took_s=0.1, outcome=outcome or an_answer(url or "https://none/")
    )


def a_link(
    href: str = "https://example.org/",
    label: str = "A label",
    *,
    id: str = "L1",  # noqa: A002 - the field's own name
    role: Role = Role.ARTICLE,
    element: str = "a",
    place: Place | None = None,
    story: Story | None = None,
    aside: str = "",
    acts: bool = False,
) -> Link:
    return Link(
        id=id,
        href=href,
        url=Url.parse(href),
        label=label,
        element=element,
        role=role,
        place=place or Place("newsletter.html", 1, 1),
        story=story,
        aside=aside,
        acts=acts,
    )


def an_intent(
    title: str | None = "An article", url: str | None = None, *, sureness: float = 0.9
) -> Intent:
    return Intent(
        title=title, url=Url(url) if url else None, source=From.HEADLINE, sureness=sureness
    )


def a_case(
    link: Link | None = None,
    outcome: Outcome | None = None,
    *,
    intent: Intent | None = None,
    match: Match | None = None,
    reaches_private: bool = False,
) -> LinkCase:
    link = link or a_link()
    return LinkCase(
        link=link,
        intent=intent,
        visit=a_visit(link.url.text if link.url else None, outcome),
        match=match,
        reaches_private=reaches_private,
    )


def a_campaign(html: str = "<p>Hello</p>", *, text: str | None = None) -> Campaign:
    parts = [Part(medium=Medium.HTML, text=html, lines=Lines.of("newsletter.html", html))]
    if text is not None:
        lines = Lines.of("newsletter.txt", text)
        parts.append(Part(medium=Medium.TEXT, text=text, lines=lines))
    return Campaign(
        path="newsletter.html",
        id=None,
        brief=Brief(newsletter="newsletter.html"),
        subject=None,
        parts=tuple(parts),
        digest="sha256:0",
    )


def an_issue(html: str = "<p>Hello</p>", *, subject: str | None = None) -> Issue:
    digest = f"sha256:{hash((html, subject))}"
    campaign = replace(a_campaign(html), subject=subject, digest=digest)
    return Issue.of(campaign, find_links(campaign).links)


def a_newsletter_case(
    *cases: LinkCase,
    campaign: Campaign | None = None,
    lost: tuple[LostLink, ...] = (),
    unmade: tuple[Unmade, ...] = (),
) -> NewsletterCase:
    return NewsletterCase(campaign=campaign or a_campaign(), links=cases, lost=lost, unmade=unmade)
