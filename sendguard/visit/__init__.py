"""4. VISIT: this is where what was there is put into words: hops, page facts, trouble."""

from sendguard.visit.network import without_network
from sendguard.visit.plan import header_addresses, may_reach_private, why_not_visit
from sendguard.visit.visit import (
    Answered,
    Hop,
    NotVisited,
    Outcome,
    Page,
    Reason,
    Trouble,
    Unreachable,
    Visit,
)

__all__ = [
    "Answered",
    "Hop",
    "NotVisited",
    "Outcome",
    "Page",
    "Reason",
    "Trouble",
    "Unreachable",
    "Visit",
    "header_addresses",
    "may_reach_private",
    "why_not_visit",
    "without_network",
]
