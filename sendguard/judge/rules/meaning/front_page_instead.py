"""SG305, front-page-instead."""

from collections.abc import Iterator

from sendguard.intent import HEADLINE_LIKE
from sendguard.judge.front_page import front_page_instead_of, is_front_page, same_site
from sendguard.judge.quote import called, plain, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.links import Role
from sendguard.values import Severity

_MEANS_AN_ARTICLE = frozenset({Role.ARTICLE, Role.BUTTON, Role.IMAGE})
_FITS = 0.5


@link_rule(
    "SG305",
    severity=Severity.BLOCK,
    advice="Ask the site's owner for the page's new address, or drop the link.",
)
def front_page_instead(case: LinkCase) -> Iterator[Said]:
    """A link written to one page comes to rest on the site's front page.

    Why it matters:
        Sites often send readers of a deleted page to their front page with status
        200. A status check calls that healthy; the reader never sees the report.

    Caught:
        /reports/may answers 301 to /, or to /en/, which answers 200. As a suspicion:
        the front page of another site, where the link stands for an article.

    Let through:
        / answers 301 to /en/, because the author asked for the front page; an intent
        that the front page answers to.

    Blind spot:
        A front page at a path of its own, such as /home. A short campaign address that
        is meant to lead to the front page.
    """
    asked, front = case.visit.url, front_page_instead_of(case.visit)
    if asked is None or front is None or _front_page_was_meant(case):
        return
    leads = f"{called(case.link)} leads to the front page of {plain(front.host)}"
    says = f"{leads} instead of {shown(asked)}"
    if same_site(asked, front):
        yield says
    elif case.intent and case.intent.sureness >= HEADLINE_LIKE:
        yield suspected(says)


def _front_page_was_meant(case: LinkCase) -> bool:
    fits = case.match is not None and case.match.sureness >= _FITS
    declared = case.intent.url if case.intent else None
    wanted = declared is not None and is_front_page(declared)
    return fits or wanted or case.link.role not in _MEANS_AN_ARTICLE
