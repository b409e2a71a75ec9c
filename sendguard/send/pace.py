"""How fast messages may go: so many an hour, and so many at a time, to all and to one domain."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

_HOUR_S = 3_600.0
_BURST_S = 1.0
"""What a pause has saved up may go at once for so long, and no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What holds messages back.

    Attributes:
        per_hour: To all together; None for nothing.
        per_hour_to, at_once_to: To one domain of recipients, in lower case.
        at_once: Connections to the server.
    """

    per_hour: int | None = None
    per_hour_to: Mapping[str, int] = field(default_factory=dict)
    at_once_to: Mapping[str, int] = field(default_factory=dict)
    at_once: int = 1


class Pace:
    """Whether one more message may begin now.

    Time is given in seconds from any fixed moment. A limit is one instant: when the next message
    would be due if they went evenly (the virtual scheduling of ITU-T I.371, known as GCRA).
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._is_hourly = limits.per_hour is not None or bool(limits.per_hour_to)
        self._due_s: dict[str, float] = {}
        self._under_way: Counter[str] = Counter()

    def may_begin(self, domain: str, now_s: float) -> bool:
        """Whether a message to this domain may begin now; if so, it counts as begun."""
        at_most = self._limits.at_once_to.get(domain)
        if at_most is not None and self._under_way[domain] >= at_most:
            return False
        hourly = self._hourly(domain) if self._is_hourly else []
        if any(self._due_s.get(whom, 0.0) > now_s for whom, _ in hourly):
            return False
        for whom, per_hour in hourly:
            was = max(self._due_s.get(whom, now_s), now_s - _BURST_S)
            self._due_s[whom] = was + _HOUR_S / per_hour
        self._under_way[domain] += 1
        return True

    def may_begin_any(self, now_s: float) -> bool:
        """Whether the limit on all together leaves room now."""
        return self._limits.per_hour is None or self._due_s.get("", 0.0) <= now_s

    def over(self, domain: str) -> None:
        """A message to this domain is not under way any more."""
        self._under_way[domain] -= 1

    def _hourly(self, domain: str) -> list[tuple[str, int]]:
        wanted = (("", self._limits.per_hour), (domain, self._limits.per_hour_to.get(domain)))
        return [(whom, per_hour) for whom, per_hour in wanted if per_hour is not None]


def domain_of(address: str) -> str:
    """The domain of an address, in lower case."""
    return address.rpartition("@")[2].casefold()
