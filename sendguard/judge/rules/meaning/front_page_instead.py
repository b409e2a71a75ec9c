"""SG305, front-page-instead."""

from collections.abc import Iterator

from sendguard.intent import HEADLINE_LIKE, From
from sendguard.judge.front_page import (
    asks_for_front_page,
    front_page_instead_of,
    is_front_page,
    is_named_like_an_article,
    looks_like_an_article,
    same_site,
)
from sendguard.judge.quote import called, plain, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.links import Role
from sendguard.values import Severity, Url
from sendguard.visit import Answered, Page

_MEANS_AN_ARTICLE = frozenset({Role.ARTICLE, Role.BUTTON, Role.IMAGE})
_FITS = 0.5


@link_rule(
    "SG305",
    severity=Severity.BLOCK,
    advice="Ask the site's owner for the page's new address, or drop the link.",
)
def front_page_instead(case: LinkCase) -> Iterator[Said]:
    """A link written to one page comes to rest on a front page.

    Why it matters:
        Sites often send readers of a deleted page to their front page with status
        200. A status check calls that healthy; the reader never sees the report.

    Caught:
        A link with a headline, written to /reports/may, that is sent to / or to /en/ of
        the same site. As a suspicion: the same from an address that does not look like an
        article's, such as /start, or to the front page of another site; and an address
        that is an article's name, /the-may-report, on a link without a headline.

    Let through:
        / answers 301 to /en/, because the author asked for the front page; an intent
        that the front page answers to; labels that ask for it, such as “Visit our
        website”, the site's name or its address; a click counter that leads to another
        site, where no headline says that an article is meant.

    Blind spot:
        A front page at a path of its own, such as /news. A short campaign address that
        is meant to lead to the front page.
    """
    asked, front = case.visit.asked, front_page_instead_of(case.visit)
    if asked is None or front is None or _front_page_was_meant(case, front):
        return
    leads = f"{called(case.link)} leads to the front page of {plain(front.host)}"
    says = f"{leads} instead of {shown(asked)}"
    headlined = case.intent is not None and case.intent.sureness >= HEADLINE_LIKE
    own = same_site(asked, front)
    if headlined and own and looks_like_an_article(asked):
        yield says
    elif headlined or (own and is_named_like_an_article(asked)):
        yield suspected(says)


def _front_page_was_meant(case: LinkCase, front: Url) -> bool:
    if case.link.role not in _MEANS_AN_ARTICLE:
        return True
    if case.match is not None and case.match.sureness >= _FITS:
        return True
    if case.intent and case.intent.source in {From.DECLARED, From.FEED}:
        return case.intent.url is not None and is_front_page(case.intent.url)
    return asks_for_front_page(case.link.label, front, _site_name(case))


def _site_name(case: LinkCase) -> str | None:
    match case.visit.outcome:
        case Answered(page=Page(site_name=name)):
            return name
        case _:
            return None
