"""Whether the next hop can be reached, and when it is to be left alone for a while."""

from collections.abc import Collection

from sendguard.send import Deferred, NotSent, Outcome, Unanswered
from sendguard.send.later import rest_s

LONGEST_REST_S = 30.0


class Reach:
    """Watches the answers of the next hop.

    While it gives none, one message at a time is tried: an hour without it is no try of ten
    thousand messages, and one that it cannot bear does not keep back the others. It is the same
    where connections die behind the final dot, for each of those leaves a message in doubt. A
    server that puts one message off after the other is given a rest between groups of them.

    Attributes:
        answers: So many messages were answered, for whoever wants to know whether any was since.
        says: Why it cannot be reached; None while it can.
    """

    def __init__(self) -> None:
        self.answers = 0
        self.says: str | None = None
        self._failures = self._deferred = 0
        self._rest_until_s = 0.0

    def hear(self, outcomes: Collection[Outcome], now_s: float) -> None:
        """Hear what became of one message."""
        broken = [one for one in outcomes if isinstance(one, NotSent | Unanswered)]
        if len(broken) < len(outcomes):
            self._hear_answer(outcomes, now_s)
        elif broken:
            self._hear_nothing(broken[0].says, now_s)

    @property
    def is_doubtful(self) -> bool:
        """Is only one message at a time to be tried?"""
        return self.says is not None

    def rest_s(self, now_s: float) -> float:
        """Seconds that it is to be left alone from now on; 0 for none."""
        return max(0.0, self._rest_until_s - now_s)

    def _hear_answer(self, outcomes: Collection[Outcome], now_s: float) -> None:
        self.answers += 1
        self.says, self._failures = None, 0
        is_put_off = all(isinstance(one, Deferred) for one in outcomes)
        self._deferred = self._deferred + 1 if is_put_off else 0
        self._rest_until_s = now_s + min(rest_s(self._deferred), LONGEST_REST_S)

    def _hear_nothing(self, says: str, now_s: float) -> None:
        self.says = says
        if now_s >= self._rest_until_s:  # the others were on their way when the first one failed
            self._failures += 1
            self._rest_until_s = now_s + min(2.0 ** min(self._failures - 1, 9), LONGEST_REST_S)
