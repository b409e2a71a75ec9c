"""The policy table: from findings and visits to a decision.

| A link | is |
| --- | --- |
| has a finding that blocks and that nobody approved | `block` |
| was not visited because of `--offline`, or because the check was interrupted | `unverified` |
| could not be seen, and every finding that says why is approved by name | `pass` |
| is walled | `unverified` |
| timed out, was not answered, was answered with an error, or was cut short | `unverified` |
| is made by a program in the browser, too long to find its title, or empty | `unverified` |
| was not visited because its address is none | `unverified` |
| has an article intent and was not opened, or leads on to what acts | `unverified` |
| anything else: fine, only warned about, approved, or never opened on purpose | `pass` |

A newsletter is `block` if a link or a finding of its own blocks, else `unverified` if a link
is (walled ones only when `gate.walled` says so), else `pass`. No check that was interrupted
passes any.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from sendguard.config import Walled
from sendguard.gate.checked import Checked, CheckedLink
from sendguard.intent import Intent
from sendguard.judge.finding import Finding
from sendguard.values import Decision, Severity
from sendguard.visit import Answered, Kind, NotVisited, Outcome, Reason, Trouble, Unreachable


def decide_link(outcome: Outcome, intent: Intent | None, findings: Sequence[Finding]) -> Decision:
    """The decision on one link."""
    if blocks(findings):
        return Decision.BLOCK
    if _is_vouched_for(outcome, findings):
        return Decision.PASS
    return _from_visit(outcome, intent)


def _from_visit(outcome: Outcome, intent: Intent | None) -> Decision:
    match outcome:
        case Unreachable():
            return Decision.UNVERIFIED
        case NotVisited(reason=Reason.OFFLINE | Reason.INTERRUPTED | Reason.MALFORMED):
            return Decision.UNVERIFIED
        case NotVisited() | Answered(kind=Kind.ACT):
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


def interrupted(checked: Checked) -> Checked:
    """The check of a newsletter that was ended before it was done: it lets nothing pass."""
    decision = Decision.worst((checked.decision, Decision.UNVERIFIED))
    return replace(checked, decision=decision, interrupted=True)


def blocks(findings: Iterable[Finding]) -> bool:
    """Does any of them block that nobody lets stand?"""
    return any(found.severity is Severity.BLOCK and not found.approved for found in findings)


def rests_on_a_word(link: CheckedLink) -> bool:
    """Does the link pass only because a person let a finding stand?"""
    if link.decision is not Decision.PASS or not any(found.approved for found in link.findings):
        return False
    unapproved = [replace(found, approved=None) for found in link.findings]
    return decide_link(link.visit.outcome, link.intent, unapproved) is not Decision.PASS


def says_why(outcome: Outcome, found: Finding) -> bool:
    """Is the finding about why the link could not be seen?"""
    match outcome:
        case NotVisited(reason=Reason.OFFLINE | Reason.INTERRUPTED):
            return False
        case Unreachable(trouble=Trouble.NO_NETWORK):
            return False
        case NotVisited(reason=Reason.MALFORMED):
            return found.code.startswith("SG1")
        case NotVisited(reason=Reason.PERSONAL):
            return found.code == "SG106"  # merge-tag-left
        case Unreachable(trouble=Trouble.PRIVATE_ADDRESS):
            return found.code == "SG105" or found.code.startswith("SG2")  # private-host
        case _:
            return found.code.startswith("SG2")


def is_walled(outcome: Outcome) -> bool:
    """Did a bot wall or a rate limit answer in the page's place?"""
    return isinstance(outcome, Answered) and outcome.walled is not None


def _is_vouched_for(outcome: Outcome, findings: Iterable[Finding]) -> bool:
    """Does a person answer for all that kept us from seeing what the link opens?"""
    whys = [found for found in findings if says_why(outcome, found)]
    return bool(whys) and all(found.approved for found in whys)


def _told_us(answer: Answered) -> bool:
    """Did the answer show what a reader would see? That a page is gone is plain too."""
    status = answer.landed.status
    plain = 200 <= status < 300 or status in {404, 410}  # RFC 9110, sections 15.3 and 15.5
    says_nothing = answer.kind in {Kind.SHELL, Kind.UNTOLD, Kind.EMPTY}
    is_part = bool(answer.page and answer.page.cut_short)
    return plain and answer.walled is None and not (says_nothing or is_part)


def _only_walled(link: CheckedLink) -> bool:
    return link.decision is Decision.UNVERIFIED and is_walled(link.visit.outcome)
