"""Once more, where PostgreSQL ended a transaction because two waited for each other in a circle.

Whose passages are written together nobody can put in one order: one message has many readers, and
many messages share a commit.
"""

from collections.abc import Callable
from typing import TypeVar

from sendguard.errors import BadStore

Result = TypeVar("Result")

TRIES = 5
_DEADLOCK = "40P01"  # https://www.postgresql.org/docs/15/errcodes-appendix.html


def again(work: Callable[[], Result]) -> Result:
    """What comes of it; what it wrote in vain is not there.

    Raises:
        BadStore: The database cannot be used.
    """
    for _ in range(TRIES - 1):
        try:
            return work()
        except BadStore as error:
            if not _was_in_a_circle(error):
                raise
    return work()


def _was_in_a_circle(error: BadStore) -> bool:
    cause = getattr(error.__cause__, "orig", None)
    return getattr(cause, "sqlstate", None) == _DEADLOCK
