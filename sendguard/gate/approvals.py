"""Whose word lets which finding stand, and what that changes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sendguard.config import Walled
from sendguard.gate.checked import Checked, CheckedLink
from sendguard.gate.policy import decide_link, decide_newsletter, interrupted
from sendguard.judge.approval import Approval
from sendguard.judge.finding import Finding

APPROVALS_FILE = "approvals.yaml"


def with_approvals(
    findings: Iterable[Finding], approvals: Sequence[Approval], day: date
) -> tuple[Finding, ...]:
    """The findings, each with the approval that it has on that day, or had."""
    counting: dict[str, Approval] = {}
    lapsed: dict[str, Approval] = {}
    # Two branches that were merged may both have approved: the longer word counts.
    for approval in sorted(approvals, key=lambda one: one.until):
        known = counting if approval.counts_on(day) else lapsed
        known[approval.fingerprint] = approval
    return tuple(
        replace(
            found,
            approved=counting.get(found.fingerprint),
            lapsed=None if found.fingerprint in counting else lapsed.get(found.fingerprint),
        )
        for found in findings
    )


def decide_again(
    checked: Checked, approvals: Sequence[Approval], day: date, *, walled: Walled
) -> Checked:
    """The same check as it stands with other approvals."""
    links = tuple(_decide_link_again(link, approvals, day) for link in checked.links)
    findings = with_approvals(checked.findings, approvals, day)
    decision = decide_newsletter(links, findings, walled=walled)
    again = replace(checked, links=links, findings=findings, decision=decision)
    return interrupted(again) if checked.interrupted else again


def _decide_link_again(link: CheckedLink, approvals: Sequence[Approval], day: date) -> CheckedLink:
    findings = with_approvals(link.findings, approvals, day)
    decision = decide_link(link.visit.outcome, link.intent, findings)
    return replace(link, findings=findings, decision=decision)


def renew(approvals: Sequence[Approval], given: Approval) -> tuple[Approval, ...]:
    """The approvals with `given` in the place of an earlier one for the same finding, or last."""
    same = [at for at, one in enumerate(approvals) if one.fingerprint == given.fingerprint]
    if not same:
        return (*approvals, given)
    kept = (given if at == same[0] else one for at, one in enumerate(approvals))
    return tuple(one for one in kept if one is given or one.fingerprint != given.fingerprint)
