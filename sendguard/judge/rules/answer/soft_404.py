"""SG212, soft-404."""

from collections.abc import Iterator

from sendguard.judge.answer import listed, reached
from sendguard.judge.hosts import site_of
from sendguard.judge.quote import fails
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.links import Role
from sendguard.values import Severity
from sendguard.visit import Answered, Kind
from sendguard.visit.says_missing import speaks_of_missing

_FITS = 0.5
# These tell robots, and people who are not logged in, that there is nothing where there is.
_OTHERWISE_TO_ROBOTS = frozenset(
    """facebook.com instagram.com linkedin.com pinterest.com quora.com reddit.com threads.com
    threads.net tiktok.com twitter.com x.com""".split()
)


@link_rule(
    "SG212",
    severity=Severity.BLOCK,
    advice="Find the page on its site and copy its address again, or drop the link.",
)
def soft_404(case: LinkCase) -> Iterator[Said]:
    """The site answers with success and writes on the page that there is no such page.

    Why it matters:
        A status check calls that healthy. The reader sees an error page.

    Caught:
        A title or heading that says only “page not found”, in one of twenty languages; an
        address that leads to /404 or to a search of the site; a page that its site marks as
        an error. One such sign warns. It blocks together with another: next to no text, a
        canonical address that is the front page, noindex, or the same page at an address
        that was made up to compare.

    Let through:
        Articles about missing pages, by their address, their label or because they describe
        themselves as articles; long pages. Sites that answer 404 to the address that was
        made up only warn, and so do social networks, which tell robots what they like.

    Blind spot:
        Error pages that scripts write into the page, that say something witty instead, or
        that are the front page without a redirect; addresses that hold the number 404.
    """
    match case.visit.outcome:
        case Answered(kind=Kind.SOFT_404, walled=None, signs=signs) as answer if signs:
            if case.link.role is Role.RESOURCE or _fits(case):
                return
            seen = f"{reached(case.visit)} answers as if all were well, but {listed(signs)}"
            says = f"{fails(case.link, 'opens no page')}: {seen}"
            may_mislead = site_of(answer.landed.url.host) in _OTHERWISE_TO_ROBOTS
            is_sure = answer.is_no_page and not may_mislead and not _speaks_of_missing(case)
            yield says if is_sure else suspected(says)


def _fits(case: LinkCase) -> bool:
    """The page is called what the link is called, and that has to do with missing pages."""
    is_right = case.match is not None and case.match.sureness >= _FITS
    return is_right and _speaks_of_missing(case)


def _speaks_of_missing(case: LinkCase) -> bool:
    meant = case.intent.title if case.intent else None
    return speaks_of_missing(case.link.label) or speaks_of_missing(meant or "")
