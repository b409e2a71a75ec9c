"""What a rule is, what it may see, and how it is applied."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sendguard.intent import Intent
from sendguard.judge.asked import when_asked
from sendguard.judge.earlier.past import Copied, Past
from sendguard.judge.finding import Finding, fingerprint
from sendguard.judge.match import Match
from sendguard.judge.quote import shown
from sendguard.judge.sending import Sending
from sendguard.links import Issue, Link, LostLink, Unmade
from sendguard.read import Campaign
from sendguard.values import Place, Severity, Url
from sendguard.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCase:
    """All that a rule about one link may see.

    Attributes:
        link: The link.
        intent: What it is meant to open; None where it carries no article intent.
        visit: What was there.
        match: The page held against the intent; None where there is nothing to compare.
        reaches_private: The operator lets this private or internal host be visited.
        words_freely: Less than half of the newsletter's addresses open what their links' words say:
            its editor words headlines freely.
        fits: Id of another link whose words this link's page answers to; None without one.
        repeats: Id of another link with the same address, whose words the page does answer to;
            None without one.
        disagrees_with: Id of a link of the same story that leads to another page; None without.
        right: The address that it should have, where that is known and is not the one it has.
        past: What earlier issues tell of it; None where they show nothing amiss.
        opened_by: Id of another link that opens what this one should open; None without one.
        shares_with: Id of another entry's link that leads to the same address under words
            that have nothing in common with this one's; None without one.
    """

    link: Link
    intent: Intent | None
    visit: Visit
    match: Match | None = None
    reaches_private: bool = False
    words_freely: bool = False
    fits: str | None = None
    repeats: str | None = None
    disagrees_with: str | None = None
    right: Url | None = None
    past: Past | None = None
    opened_by: str | None = None
    shares_with: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterCase:
    """All that a rule about a whole newsletter may see.

    Attributes:
        campaign: What was read.
        links: In reading order.
        lost: Links of the MJML that its HTML does not have.
        unmade: What was to be a link and is none.
        feed_trouble: Why the campaign's feed could not be read, fit to follow “it”; None when
            it could, or was not asked for.
        earlier: The issues of the same newsletter before this one, newest first.
        copied: Whether its content is that of one of them.
        unread: Names of campaign folders beside it that may be such issues and cannot be read.
        sent: When it, or the very same newsletter, went out already; None for never.
    """

    campaign: Campaign
    links: tuple[LinkCase, ...]
    lost: tuple[LostLink, ...] = ()
    unmade: tuple[Unmade, ...] = ()
    feed_trouble: str | None = None
    earlier: tuple[Issue, ...] = ()
    copied: Copied | None = None
    unread: tuple[str, ...] = ()
    sent: Sending | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A sentence that is only suspected: its finding warns, whatever its rule may reach."""

    says: str


@dataclass(frozen=True, slots=True)
class At:
    """A sentence about a place of its own, for rules about a whole newsletter."""

    place: Place
    says: "str | Suspicion"


@dataclass(frozen=True, slots=True)
class About:
    """A sentence about one link, for rules that must see the others to say it."""

    link: Link
    says: "str | Suspicion"


def suspected(says: str) -> Suspicion:
    """Lower this one finding to a warning."""
    return Suspicion(says)


Said: TypeAlias = str | Suspicion
LinkCheck: TypeAlias = Callable[[LinkCase], Iterator[Said]]
NewsletterCheck: TypeAlias = Callable[[NewsletterCase], Iterator[Said | At | About]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRule:
    """A check of one link and its label. It yields one sentence for each thing wrong."""

    code: str
    name: str
    severity: Severity
    advice: str
    check: LinkCheck
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterRule:
    """A check of a whole newsletter and its label."""

    code: str
    name: str
    severity: Severity
    advice: str
    check: NewsletterCheck
    page: str


Rule: TypeAlias = LinkRule | NewsletterRule


def link_rule(code: str, *, severity: Severity, advice: str) -> Callable[[LinkCheck], LinkRule]:
    """Declare the decorated check as a rule about one link, named after its function."""

    def declare(check: LinkCheck) -> LinkRule:
        return LinkRule(
            code=code,
            name=_name(check),
            severity=severity,
            advice=advice,
            check=check,
            page=inspect.getdoc(check) or "",
        )

    return declare


def newsletter_rule(
    code: str, *, severity: Severity, advice: str
) -> Callable[[NewsletterCheck], NewsletterRule]:
    """Declare the decorated check as a rule about a whole newsletter."""

    def declare(check: NewsletterCheck) -> NewsletterRule:
        return NewsletterRule(
            code=code,
            name=_name(check),
            severity=severity,
            advice=advice,
            check=check,
            page=inspect.getdoc(check) or "",
        )

    return declare


def judge(case: NewsletterCase, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Every finding of every rule: those of links in reading order, then the newsletter's."""
    ordered = tuple(rules)
    about_links = (
        _link_finding(rule, link_case, said)
        for link_case in case.links
        for rule in ordered
        if isinstance(rule, LinkRule)
        for said in rule.check(link_case)
    )
    about_all = (
        _newsletter_finding(rule, case, said)
        for rule in ordered
        if isinstance(rule, NewsletterRule)
        for said in rule.check(case)
    )
    return (*about_links, *about_all)


def _name(check: Callable[..., object]) -> str:
    return check.__name__.replace("_", "-")


def _link_finding(rule: LinkRule, case: LinkCase, said: Said) -> Finding:
    link = case.link
    # In the advice, which no fingerprint reads: a new feed, or a later look, must not undo an
    # approval.
    advice = f"Did you mean {shown(case.right)}? {rule.advice}" if case.right else rule.advice
    if rule.code.startswith("SG2"):
        advice += when_asked(case.visit)
    return _finding(rule, said, place=link.place, link=link, advice=advice)


def _newsletter_finding(
    rule: NewsletterRule, case: NewsletterCase, said: Said | At | About
) -> Finding:
    if isinstance(said, About):
        return _finding(rule, said.says, place=said.link.place, link=said.link)
    if isinstance(said, At):
        return _finding(rule, said.says, place=said.place)
    lines = (
        case.campaign.sources[0].lines if case.campaign.sources else case.campaign.parts[0].lines
    )
    return _finding(rule, said, place=lines.place(0))


def _finding(
    rule: Rule, said: Said, *, place: Place, link: Link | None = None, advice: str | None = None
) -> Finding:
    says, severity = (
        (said.says, Severity.WARN) if isinstance(said, Suspicion) else (said, rule.severity)
    )
    label, href = (link.label, link.href) if link else ("", "")
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=severity,
        link=link.id if link else None,
        place=place,
        says=says,
        advice=advice or rule.advice,
        fingerprint=fingerprint(rule.code, label, href, says),
    )
