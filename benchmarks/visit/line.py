"""What a check takes at best that asks in the order of the newsletter: its line, played through.

Nobody knows beforehand which page is slow, so no check can pack its requests perfectly: a slow page
whose turn comes late at the busiest host makes all wait. This says how long, for a check that costs
nothing itself.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

from benchmarks.visit.articles import Article
from benchmarks.visit.chains import Step, steps

_Trip: TypeAlias = deque[Step]
"""The requests that are left to make for one link."""


def in_line_s(articles: Iterable[Article], *, at_once: int, per_host: int) -> float:
    """Seconds until the last answer.

    Links under way go before new ones; where all places are taken, the host with the longest
    line is next.
    """
    line = _Line(at_once, per_host)
    for found in articles:
        line.join(deque(steps(found)), is_new=True)
    return line.play()


@dataclass(slots=True)
class _Host:
    asked: int = 0
    under_way: deque[_Trip] = field(default_factory=deque)
    new: deque[_Trip] = field(default_factory=deque)

    def __len__(self) -> int:
        return len(self.under_way) + len(self.new)


class _Line:
    """All who wait, and a clock that jumps from one event to the next."""

    def __init__(self, at_once: int, per_host: int) -> None:
        self._free = at_once
        self._per_host = per_host
        self._hosts: dict[int, _Host] = {}
        self._now_s = 0.0
        self._number = count()
        self._events: list[tuple[float, int, Callable[[], None]]] = []

    def join(self, trip: _Trip, *, is_new: bool = False) -> None:
        """Stand in the line of the host that is asked next."""
        host = self._hosts.setdefault(trip[0].host, _Host())
        (host.new if is_new else host.under_way).append(trip)

    def play(self) -> float:
        """Until nobody waits any more; how long that took."""
        self._hand_out()
        while self._events:
            self._now_s, _, happens = heappop(self._events)
            happens()
            self._hand_out()
        return self._now_s

    def _in(self, seconds: float, happens: Callable[[], None]) -> None:
        heappush(self._events, (self._now_s + seconds, next(self._number), happens))

    def _hand_out(self) -> None:
        while self._free and (host := self._longest()):
            self._ask(host, (host.under_way or host.new).popleft())

    def _longest(self) -> _Host | None:
        ready = (host for host in self._hosts.values() if host and host.asked < self._per_host)
        return max(ready, key=len, default=None)

    def _ask(self, host: _Host, trip: _Trip) -> None:
        host.asked += 1
        self._free -= 1
        self._in(trip.popleft().took_s, lambda: self._answered(host, trip))

    def _answered(self, host: _Host, trip: _Trip) -> None:
        host.asked -= 1
        self._free += 1
        if trip:
            self._in(trip[0].pause_s, lambda: self.join(trip))
