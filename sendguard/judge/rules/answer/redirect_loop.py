"""SG204, redirect-loop."""

from collections.abc import Iterator

from sendguard.judge.answer import weighed
from sendguard.judge.quote import fails, shown
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Trouble, Unreachable


@link_rule(
    "SG204",
    severity=Severity.BLOCK,
    advice="Open the address in a private window; if it fails there too, tell the site's owner.",
)
def redirect_loop(case: LinkCase) -> Iterator[Said]:
    """One address sends to the next and nobody ever arrives.

    Why it matters:
        The browser gives up and shows an error.

    Caught:
        An address that comes back on the way, and a way that is too long for a browser.

    Let through:
        Any way that ends, however crooked.

    Blind spot:
        Sites that send in circles only those who keep no cookies.
    """
    match case.visit.outcome:
        case Unreachable(trouble=Trouble.REDIRECT_LOOP, at=at):
            seen = f"the address is sent in a circle, back to {shown(at)}"
            yield weighed(case, f"{fails(case.link, 'never arrives')}: {seen}")
        case Unreachable(trouble=Trouble.TOO_MANY_HOPS, at=at, hops=hops):
            seen = f"it was sent on {len(hops)} times, the last time to {shown(at)}"
            yield weighed(case, f"{fails(case.link, 'never arrives')}: {seen}")
