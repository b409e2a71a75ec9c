"""SG306, shared-address."""

from collections.abc import Iterator

from sendguard.intent import HEADLINE_LIKE
from sendguard.judge.quote import called, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.values import Severity

_FITS = 0.9
_CLEARLY_ANOTHER = 0.19


@link_rule(
    "SG306",
    severity=Severity.BLOCK,
    advice="Find out which of the two entries has its own address, and give the other one its own.",
)
def shared_address(case: LinkCase) -> Iterator[Said]:
    """Two entries of the newsletter have nothing in common but their address.

    Why it matters:
        Whoever writes an entry by copying the one above it changes the words first and the
        link last, or never. The reader of the second entry gets the first one's article.

    Caught:
        Two entries of a list, each opening with its link, that lead to one address under
        words that share nothing; “@ann” and “@bob” that both lead to /bob. The one that the
        page does not answer to is named; it blocks where the page answers to the other one
        and not to it, else it is a suspicion.

    Let through:
        A headline and its “Read more”; a link that comes again in running text; entries
        that share a telling word; seven or more entries with one address.

    Blind spot:
        One page that two entries rightly lead to under different words. A neighbour's link
        in running text.
    """
    if case.shares_with is None or case.link.url is None:
        return
    says = (
        f"{called(case.link)} opens the same address as {case.shares_with}, {shown(case.link.url)}"
    )
    headline = case.intent is not None and case.intent.sureness >= HEADLINE_LIKE
    unlike = case.match is not None and case.match.sureness <= _CLEARLY_ANOTHER
    yield says if case.repeats == case.shares_with and headline and unlike else suspected(says)
