"""6. GATE: this is where it is decided whether it may go out."""

from collections.abc import Sequence

from sendguard.gate.approvals import APPROVALS_FILE, decide_again, renew, with_approvals
from sendguard.gate.checked import Checked, CheckedLink, CouldNotRead, Passed, Run
from sendguard.gate.choose import choose_finding, handle_of
from sendguard.gate.policy import (
    blocks,
    decide_link,
    decide_newsletter,
    interrupted,
    is_walled,
    rests_on_a_word,
    says_why,
)
from sendguard.gate.record import BY_HAND, Kept, Record
from sendguard.judge.approval import Approval
from sendguard.judge.sending import Sending


def parse_approvals(raw: bytes) -> tuple[Approval, ...]:
    """The approvals in a campaign's file; see `approvals_file.parse_approvals`."""
    from sendguard.gate.approvals_file import parse_approvals as parsed

    return parsed(raw)


def approvals_text(approvals: Sequence[Approval]) -> str:
    """The file that says so; see `approvals_file.approvals_text`."""
    from sendguard.gate.approvals_file import approvals_text as written

    return written(approvals)


__all__ = [
    "APPROVALS_FILE",
    "BY_HAND",
    "Approval",
    "Checked",
    "CheckedLink",
    "CouldNotRead",
    "Kept",
    "Passed",
    "Record",
    "Run",
    "Sending",
    "approvals_text",
    "blocks",
    "choose_finding",
    "decide_again",
    "decide_link",
    "decide_newsletter",
    "handle_of",
    "interrupted",
    "is_walled",
    "parse_approvals",
    "renew",
    "rests_on_a_word",
    "says_why",
    "with_approvals",
]
