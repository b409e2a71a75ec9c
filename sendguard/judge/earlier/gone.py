"""Issues whose folders are gone: which of them came before, and which is a former name of this one?

A folder that was renamed leaves its old name in the store, and what was never sent is no issue.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sendguard.judge.earlier.seen import Seen
from sendguard.judge.earlier.whole import is_called_the_same
from sendguard.links import MOST_EARLIER, Gone, Issue


def with_gone(
    now: Issue, there: Sequence[Issue], gone: Sequence[Gone], at: datetime
) -> tuple[Issue, ...]:
    """The issues before one, newest first: those that are there, and those of the gone that count.

    Args:
        now: The issue that is checked.
        there: Those that were read, newest first.
        gone: Those that the store knows besides, newest first.
        at: The present.
    """
    counting = [one for one in gone if _came_before(now, one, at)]
    if not counting:
        return tuple(there)
    dated = [(_when(issue, at), issue) for issue in there]
    dated += [(one.at.astimezone(UTC), one.issue) for one in counting]
    newest = sorted(dated, key=lambda one: one[0], reverse=True)
    return tuple(issue for _, issue in newest[:MOST_EARLIER])


def _when(issue: Issue, at: datetime) -> datetime:
    return (issue.send_at or at).astimezone(UTC)


def _came_before(now: Issue, one: Gone, at: datetime) -> bool:
    if one.sent:
        return True
    planned = one.issue.send_at
    if planned and planned.astimezone(UTC) <= at:
        return not (is_called_the_same(now, one.issue) and _has_most_of(now, one.issue))
    return False


def _has_most_of(now: Issue, then: Issue) -> bool:
    """Do half of its articles, or more, stand in the other?"""
    here, before = Seen.of(now), Seen.of(then)
    own = {one.address for one in here.shown if one.opens_an_article}
    same = sum(address in before.addresses for address in own)
    return bool(own) and 2 * same >= len(own)
