"""4. VISIT: this is where what was there is put into words: hops, page facts, trouble."""

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
]
