"""Who may ask next: few requests at a time, fewer of one host, none of one that wants a pause."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count

from sendguard.ports import Chance
from sendguard.visit.pace import LONGEST_VISIT_S, Pace, queue_of


@dataclass(slots=True)
class _Line:
    """Those who wait to ask one host, in the order of their coming; links under way go first."""

    pace: Pace
    until_s: float
    asking: int = 0
    under_way: deque[asyncio.Future[bool]] = field(default_factory=deque)
    new: deque[asyncio.Future[bool]] = field(default_factory=deque)
    alarm: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self.under_way) + len(self.new)

    def may_move(self, now_s: float) -> bool:
        ready = self.asking < self.pace.at_once and now_s >= self.pace.quiet_until_s
        return ready and len(self) > 0

    def step(self) -> asyncio.Future[bool] | None:
        """Whoever is first; None when all who waited have left."""
        while self:
            waiting = (self.under_way or self.new).popleft()
            if not waiting.done():
                return waiting
        return None

    def dismiss(self) -> None:
        """Send everyone away without a turn."""
        while waiting := self.step():
            waiting.set_result(False)


class Turn:
    """Leave to ask one host once, and to say how that went."""

    def __init__(self, turns: "Turns", line: _Line, sent_s: float) -> None:
        self._turns = turns
        self._line = line
        self._sent_s = sent_s

    def went_well(self) -> None:
        """The host answered, and did not ask for less."""
        self._turns.change(self._line, self._line.pace.after_good(self._sent_s))

    def was_in_vain(self) -> None:
        """No answer came within the time."""
        self._turns.change(self._line, self._line.pace.after_silence())

    def was_too_much(self, named_s: float | None) -> None:
        """The host asked for less, and for a pause of `named_s` seconds where it named one."""
        pace = self._turns.slower(self._line.pace, self._sent_s, named_s)
        self._turns.change(self._line, pace)


class Turns:
    """Hands out turns.

    Those who wait for a busy or resting host take no place from the others. Where all places are
    taken, the longest line goes on first: it decides when all is done.
    """

    def __init__(
        self,
        *,
        at_once: int,
        at_once_per_host: int,
        chance: Chance,
        longest_s: float = LONGEST_VISIT_S,
    ) -> None:
        self._free = at_once
        self._unhurt = Pace.unhurt(at_once_per_host)
        self._chance = chance
        self._longest_s = longest_s
        self._lines: dict[str, _Line] = {}
        self._ready: list[tuple[int, int, _Line]] = []
        self._number = count()

    @asynccontextmanager
    async def turn(self, host: str, *, under_way: bool = False) -> AsyncIterator[Turn | None]:
        """Wait for a turn to ask `host`, and hold it; None when it is to be asked no more.

        Args:
            host: Name or address.
            under_way: Whether it is for a link that has been asked for before.
        """
        line = self._line(queue_of(host))
        if not await self._wait(line, under_way=under_way):
            yield None
            return
        try:
            yield Turn(self, line, _now_s())
        finally:
            self._give_back(line)

    def _line(self, queue: str) -> _Line:
        if queue not in self._lines:
            self._lines[queue] = _Line(self._unhurt, until_s=_now_s() + self._longest_s)
        return self._lines[queue]

    def change(self, line: _Line, pace: Pace) -> None:
        """Ask the host of a line at another pace from now on."""
        if pace is line.pace:
            return
        line.pace = pace
        if pace.closed:
            line.dismiss()
        self._wake(line)

    def slower(self, pace: Pace, sent_s: float, named_s: float | None) -> Pace:
        """The pace after a request sent at `sent_s` was one too many."""
        draw = self._chance.draw()
        return pace.after_slow_down(sent_s=sent_s, now_s=_now_s(), named_s=named_s, draw=draw)

    async def _wait(self, line: _Line, *, under_way: bool) -> bool:
        if line.pace.closed:
            return False
        waiting: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        (line.under_way if under_way else line.new).append(waiting)
        self._move(line)
        try:
            return await waiting
        except asyncio.CancelledError:
            # The turn may have come in the very moment in which nobody wanted it any more.
            if waiting.done() and not waiting.cancelled() and waiting.result():
                self._give_back(line)
            raise

    def _give_back(self, line: _Line) -> None:
        line.asking -= 1
        self._free += 1
        if _now_s() > line.until_s:
            self.change(line, replace(line.pace, closed=True))
        self._move(line)

    def _wake(self, line: _Line) -> None:
        """Go on with a line, at once or when its host has had its pause."""
        if line.alarm is not None:
            line.alarm.cancel()
            line.alarm = None
        if _now_s() < line.pace.quiet_until_s:
            loop = asyncio.get_running_loop()
            line.alarm = loop.call_at(line.pace.quiet_until_s, self._wake, line)
        else:
            self._move(line)

    def _move(self, line: _Line) -> None:
        """Hand out what is free, now that this line may have changed."""
        self._offer(line)
        while self._free and self._ready:
            longest = heappop(self._ready)[-1]
            if longest.may_move(_now_s()) and (waiting := longest.step()):
                longest.asking += 1
                self._free -= 1
                waiting.set_result(True)
                self._offer(longest)

    def _offer(self, line: _Line) -> None:
        # A line may be offered twice, or be held up afterwards: it is asked again when chosen.
        if line.may_move(_now_s()):
            heappush(self._ready, (-len(line), next(self._number), line))


def _now_s() -> float:
    return asyncio.get_running_loop().time()
