"""SG207, walled."""

from collections.abc import Iterator

from sendguard.judge.quote import called, plain, shown
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered


@link_rule(
    "SG207",
    severity=Severity.NOTE,
    advice="Open this one yourself and see that it is the right page.",
)
def walled(case: LinkCase) -> Iterator[Said]:
    """The site lets people in and keeps programs out.

    Why it matters:
        The link may be right or wrong: only a person can tell. To call it broken would
        be a false alarm, to call it fine a guess.

    Caught:
        A page that asks whether one is human, a limit on the number of visits, status
        999.

    Let through:
        Plain refusals, which other rules name.

    Blind spot:
        Everything behind the wall.
    """
    match case.visit.outcome:
        case Answered(walled=str() as sign, landed=landed):
            seen = plain(sign, limit=120) or "the site keeps programs out"
            yield f"{called(case.link)} could not be looked at: {seen}, {shown(landed.url)}"
