"""The articles of the stand-in web: all that there is to know of one follows from its number."""

from dataclasses import dataclass
from functools import cache

from benchmarks.visit.behaviours import Behaviour, behaviour_of
from benchmarks.visit.chance import log_normal, share, sigma_of

HOSTS = 16
MEDIAN_S = 0.180
WORDS = tuple(
    """river council budget school energy harvest port signal museum coast rail forest market
    climate union garden bridge hospital election trade island winter festival archive border
    capital engine factory glacier housing inquiry justice kitchen lawyer mayor nurse orchard
    police quarter rescue station teacher valley water""".split()
)
_VERBS = """opens faces wins delays rejects plans doubles rethinks questions restores expands cuts
    backs reports finds launches defends closes weighs saves""".split()
_ENDS = (
    "after record summer",
    "as costs climb",
    "in surprise vote",
    "despite warnings",
    "before key deadline",
    "for first time in decade",
    "under new rules",
    "with help from neighbours",
    "amid growing debate",
    "on second attempt",
    "after long wait",
    "as experts disagree",
)
_SIGMA = sigma_of(MEDIAN_S, 1.2)
# One site owns most of a newsletter (Zipf).
_HOST_SHARES = tuple(1 / (rank + 1) for rank in range(HOSTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article.

    Attributes:
        host: 1 to 16: the last number of its address 127.0.0.x.
        size: Bytes of its page.
        before_title: Bytes of inline CSS before its title.
    """

    number: int
    behaviour: Behaviour
    title: str
    host: int
    size: int
    before_title: int

    @property
    def path(self) -> str:
        """Its path, with the title as the last part."""
        words = self.title.lower().replace("(", "").replace(")", "").split()
        return f"/s/{self.number}/{'-'.join(words)}"

    def url(self, port: int) -> str:
        """Its address when the web listens on `port`."""
        return f"http://127.0.0.{self.host}:{port}{self.path}"


@cache
def article(number: int) -> Article:
    """The article of this number."""
    return Article(
        number=number,
        behaviour=behaviour_of(number),
        title=title_of(number),
        host=_host(number),
        size=_size(number),
        before_title=_before_title(number),
    )


def title_of(number: int) -> str:
    """What it is called."""
    drawn = int(share("t", number) * 10**12)
    first, second, third = (WORDS[drawn // by % len(WORDS)] for by in (1, 97, 9973))
    verb, end = _VERBS[drawn // 331 % len(_VERBS)], _ENDS[drawn // 71 % len(_ENDS)]
    return f"{first.title()} {second} {verb} {third} {end} ({number})"


@cache
def latency_s(number: int, hop: int = 0) -> float:
    """How long it, or a redirect on the way to it, takes to answer."""
    drawn = share("l", number, hop)
    took_s = log_normal(drawn, median=MEDIAN_S, sigma=_SIGMA, least=0.015, most=4.0)
    return took_s if hop == 0 else 0.4 * took_s


def host_of_hop(number: int, hop: int) -> int:
    """Which host a redirect on the way to an article stands on."""
    return 1 + int(share("rh", number, hop) * HOSTS)


def _size(number: int) -> int:
    drawn = share("z", number)
    return int(log_normal(drawn, median=75_000, sigma=0.55, least=30_000, most=200_000))


def _before_title(number: int) -> int:
    drawn = share("p", number)
    return 0 if drawn < 0.8 else int(10_000 + (drawn - 0.8) / 0.2 * 50_000)


def _host(number: int) -> int:
    left = share("h", number) * sum(_HOST_SHARES)
    for rank, part in enumerate(_HOST_SHARES):
        left -= part
        if left < 0:
            return rank + 1
    return HOSTS
