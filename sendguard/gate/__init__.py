"""6. GATE: this is where it is decided whether it may go out."""

from sendguard.gate.checked import Checked, CheckedLink, CouldNotRead, Run
from sendguard.gate.policy import blocks, decide_link, decide_newsletter, is_walled

__all__ = [
    "Checked",
    "CheckedLink",
    "CouldNotRead",
    "Run",
    "blocks",
    "decide_link",
    "decide_newsletter",
    "is_walled",
]
