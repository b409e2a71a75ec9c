"""The policy table: from findings and visits to a decision.

| A link | is |
| --- | --- |
| has a finding that blocks | `block` |
| is walled | `unverified` |
| timed out, was not answered, was answered with an error, or was cut short | `unverified` |
| was not visited because of `--offline`, or because its address is none | `unverified` |
| has an article intent and was not opened | `unverified` |
| anything else: fine, only warned about, or never opened on purpose | `pass` |

A newsletter is `block` if a link or a finding of its own blocks, else `unverified` if a link
is (walled ones only when `gate.walled` says so), else `pass`.
"""

from collections.abc import Iterable
from typing import assert_never

from sendguard.config import Walled
from sendguard.gate.checked import CheckedLink
from sendguard.intent import Intent
from sendguard.judge.finding import Finding
from sendguard.values import Decision, Severity
from sendguard.visit import Answered, NotVisited, Outcome, Reason, Unreachable


def decide_link(outcome: Outcome, intent: Intent | None, findings: Iterable[Finding]) -> Decision:
    """The decision on one link."""
    if blocks(findings):
        return Decision.BLOCK
    match outcome:
        case Unreachable():
            return Decision.UNVERIFIED
        case NotVisited(reason=Reason.OFFLINE | Reason.MALFORMED):
            return Decision.UNVERIFIED
        case NotVisited():
            return Decision.PASS if intent is None else Decision.UNVERIFIED
        case Answered():
            return Decision.PASS if _told_us(outcome) else Decision.UNVERIFIED
        case _:
            assert_never(outcome)


def decide_newsletter(
    links: Iterable[CheckedLink], findings: Iterable[Finding], *, walled: Walled
) -> Decision:
    """The decision on a newsletter, from its links and the findings about the whole."""
    if blocks(findings):
        return Decision.BLOCK
    return Decision.worst(
        link.decision for link in links if walled is Walled.UNVERIFIED or not _only_walled(link)
    )


def blocks(findings: Iterable[Finding]) -> bool:
    """Does any of them block?"""
    return any(finding.severity is Severity.BLOCK for finding in findings)


def is_walled(outcome: Outcome) -> bool:
    """Did a bot wall or a rate limit answer in the page's place?"""
    return isinstance(outcome, Answered) and outcome.walled is not None


def _told_us(answer: Answered) -> bool:
    """Did the answer show what a reader would see? That a page is gone is plain too."""
    status = answer.landed.status
    plain = 200 <= status < 300 or status in {404, 410}  # RFC 9110, sections 15.3 and 15.5
    return plain and answer.walled is None and not (answer.page and answer.page.cut_short)


def _only_walled(link: CheckedLink) -> bool:
    return link.decision is Decision.UNVERIFIED and is_walled(link.visit.outcome)
