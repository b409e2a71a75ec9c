"""Whether to ask a server once more before a failure is said, and after what pause."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sendguard.visit.visit import Trouble

SHORT_PAUSE_S = 0.5
LONGEST_PAUSE_S = 10.0

# What a second try often cures. A bad certificate or a private address stays what it is.
_PASSING = frozenset({Trouble.REFUSED, Trouble.RESET, Trouble.NO_SUCH_HOST, Trouble.NO_NETWORK})


def pause_after_trouble_s(trouble: Trouble, *, connected: bool) -> float | None:
    """Seconds before the one second try; None when there shall be none.

    Args:
        trouble: What went wrong the first time.
        connected: False when time ran out before there was a connection.
    """
    passing = trouble in _PASSING or (trouble is Trouble.TIMEOUT and not connected)
    return SHORT_PAUSE_S if passing else None


def pause_after_answer_s(status: int, retry_after: str | None, now: datetime) -> float | None:
    """Seconds before the one second try; None when the answer stands.

    A server that is in trouble (500, 502, 503, 504) is asked again after a short pause. One
    that names its own pause (429, 503) is obeyed up to `LONGEST_PAUSE_S`, and not asked again
    when it wants more.

    Source:
        RFC 9110, section 10.2.3 (Retry-After).
    """
    if status in {429, 503} and retry_after is not None:
        pause = _seconds(retry_after.strip(), now)
        return pause if pause is not None and pause <= LONGEST_PAUSE_S else None
    return SHORT_PAUSE_S if status in {500, 502, 503, 504} else None


def _seconds(retry_after: str, now: datetime) -> float | None:
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)
