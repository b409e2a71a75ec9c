"""Whether anything watches: what is told of the process that holds the lock."""

from dataclasses import dataclass
from datetime import datetime

from sendguard.report.health.part import Part, doubtful, fine
from sendguard.watch.span import told_span

LONGEST_ABSENCE_S = 90.0
_WATCH = "watch"
NOBODY = "nothing is checked by itself: run `sendguard serve`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who watches, or did last.

    Attributes:
        name: The process, as people call it.
        since: When it began.
        seen: When it looked last.
        is_gone: Whether it is certain that it has ended.
    """

    name: str
    since: datetime
    seen: datetime
    is_gone: bool = False

    def is_there(self, now: datetime) -> bool:
        """Whether it looked lately; a clock that was set back since makes it absent, too."""
        return not self.is_gone and abs((now - self.seen).total_seconds()) <= LONGEST_ABSENCE_S


def told_presence(presence: Presence | None, now: datetime) -> str:
    """Who watches, or that nobody does: a sentence without a full stop."""
    if presence is None:
        return NOBODY
    since = told_span(max((now - presence.since).total_seconds(), 0))
    seen = told_span(max((now - presence.seen).total_seconds(), 0))
    if presence.is_there(now):
        return f"{presence.name} has been watching for {since}; it looked {seen} ago"
    return f"{presence.name} was there {seen} ago and has not come back: {NOBODY}"


def watch_part(presence: Presence | None, now: datetime) -> Part:
    """The same as a part of what `sendguard doctor` tells."""
    is_there = presence is not None and presence.is_there(now)
    return (fine if is_there else doubtful)(_WATCH, told_presence(presence, now))
