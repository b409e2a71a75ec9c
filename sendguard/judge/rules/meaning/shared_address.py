"""SG306, shared-address."""

from collections.abc import Iterator

from sendguard.intent import HEADLINE_LIKE, From
from sendguard.judge.quote import called, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.links import is_generic, promises_reading
from sendguard.values import Severity

_CLEARLY_ANOTHER = 0.19


@link_rule(
    "SG306",
    severity=Severity.BLOCK,
    advice="Give each of the two its own address. "
    "If both are meant to open this one, approve this finding.",
)
def shared_address(case: LinkCase) -> Iterator[Said]:
    """Two entries of the newsletter have nothing in common but their address.

    Why it matters:
        Whoever writes an entry by copying the one above it changes the words first and the
        link last, or never. The reader of the second entry gets the first one's article.

    Caught:
        Two entries of a list, each opening with its link, that lead to one address under
        words that share nothing; two stories, each under its own headline, where the page
        answers to one of the two; “@ann” and “@bob” that both lead to /bob. The one that the
        page does not answer to is named. Where it is a story's “Read more” that opens the
        other story's article, it blocks; all else is a suspicion, “Learn more” as well, since
        two offers may well lead to one page.

    Let through:
        A headline and its “Read more”; a link that comes again in running text; entries
        that share a telling word; seven or more entries with one address; what is declared.

    Blind spot:
        One page that two entries rightly lead to under different words. A neighbour's link
        in running text.
    """
    if case.shares_with is None or case.link.url is None or _is_declared(case):
        return
    says = (
        f"{called(case.link)} opens the same address as {case.shares_with}, {shown(case.link.url)}"
    )
    yield says if _is_proven(case) else suspected(says)


def _is_declared(case: LinkCase) -> bool:
    return case.intent is not None and case.intent.source is From.DECLARED


def _is_proven(case: LinkCase) -> bool:
    """Does a “Read more” promise one article and open another?"""
    headline = case.intent is not None and case.intent.sureness >= HEADLINE_LIKE
    unlike = case.match is not None and case.match.sureness <= _CLEARLY_ANOTHER
    promised = is_generic(case.link.label) and promises_reading(case.link.label)
    return case.fits is not None and headline and unlike and promised
