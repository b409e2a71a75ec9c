"""When a notice that did not get through is tried again. Pure arithmetic."""

from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)

# 63 minutes for the first six pauses, then one an hour: a whole day. Counted in tries and not by
# the clock, so that a computer that slept, or whose clock was set, gives nothing up too early.
MOST_TRIES = 30

# So long a notice may be on its way before it is taken for lost with the program that sent it.
ON_ITS_WAY = timedelta(minutes=10)


def again_at(now: datetime, tries: int) -> datetime | None:
    """When to try again after a failure; None when it is time to give up.

    Args:
        now: When it failed.
        tries: How often it was tried so far, counted from 1.

    Raises:
        ValueError: `tries` is below 1.
    """
    if tries < 1:
        raise ValueError(f"tries count from 1, got {tries}")
    if tries >= MOST_TRIES:
        return None
    pause: timedelta = min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
    return now + pause
