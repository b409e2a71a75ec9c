"""The kinds of entries, gravest first, each with a word and a sign: colour is never alone."""

from dataclasses import dataclass
from enum import StrEnum

from sendguard.gate import CheckedLink
from sendguard.judge.finding import Finding
from sendguard.report.entries import is_open_yourself, is_unverified
from sendguard.values import Decision, Severity
from sendguard.visit import was_left_shut


class Kind(StrEnum):
    """What a link or a finding comes to; the value is a class of the style sheet."""

    BLOCK = "block"
    UNVERIFIED = "unverified"
    YOURSELF = "yourself"
    WARNING = "warning"
    APPROVED = "approved"
    NOTE = "note"
    UNOPENED = "unopened"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind is told.

    Attributes:
        sign: One character, beside the colour.
        word: Of one link.
        words: Of several.
        heading: Over all of them.
    """

    sign: str
    word: str
    words: str
    heading: str


LOOKS = {
    Kind.BLOCK: Look("✕", "blocks the send", "block the send", "Blocks the send"),
    Kind.UNVERIFIED: Look("?", "unverified", "unverified", "Could not be verified"),
    Kind.YOURSELF: Look("↗", "to open yourself", "to open yourself", "Open these yourself"),
    Kind.WARNING: Look("!", "warning", "warnings", "Warnings"),
    Kind.APPROVED: Look("✎", "approved", "approved", "Approved by a person"),
    Kind.NOTE: Look("i", "note", "notes", "Notes"),
    Kind.UNOPENED: Look("–", "never opened", "never opened", "Never opened, on purpose"),
    Kind.FINE: Look("✓", "fine", "fine", "Fine"),
}
QUIET = frozenset({Kind.UNOPENED, Kind.FINE})
"""Nobody has to do anything about these."""

OF_DECISION = {
    Decision.BLOCK: Kind.BLOCK,
    Decision.UNVERIFIED: Kind.UNVERIFIED,
    Decision.PASS: Kind.FINE,
}
_OF_SEVERITY = {
    Severity.BLOCK: Kind.BLOCK,
    Severity.WARN: Kind.WARNING,
    Severity.NOTE: Kind.NOTE,
}


def kind_of(link: CheckedLink) -> Kind:
    """What the link comes to."""
    if link.decision is Decision.BLOCK:
        return Kind.BLOCK
    if is_unverified(link):
        return Kind.UNVERIFIED
    if is_open_yourself(link):
        return Kind.YOURSELF
    kinds = [*map(kind_of_finding, link.findings), Kind.FINE]
    if was_left_shut(link.visit.outcome):
        kinds.append(Kind.UNOPENED)
    return min(kinds, key=list(Kind).index)


def kind_of_finding(found: Finding) -> Kind:
    """What one finding comes to."""
    return Kind.APPROVED if found.approved else _OF_SEVERITY[found.severity]
