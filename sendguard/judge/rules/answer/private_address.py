"""SG210, private-address."""

from collections.abc import Iterator

from sendguard.judge.answer import reached
from sendguard.judge.hosts import why_private
from sendguard.judge.quote import called
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Trouble, Unreachable


@link_rule(
    "SG210",
    severity=Severity.WARN,
    advice="Ask the site's owner; if it is your own network, list it in visit.allow_private.",
)
def private_address(case: LinkCase) -> Iterator[Said]:
    """A public name that leads into a private network.

    Why it matters:
        Readers cannot get there. It is also how a hostile newsletter would use the
        checker to reach what is not public, so no request is made.

    Caught:
        A name whose address, or a redirect whose end, is private, on every hop. The
        finding only warns, but the link stays unverified (exit code 3).

    Let through:
        Networks that the operator allows in visit.allow_private.

    Blind spot:
        Names that lead elsewhere outside than inside the office. A host that is
        private by its own name is said by SG105, not here.
    """
    match case.visit.outcome:
        case Unreachable(trouble=Trouble.PRIVATE_ADDRESS, at=at):
            own = case.visit.asked
            if own is None or own.host != at.host or why_private(at.host) is None:
                seen = f"{reached(case.visit)} is inside a private network"
                yield f"{called(case.link)} was not opened: {seen}"
