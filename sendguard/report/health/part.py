"""One part of what SendGuard needs, and how it is."""

from dataclasses import dataclass
from enum import StrEnum

from sendguard.report.layout import LONG, plain


class Health(StrEnum):
    """How a part is."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the report.

    Attributes:
        name: What it is about.
        health: How it is; only WRONG keeps SendGuard from its work.
        says: What is there; where something is wrong, what to do about it.
    """

    name: str
    health: Health
    says: str


def fine(name: str, says: str) -> Part:
    """It works."""
    return Part(name, Health.OK, plain(says, LONG))


def doubtful(name: str, says: str) -> Part:
    """It works, and somebody should know something about it."""
    return Part(name, Health.WARNING, plain(says, LONG))


def wrong(name: str, says: str) -> Part:
    """It does not work."""
    return Part(name, Health.WRONG, plain(says, LONG))


def unknown(name: str, says: str) -> Part:
    """It could not be looked at."""
    return Part(name, Health.UNKNOWN, plain(says, LONG))
