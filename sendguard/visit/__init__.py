"""4. VISIT: this is where what was there is put into words: hops, page facts, trouble."""

from sendguard.visit.mailing import Mailing
from sendguard.visit.network import without_network
from sendguard.visit.plan import may_reach_private, why_not_visit
from sendguard.visit.remember import as_remembered, is_worth_remembering
from sendguard.visit.shared import by_page, to_ask, told_for
from sendguard.visit.unwrap import instead_of, unwrapped
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
    Validators,
    Visit,
    was_left_shut,
)

__all__ = [
    "Answered",
    "Certificate",
    "Hop",
    "Kind",
    "Mailing",
    "NotVisited",
    "Outcome",
    "Page",
    "Reason",
    "Trouble",
    "Unreachable",
    "Validators",
    "Visit",
    "as_remembered",
    "by_page",
    "instead_of",
    "is_worth_remembering",
    "may_reach_private",
    "to_ask",
    "told_for",
    "unwrapped",
    "was_left_shut",
    "why_not_visit",
    "without_network",
]
