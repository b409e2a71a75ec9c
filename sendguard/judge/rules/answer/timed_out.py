"""SG206, timed-out."""

from collections.abc import Iterator

from sendguard.judge.answer import reached
from sendguard.judge.quote import called
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Trouble, Unreachable
from sendguard.visit.pace import GIVEN_UP


@link_rule(
    "SG206",
    severity=Severity.WARN,
    advice="Open it yourself; if it is slow for you too, expect it to be slow for your readers.",
)
def timed_out(case: LinkCase) -> Iterator[Said]:
    """No answer came within the time that was given.

    Why it matters:
        Readers do not wait either. But many sites are slow only towards programs.

    Caught:
        A site that does not answer when it is asked twice, or stops in the middle; and
        its other pages, which are not asked for once so many were in vain. The finding
        only warns, but the link stays unverified (exit code 3).

    Let through:
        A slow answer that is within the time.

    Blind spot:
        Whether the site is down, slow, or silent towards programs. The link counts as
        not determined, not as broken.
    """
    match case.visit.outcome:
        case Unreachable(trouble=Trouble.TIMEOUT, detail=detail) if detail == GIVEN_UP:
            seen = f"{reached(case.visit)} was not opened, since {GIVEN_UP}"
            yield f"{called(case.link)} could not be looked at: {seen}"
        case Unreachable(trouble=Trouble.TIMEOUT):
            seen = f"{reached(case.visit)} did not answer in time"
            yield f"{called(case.link)} could not be looked at: {seen}"
