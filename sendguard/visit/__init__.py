"""4. VISIT: this is where what was there is put into words: hops, page facts, trouble."""

from sendguard.visit.network import without_network
from sendguard.visit.plan import header_addresses, may_reach_private, why_not_visit
from sendguard.visit.shared import as_asked, by_page, to_ask
from sendguard.visit.visit import (
    Answered,
    Certificate,
    Hop,
    Kind,
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
    "Certificate",
    "Hop",
    "Kind",
    "NotVisited",
    "Outcome",
    "Page",
    "Reason",
    "Trouble",
    "Unreachable",
    "Visit",
    "as_asked",
    "by_page",
    "header_addresses",
    "may_reach_private",
    "to_ask",
    "why_not_visit",
    "without_network",
]
