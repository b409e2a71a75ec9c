"""How the articles of the stand-in web behave, how often, and what a careful editor calls them."""

from enum import StrEnum
from itertools import accumulate

from benchmarks.visit.chance import share


class Behaviour(StrEnum):
    """What an article does when it is asked for."""

    OK = "ok"
    REDIR1 = "redir1"
    REDIR2 = "redir2"
    REDIR3 = "redir3"
    REDIR4 = "redir4"
    REDIR5 = "redir5"
    NOT_FOUND = "404"
    GONE = "410"
    BROKEN = "500"
    FLAKY = "flaky500"  # 500 the first time, fine from then on
    BUSY = "429"  # wants to be left alone for RETRY_AFTER_S
    PICKY = "ua403"  # 403 to whoever does not call itself Mozilla/5.0
    SLOW = "slow"  # its head at once, its body in SLOW_S
    NO_HEAD = "head405"  # 405 to HEAD
    RESET = "reset"  # hangs up in place of an answer
    SOFT_404 = "soft404"  # 200, “Page not found”
    GONE_HOME = "gonehome"  # redirects to the front page
    HUGE = "huge"  # 50 MB
    LOOP = "loop"  # redirects for ever between two addresses

    @property
    def redirects(self) -> int:
        """How many redirects stand before the article."""
        return int(self[5:]) if self.startswith("redir") else 0


class Truth(StrEnum):
    """What a careful editor calls a link."""

    FINE = "fine"
    BROKEN = "broken"
    SOFT = "soft"  # answers 200, but the article is gone


RETRY_AFTER_S = 1
SLOW_S = 6.0
HUGE_BYTES = 50 * 1024 * 1024

# In a thousand. The order decides which number draws what.
MIX = {
    Behaviour.OK: 700,
    Behaviour.REDIR1: 50,
    Behaviour.REDIR2: 30,
    Behaviour.REDIR3: 20,
    Behaviour.REDIR4: 10,
    Behaviour.REDIR5: 10,
    Behaviour.NOT_FOUND: 30,
    Behaviour.GONE: 10,
    Behaviour.BROKEN: 10,
    Behaviour.FLAKY: 15,
    Behaviour.BUSY: 15,
    Behaviour.PICKY: 20,
    Behaviour.SLOW: 20,
    Behaviour.NO_HEAD: 20,
    Behaviour.RESET: 10,
    Behaviour.SOFT_404: 15,
    Behaviour.GONE_HOME: 5,
    Behaviour.HUGE: 5,
    Behaviour.LOOP: 5,
}
_UP_TO = tuple(zip(accumulate(MIX.values()), MIX, strict=True))

_TRUTHS = {
    Behaviour.NOT_FOUND: Truth.BROKEN,
    Behaviour.GONE: Truth.BROKEN,
    Behaviour.BROKEN: Truth.BROKEN,
    Behaviour.RESET: Truth.BROKEN,
    Behaviour.LOOP: Truth.BROKEN,
    Behaviour.SOFT_404: Truth.SOFT,
    Behaviour.GONE_HOME: Truth.SOFT,
}


def behaviour_of(number: int) -> Behaviour:
    """What the article of this number does."""
    drawn = share("b", number) * 1000
    return next(behaviour for up_to, behaviour in _UP_TO if drawn < up_to)


def truth_of(behaviour: Behaviour) -> Truth:
    """What a link to such an article is."""
    return _TRUTHS.get(behaviour, Truth.FINE)
