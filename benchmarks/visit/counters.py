"""What the stand-in web was asked for, and how hard."""

import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class Counters:
    """Counted from the start, or from the last time that they were set back.

    Attributes:
        first_s: When the first request came, by the machine's clock; 0 when none did.
        last_s: When the last answer was sent.
    """

    requests: int = 0
    heads: int = 0
    connections: int = 0
    sent: int = 0
    most_at_once: int = 0
    most_per_host: int = 0
    first_s: float = 0.0
    last_s: float = 0.0
    _live: int = 0
    _live_by_host: Counter[str] = field(default_factory=Counter)

    def begin(self, host: str, *, is_head: bool) -> None:
        """A request to `host` begins."""
        self.first_s = self.first_s or time.monotonic()
        self.requests += 1
        self.heads += is_head
        self._live += 1
        self._live_by_host[host] += 1
        self.most_at_once = max(self.most_at_once, self._live)
        self.most_per_host = max(self.most_per_host, self._live_by_host[host])

    def end(self, host: str) -> None:
        """A request to `host` ends."""
        self.last_s = time.monotonic()
        self._live -= 1
        self._live_by_host[host] -= 1

    def told(self) -> dict[str, Any]:
        """The figures, for JSON."""
        return {name: value for name, value in asdict(self).items() if not name.startswith("_")}
