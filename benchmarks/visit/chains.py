"""The least time that a check can take: the slowest chain of answers, and the busiest host."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.visit.articles import Article, host_of_hop, latency_s
from benchmarks.visit.behaviours import RETRY_AFTER_S, Behaviour
from benchmarks.visit.site import HOME_S
from sendguard.config import Visits
from sendguard.visit.pace import spread
from sendguard.visit.second_try import SHORT_PAUSE_S

AT_ONCE_PER_HOST = Visits().at_once_per_host

_BY_CHANCE = 0.5  # SendGuard's pauses vary by chance; this is the middle
_SHORT_S = spread(SHORT_PAUSE_S, _BY_CHANCE)

# How long SendGuard waits before it asks a second time.
SECOND_LOOKS_S = {
    Behaviour.NOT_FOUND: 0.0,  # as a browser
    Behaviour.GONE: 0.0,
    Behaviour.BROKEN: _SHORT_S,
    Behaviour.FLAKY: _SHORT_S,
    Behaviour.RESET: _SHORT_S,
    Behaviour.BUSY: spread(RETRY_AFTER_S, _BY_CHANCE),
    Behaviour.SOFT_404: 0.0,  # an address beside it is asked, to see whether it is the same page
}


@dataclass(frozen=True, slots=True)
class Step:
    """One request: to which host, how long it takes, and how long it is waited before it."""

    host: int
    took_s: float
    pause_s: float = 0.0


def bench_chain_s(found: Article) -> float:
    """Seconds that a checker needs which asks each address once, and failures once more.

    No pause but the one that a server asks for; a lone 404 is believed.
    """
    once = latency_s(found.number)
    match found.behaviour:
        case Behaviour.FLAKY | Behaviour.BROKEN:
            return 2 * once
        case Behaviour.BUSY:
            return 2 * once + RETRY_AFTER_S
        case Behaviour.LOOP | Behaviour.GONE_HOME:
            return once + latency_s(found.number, 1)
    return once + sum(step.took_s for step in _redirects(found))


def steps(found: Article) -> tuple[Step, ...]:
    """The requests that SendGuard makes for an article, its second looks among them."""
    first = Step(found.host, latency_s(found.number))
    match found.behaviour:
        case Behaviour.LOOP:
            end = Step(found.host, latency_s(found.number, 1))
            return (first, end, end)
        case Behaviour.GONE_HOME:
            return (first, Step(found.host, HOME_S))
    pause_s = SECOND_LOOKS_S.get(found.behaviour)
    if pause_s is not None:
        return (first, Step(found.host, first.took_s, pause_s))
    return (first, *_redirects(found))


def _redirects(found: Article) -> Iterator[Step]:
    for hop in range(1, found.behaviour.redirects + 1):
        yield Step(host_of_hop(found.number, hop), latency_s(found.number, hop))


def chain_s(found: Article) -> float:
    """Seconds that SendGuard needs for an article, its own pauses among them."""
    return sum(step.pause_s + step.took_s for step in steps(found))


def busiest_host_s(articles: Iterable[Article]) -> float:
    """Seconds that the host needs which has most to answer, a few requests at a time."""
    busy = defaultdict[int, float](float)
    for found in articles:
        for step in steps(found):
            busy[step.host] += step.took_s
    return max(busy.values(), default=0.0) / AT_ONCE_PER_HOST
