"""The reason in the line that a check ended with, for a place that says the rest already."""

import re

from sendguard.gate import Kept
from sendguard.report.layout import LONG, plain
from sendguard.report.totals import WORDS

_TOOK = re.compile(r" [0-9]+\.[0-9] s$")


def reason_of(kept: Kept) -> str:
    """What the line says, without the decision, the campaign and how long it took."""
    said = plain(kept.says, LONG).removeprefix(WORDS[kept.decision]).lstrip(": ")
    path, colon, reason = said.partition(": ")
    is_named = bool(colon) and path.endswith(plain(kept.campaign))
    return _TOOK.sub("", reason if is_named else said)
