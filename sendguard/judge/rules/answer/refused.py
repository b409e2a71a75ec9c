"""SG208, refused."""

from collections.abc import Iterator

from sendguard.judge.answer import proven, reached, though
from sendguard.judge.asked import twice
from sendguard.judge.quote import fails
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Trouble, Unreachable


@link_rule(
    "SG208",
    severity=Severity.BLOCK,
    advice="Check the address and its port number; if they are right, the site is down.",
)
def refused(case: LinkCase) -> Iterator[Said]:
    """The computer is there, and nothing on it takes visits.

    Why it matters:
        The site is switched off, or the address names the wrong port or http where only
        https is served. The reader's browser shows an error.

    Caught:
        A connection that is refused, and once more after a moment.

    Let through:
        A connection that breaks off later, which may be a passing trouble. A site that
        answered for another link of the same check: it may have been too much for it, or for
        our network. That only warns, and the link is unverified.

    Blind spot:
        A site that is restarted and takes longer than that moment.
    """
    match case.visit.outcome:
        case Unreachable(trouble=Trouble.REFUSED):
            seen = f"{reached(case.visit)} takes no visits (connection refused{twice(case.visit)})"
            seen += though(case)
            yield proven(case, f"{fails(case.link, 'opens nothing')}: {seen}")
