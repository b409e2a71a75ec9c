"""One thing that waits for a person."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Why something waits, gravest first."""

    PAUSED = "paused"
    BEING_CORRECTED = "being-corrected"
    IN_DOUBT = "in-doubt"
    NOT_SENT = "not-sent"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    BLOCKED = "blocked"
    UNVERIFIED = "unverified"
    UNCHECKED = "unchecked"
    OVERDUE = "overdue"
    APPROVAL = "approval"
    OPEN_YOURSELF = "open-yourself"
    TWICE = "twice"
    INCIDENT = "incident"
    UNTOLD = "untold"
    PASSED_OVER = "passed-over"
    NOT_WATCHED = "not-watched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One thing that waits.

    Attributes:
        kind: Why.
        campaign: Name of its folder; None where it is about none.
        says: What is the matter, fit to follow the name.
        command: What to call; empty where nothing needs to be called.
        sends: When the campaign is to go out, or went out; empty where nobody knows.
    """

    kind: Kind
    campaign: str | None
    says: str
    command: str = ""
    sends: str = ""
