"""Which finding a person means."""

import re
from collections.abc import Iterable, Sequence

from sendguard.errors import WrongUsage
from sendguard.gate.checked import Checked
from sendguard.judge.finding import Finding
from sendguard.judge.quote import plain

MOST_SHOWN = 12
_SHORT_SAYS = 80
_FINGERPRINT = re.compile(r"[0-9a-f]{6,16}")


def choose_finding(named: str, checked: Checked) -> Finding:
    """The finding that is named by its fingerprint, by `SG301@L3`, or by a code alone.

    Args:
        named: Six digits of a fingerprint are enough, and a rule's name does for its code.
        checked: The newsletter that has it.

    Raises:
        WrongUsage: No finding answers to it, or several do; the message lists them.
    """
    findings = checked.all_findings
    wanted = named.strip().lower()
    chosen = [found for found in findings if _answers(found, wanted)]
    if not chosen:
        raise WrongUsage(f"no finding answers to {plain(named)}: {_there(findings)}")
    if len({found.fingerprint for found in chosen}) > 1:
        raise WrongUsage(f"{plain(named)} fits several findings, name one: {_listed(chosen)}")
    return chosen[0]


def handle_of(found: Finding) -> str:
    """How a person may name the finding: `SG301@L3`, or its code where it is about no link."""
    return f"{found.code}@{found.link}" if found.link else found.code


def _answers(found: Finding, wanted: str) -> bool:
    rule, at, link = wanted.partition("@")
    if rule in {found.code.lower(), found.name}:
        return not at or bool(found.link and link == found.link.lower())
    return bool(_FINGERPRINT.fullmatch(wanted)) and found.fingerprint.startswith(wanted)


def _there(findings: Sequence[Finding]) -> str:
    return f"there are {_listed(findings)}" if findings else "there is none in this newsletter"


def _listed(findings: Iterable[Finding]) -> str:
    once = list({found.fingerprint: found for found in reversed(tuple(findings))}.values())[::-1]
    shown = "; ".join(_described(found) for found in once[:MOST_SHOWN])
    more = len(once) - MOST_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _described(found: Finding) -> str:
    return f"{handle_of(found)} ({found.fingerprint[:8]}): {plain(found.says, _SHORT_SAYS)}"
