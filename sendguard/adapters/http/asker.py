"""One hop: one address asked once, or again where one answer proves too little."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import httpx

from sendguard.adapters.http.dress import browser_headers, own_headers
from sendguard.adapters.http.exchange import WALL_BYTES, How, exchange
from sendguard.adapters.http.heard import Heard, Unheard
from sendguard.adapters.http.troubles import EXPECTED, trouble_of
from sendguard.adapters.http.turns import Turn, Turns
from sendguard.config import Visits
from sendguard.ports import Chance, Clock
from sendguard.values import Url
from sendguard.visit import Trouble
from sendguard.visit.pace import GIVEN_UP, is_slow_down, named_pause_s, queue_of, spread
from sendguard.visit.second_try import (
    MOST_TRIES,
    Again,
    Proof,
    again_after_answer,
    again_after_trouble,
    proof_of_answer,
    proof_of_trouble,
)
from sendguard.visit.walls import left_alone, wall

_GIVEN_UP = Unheard(Trouble.TIMEOUT, GIVEN_UP)
_NONE: Mapping[str, str] = {}


# What the redirects of one link may take together, in times of what one answer may take: ten
# that are each just not too slow would keep a check waiting for minutes.
LONGEST_WAY = 2


class Asker:
    """Asks servers, one hop at a time, within the limits and the time allowed.

    Attributes:
        longest_way_s: Behind redirects that took longer than this, nothing is asked for.
    """

    def __init__(
        self,
        transport: httpx.AsyncBaseTransport,
        visits: Visits,
        clock: Clock,
        chance: Chance,
    ) -> None:
        self._transport = transport
        self._clock = clock
        self._chance = chance
        self._timeout_s = visits.timeout_s
        self.longest_way_s = LONGEST_WAY * visits.timeout_s
        self._turns = Turns(
            at_once=visits.at_once, at_once_per_host=visits.at_once_per_host, chance=chance
        )
        self._own = own_headers(visits.user_agent)
        self._last_word: dict[str, Heard | Unheard] = {}

    async def ask(
        self,
        url: Url,
        starting: Callable[[], None],
        *,
        under_way: bool = False,
        whole: int | None = None,
        conditions: Mapping[str, str] = _NONE,
    ) -> Heard | Unheard:
        """What came of asking for `url`, twice where a failure needs a second look.

        Where the two looks disagree, the better one counts.

        Args:
            url: The address.
            starting: Called when its turn has come.
            under_way: Whether it is a later hop of a link, which waits less long.
            whole: Read any body to its end, up to this many bytes; None for as much of a
                page as tells what it is.
            conditions: Headers that ask for the page only if it has changed.
        """
        how = How(headers={**self._own, **conditions}, time_s=self._timeout_s, whole=whole)
        first = await self._in_turn(url, starting, how, under_way=under_way)
        again = _again(first)
        if again is None:
            return first
        await asyncio.sleep(spread(again.pause_s, self._chance.draw()))
        headers = browser_headers() if again.as_browser else self._own
        how = replace(how, headers=headers, time_s=self._timeout_s * again.share)
        second = await self._in_turn(url, starting, how, under_way=True)
        counts = first if _proof(first) < _proof(second) else second
        return replace(counts, tries=(*first.tries, *second.tries))

    async def _in_turn(
        self, url: Url, starting: Callable[[], None], how: How, *, under_way: bool
    ) -> Heard | Unheard:
        """What came of it, asked a few times where the host answers that it is too much."""
        tries: list[datetime] = []
        heard: Heard | Unheard | None = None
        while heard is None or (len(tries) < MOST_TRIES and _is_slow_down(heard)):
            async with self._turns.turn(url.host, under_way=under_way or bool(tries)) as turn:
                if turn is None:
                    heard = heard or self._last_word.get(queue_of(url.host), _GIVEN_UP)
                    break
                starting()
                tries.append(self._clock.now())
                heard = await self._ask_once(url, how)
                self._tell(turn, url, heard, how.time_s)
        return replace(heard, tries=tuple(tries))

    def _tell(self, turn: Turn, url: Url, heard: Heard | Unheard, time_s: float) -> None:
        """Say how it went, so that the host is asked less where it wants that, or never answers."""
        if _used_up(heard, time_s):
            turn.was_in_vain()
            return
        if isinstance(heard, Unheard):
            return
        if not is_slow_down(heard.status):
            turn.went_well()
            return
        # What all who still wait are told, should the host be asked no more.
        self._last_word[queue_of(url.host)] = Heard(
            status=heard.status, headers={}, walled=left_alone(heard.status)
        )
        turn.was_too_much(named_pause_s(heard.headers.get("retry-after"), self._clock.now()))

    async def _ask_once(self, url: Url, how: How) -> Heard | Unheard:
        began_s = self._clock.elapsed_s()
        try:
            heard = await exchange(self._transport, url, how)
        except EXPECTED as error:
            return trouble_of(error)
        head = heard.body[:WALL_BYTES].decode("latin-1")
        took_s = self._clock.elapsed_s() - began_s
        return replace(heard, walled=wall(heard.status, heard.headers, head), took_s=took_s)


def _again(heard: Heard | Unheard) -> Again | None:
    match heard:
        case Unheard(trouble=trouble, connected=connected):
            return again_after_trouble(trouble, connected=connected)
        case Heard(status=status, walled=walled):
            return again_after_answer(status, walled)


def _proof(heard: Heard | Unheard) -> Proof:
    match heard:
        case Unheard(trouble=trouble):
            return proof_of_trouble(trouble)
        case Heard(status=status, walled=walled):
            return proof_of_answer(status, walled)


def _used_up(heard: Heard | Unheard, time_s: float) -> bool:
    """Did all the time go by without all that was wanted?"""
    if isinstance(heard, Unheard):
        return heard.trouble is Trouble.TIMEOUT
    return heard.cut_short and heard.took_s >= time_s


def _is_slow_down(heard: Heard | Unheard) -> bool:
    return isinstance(heard, Heard) and is_slow_down(heard.status)
