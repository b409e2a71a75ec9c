"""The computer's own clock."""

from datetime import UTC, datetime
from time import monotonic


class SystemClock:
    """A `ports.Clock` that tells the real time."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)

    def elapsed_s(self) -> float:
        """Seconds since some fixed moment, unmoved when somebody sets the clock."""
        return monotonic()
