"""SG202, no-such-host."""

from collections.abc import Iterator

from sendguard.judge.answer import proven, reached, though
from sendguard.judge.asked import twice
from sendguard.judge.quote import fails, plain
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Trouble, Unreachable


@link_rule(
    "SG202",
    severity=Severity.BLOCK,
    advice="Check the spelling of the site's name; if the site is gone, drop the link.",
)
def no_such_host(case: LinkCase) -> Iterator[Said]:
    """There is no site of that name.

    Why it matters:
        A letter wrong in the name, or a site that was given up. Somebody else may take
        the name tomorrow, and put there what they like.

    Caught:
        The name of the address, or of one that it leads to, is in no directory, by two
        answers.

    Let through:
        Everything, when our own network is down: then no name is found. A name that was
        found for another link of the same check only warns, and the link is unverified.

    Blind spot:
        Names that only our own network knows, or does not know.
    """
    match case.visit.outcome:
        case Unreachable(trouble=Trouble.NO_SUCH_HOST, at=at):
            often = f" (looked up{twice(case.visit)})" if twice(case.visit) else ""
            missing = f"there is no site called {plain(at.host)}{often}{though(case)}"
            yield proven(case, f"{fails(case.link, 'opens nothing')}: {_to(case)}{missing}")


def _to(case: LinkCase) -> str:
    way = reached(case.visit)
    return f"{way.removesuffix(', which')}, and " if way.endswith(", which") else ""
