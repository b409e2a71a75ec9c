"""What the stand-in web answers to a request, and how long it takes to.

/s/<number>/<title>        an article, which behaves as its number draws
/b/<behaviour>/<number>    the same article, made to behave so
/r/<number>/<hop>/<hops>   a redirect on the way to an article
/l/<number>/<0 or 1>       the two ends of an endless loop
/home                      the front page
/newsletter/<file>         a newsletter, at once
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeAlias

from benchmarks.visit.articles import Article, article, host_of_hop, latency_s
from benchmarks.visit.behaviours import RETRY_AFTER_S, Behaviour
from benchmarks.visit.pages import HOME
from benchmarks.visit.replies import (
    HangUp,
    Reply,
    failure,
    huge,
    moved,
    of_article,
    slow,
    whole,
)

HOME_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked."""

    method: bytes
    path: str
    headers: Mapping[bytes, bytes]

    @property
    def is_head(self) -> bool:
        """True when only the headers are wanted."""
        return self.method == b"HEAD"


# The reply is made when its time has come: what flaky pages saw until then counts.
Planned: TypeAlias = tuple[float, Callable[[], Reply]]


@dataclass(slots=True, kw_only=True)
class Site:
    """All hosts of the web; it remembers only what its flaky pages need.

    Attributes:
        port: Where it listens, for addresses of other hosts.
        scale: 1 for realistic latency, 0 for none.
        folder: Of the newsletters.
    """

    port: int
    scale: float
    folder: Path
    asked: dict[int, float] = field(default_factory=dict)

    def plan(self, request: Request) -> Planned:
        """Seconds until the answer, and how to make it."""
        try:
            return self._planned(request)
        except (ValueError, KeyError, OSError):
            return 0, partial(failure, 404, without_body=request.is_head)

    def _planned(self, request: Request) -> Planned:
        match request.path.split("/"):
            case ["", "s", number, _]:
                return self._asked_for(request, article(int(number)))
            case ["", "b", behaviour, number]:
                return self._asked_for(request, article(int(number)), Behaviour(behaviour))
            case ["", "r", number, hop, hops]:
                make = partial(self._hop, request, article(int(number)), int(hop), int(hops))
                return self._latency_s(number, hop), make
            case ["", "l", number, turn]:
                back = f"/l/{number}/{1 - int(turn)}"
                return self._latency_s(number, "1"), partial(moved, 302, back)
            case ["", "home"] | ["", ""]:
                front = partial(whole, 200, HOME, without_body=request.is_head)
                return HOME_S * self.scale, front
            case ["", "newsletter", name]:
                return 0, partial(whole, 200, (self.folder / name).read_bytes())
        raise KeyError(request.path)

    def _asked_for(
        self, request: Request, found: Article, behaviour: Behaviour | None = None
    ) -> Planned:
        make = partial(self._article, request, found, behaviour or found.behaviour)
        return latency_s(found.number) * self.scale, make

    def _latency_s(self, number: str, hop: str) -> float:
        return latency_s(int(number), int(hop)) * self.scale

    def _hop(self, request: Request, found: Article, hop: int, hops: int) -> Reply:
        if hop < hops:
            return moved(302, self._address_of(found, hop + 1, hops))
        return self._page(request, found, Behaviour.OK)

    def _address_of(self, found: Article, hop: int, hops: int) -> str:
        host = host_of_hop(found.number, hop)
        return f"http://127.0.0.{host}:{self.port}/r/{found.number}/{hop}/{hops}"

    def _article(self, request: Request, found: Article, behaviour: Behaviour) -> Reply:
        if behaviour.redirects:
            return moved(301, self._address_of(found, 1, behaviour.redirects))
        match behaviour:
            case Behaviour.NOT_FOUND | Behaviour.GONE | Behaviour.BROKEN:
                return failure(int(behaviour), without_body=request.is_head)
            case Behaviour.RESET:
                return HangUp()
            case Behaviour.GONE_HOME:
                return moved(302, "/home")
            case Behaviour.LOOP:
                return moved(302, f"/l/{found.number}/0")
        return self._moody(request, found, behaviour)

    def _moody(self, request: Request, found: Article, behaviour: Behaviour) -> Reply:
        """An article whose answer depends on who asks, how and when."""
        refused = partial(failure, without_body=request.is_head)
        match behaviour:
            case Behaviour.FLAKY if self._age_s(found) == 0:
                return refused(500)
            case Behaviour.BUSY if self._age_s(found) < RETRY_AFTER_S * 0.95:
                return refused(429, extra=f"Retry-After: {RETRY_AFTER_S}\r\n")
            case Behaviour.PICKY if b"Mozilla/5.0" not in request.headers.get(b"user-agent", b""):
                return refused(403)
            case Behaviour.NO_HEAD if request.is_head:
                return refused(405, extra="Allow: GET\r\n")
        return self._page(request, found, behaviour)

    def _age_s(self, found: Article) -> float:
        """Seconds since the article was first asked for; 0 the first time."""
        now = time.monotonic()
        return now - self.asked.setdefault(found.number, now)

    def _page(self, request: Request, found: Article, behaviour: Behaviour) -> Reply:
        if behaviour is Behaviour.HUGE and not request.is_head:
            return huge(found)
        if behaviour is Behaviour.SLOW and not request.is_head and self.scale:
            return slow(found, self.scale)
        packed = b"gzip" in request.headers.get(b"accept-encoding", b"")
        return of_article(found, behaviour, packed=packed, without_body=request.is_head)
