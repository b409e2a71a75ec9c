"""SG205, server-error."""

from collections.abc import Iterator

from sendguard.judge.answer import reached
from sendguard.judge.quote import called
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered, Hop


@link_rule(
    "SG205",
    severity=Severity.WARN,
    advice="Check again in some minutes; if it stays so, tell the site's owner before sending.",
)
def server_error(case: LinkCase) -> Iterator[Said]:
    """The site is there and in trouble.

    Why it matters:
        It may be over in a minute, or be there when thousands of readers come.

    Caught:
        The address, or the one that it leads to, answers 500 to 599, and again a moment
        later. The finding only warns, but the link stays unverified (exit code 3).

    Let through:
        A robot check that answers 503: its page shows that it is a wall (SG207).

    Blind spot:
        Whether it passes. The link counts as not determined, not as broken.
    """
    match case.visit.outcome:
        case Answered(walled=None, landed=Hop(status=status)) if 500 <= status < 600:
            answers = f"{reached(case.visit)} answers {status} (an error of the site)"
            yield f"{called(case.link)} could not be looked at: {answers}"
