"""6. GATE: this is where it is decided whether it may go out."""

from sendguard.gate.approvals import decide_again, renew, with_approvals
from sendguard.gate.approvals_file import APPROVALS_FILE, approvals_text, parse_approvals
from sendguard.gate.checked import Checked, CheckedLink, CouldNotRead, Run
from sendguard.gate.choose import choose_finding
from sendguard.gate.policy import (
    blocks,
    decide_link,
    decide_newsletter,
    interrupted,
    is_walled,
    rests_on_a_word,
    says_why,
)
from sendguard.judge.approval import Approval

__all__ = [
    "APPROVALS_FILE",
    "Approval",
    "Checked",
    "CheckedLink",
    "CouldNotRead",
    "Run",
    "approvals_text",
    "blocks",
    "choose_finding",
    "decide_again",
    "decide_link",
    "decide_newsletter",
    "interrupted",
    "is_walled",
    "parse_approvals",
    "renew",
    "rests_on_a_word",
    "says_why",
    "with_approvals",
]
