"""From paths to newsletters with their links and what those are meant to open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from sendguard.errors import Unreadable, WrongUsage
from sendguard.flows.earlier import NO_EARLIER, Earlier, earlier_in_series, read_earlier
from sendguard.flows.read_newsletter import read_approvals, read_newsletter
from sendguard.gate import Approval, Checked, CouldNotRead, Sending
from sendguard.intent import Intent, NoSuchLabel, choose_links, declared_intents, infer_intents
from sendguard.intent.feed import NOTHING_KNOWN, Known, refine
from sendguard.links import Gone, Link, LostLink, Role, Unmade, find_links
from sendguard.links.link import Found
from sendguard.ports import OpenPath
from sendguard.read import Article, Campaign
from sendguard.visit import Mailing, Reason, why_not_visit
from sendguard.visit.acting_by_words import acts


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A newsletter ready to be visited.

    Attributes:
        campaign: What was read.
        links: In reading order.
        lost: Those of its MJML that its HTML does not have.
        unmade: What was to be a link and is none.
        intents: What links are meant to open, by link id.
        reasons: Why links are not visited, by link id; those that are visited are left out.
        header_addresses: What its `List-Unsubscribe` headers name, never to be opened.
        approvals: Whose word lets which finding stand; no part of the campaign's digest.
        known: What its feed says; nothing until the feed was read.
        earlier: The issues before it, newest first.
        beside: Names of the campaign folders in the same place.
        gone: Issues before it whose folders are gone, as the store knows them, newest first.
        sent: When it went out already, as the store knows it.
    """

    campaign: Campaign
    links: tuple[Link, ...]
    lost: tuple[LostLink, ...]
    unmade: tuple[Unmade, ...]
    intents: Mapping[str, Intent]
    reasons: Mapping[str, Reason]
    header_addresses: frozenset[str]
    approvals: tuple[Approval, ...] = ()
    known: Known = NOTHING_KNOWN
    earlier: Earlier = NO_EARLIER
    beside: frozenset[str] = frozenset()
    gone: tuple[Gone, ...] = ()
    sent: Sending | None = None


Ready: TypeAlias = Prepared | Checked | CouldNotRead
"""A path of a run: to be checked, answered from an earlier check, or not to be read."""


def knowing(one: Prepared, feeds: Mapping[str, Known]) -> Prepared:
    """The newsletter with what its feed says, and intents that are surer for it."""
    known = feeds.get(one.campaign.brief.feed or "", NOTHING_KNOWN)
    return replace(one, known=known, intents=refine(one.intents, known.articles))


def prepare_all(
    paths: Sequence[str],
    open_path: OpenPath,
    expected: Sequence[Article] = (),
    previous: Sequence[str] = (),
    passed: Mapping[str, Checked] | None = None,
) -> tuple[Ready, ...]:
    """Read every path, find its links and settle what they are meant to open.

    Args:
        paths: As the user named them; one that cannot be read does not keep the others from it.
        open_path: Finds them.
        expected: What the command line says; each has to name a link of one newsletter at least.
        previous: Issues before those, newest first; without any, those of a newsletter's series
            that stand beside it. One that is named and cannot be read stands with the newsletters.
        passed: Earlier checks that are told in the place of new ones, by path.

    Raises:
        WrongUsage: One of `expected` names no link, or links with different addresses.
    """
    named = read_earlier(previous, open_path) if previous else None
    known = passed or {}
    ready = tuple(
        known.get(path) or _prepare_or_not(path, open_path, expected, named) for path in paths
    )
    _all_are_met(expected, [one for one in ready if isinstance(one, Prepared)])
    return (*ready, *(named.unreadable if named else ()))


def _prepare_or_not(
    path: str, open_path: OpenPath, expected: Sequence[Article], earlier: Earlier | None
) -> Prepared | CouldNotRead:
    try:
        return _prepare(path, open_path, expected, earlier)
    except Unreadable as error:
        return CouldNotRead.of(path, error)


def _prepare(
    path: str, open_path: OpenPath, expected: Sequence[Article], earlier: Earlier | None
) -> Prepared:
    opened = open_path(path)
    campaign = read_newsletter(path, opened)
    found = find_links(campaign)
    mailing, found = _for_all(Mailing.of(campaign), found)
    here = [article for article in expected if _names_a_link(article, found.links)]
    declared = declared_intents((*campaign.brief.articles, *here), found.links)
    why_not = {link.id: why_not_visit(link, mailing) for link in found.links}
    open_articles = [link for link in found.links if why_not[link.id] is not Reason.ACTS]
    return Prepared(
        campaign=campaign,
        links=found.links,
        lost=found.lost,
        unmade=found.unmade,
        intents={**infer_intents(open_articles), **declared},
        reasons={id_: reason for id_, reason in why_not.items() if reason},
        header_addresses=mailing.header_addresses,
        approvals=read_approvals(opened),
        earlier=earlier or earlier_in_series(campaign, opened, open_path),
        beside=frozenset(path.rpartition("/")[2] for path in opened.beside()),
    )


def _for_all(mailing: Mailing, found: Found) -> tuple[Mailing, Found]:
    """The links as they are for all readers, where a copy for one of them stands for all."""
    if mailing.known is None:
        return mailing, found
    acting = (
        link.href
        for link in found.links
        if link.role in {Role.UNSUBSCRIBE, Role.PREFERENCES} or acts(link.href)
    )
    mailing = mailing.with_acting(acting)
    links = (_link_for_all(link, mailing) for link in found.links)
    return mailing, replace(found, links=tuple(links))


def _link_for_all(link: Link, mailing: Mailing) -> Link:
    """What acts is left whole: `/account/delete?u=7` would not be seen to act without its end."""
    if link.url is None or why_not_visit(link, mailing) is Reason.ACTS:
        return link
    return replace(link, url=mailing.for_all(link.url))


def _all_are_met(expected: Sequence[Article], prepared: Sequence[Prepared]) -> None:
    for article in expected:
        if prepared and not any(_names_a_link(article, one.links) for one in prepared):
            choose_links(article.link, prepared[0].links)  # it says which labels there are


def _names_a_link(article: Article, links: Sequence[Link]) -> bool:
    try:
        choose_links(article.link, links)
    except NoSuchLabel:
        return False
    except WrongUsage:
        return True
    return True
