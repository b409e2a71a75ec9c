"""When the next hop refuses everything, what is wrong is ours: nothing is given back for that."""

from collections.abc import Mapping

from sendguard.send import Accepted, Deferred, Outcome, Refused

MOST_POLICY = 5
"""Messages in a row: policy refuses the sender or the message, not a mailbox."""
MOST_REFUSED = 10
"""Messages in a row, for any reason: so many bad addresses do not stand side by side."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 60.0, 600.0


class Brake:
    """Watches what is refused for good.

    Relaying denied, a login that is missing, an address on a block list: each message would be
    refused, and each sender told that his readers do not get it. Instead of that all is kept, one
    message at a time is tried, and people are told; once one is taken, all goes on.

    Attributes:
        says: Why it is on; None while it is off.

    Source:
        RFC 3463, section 3.8: 5.7.x is about security and policy.
    """

    def __init__(self) -> None:
        self._let_go()

    def hear(self, outcomes: Mapping[str, Outcome], now_s: float) -> None:
        """Hear what became of one message."""
        if any(isinstance(one, Accepted) for one in outcomes.values()):
            self._let_go()
            return
        refused = [one for one in outcomes.values() if isinstance(one, Refused)]
        if not refused:
            return
        self._refused += 1
        self._policy += any(one.reply.is_policy for one in refused)
        if self._policy >= MOST_POLICY or self._refused >= MOST_REFUSED:
            self._pull(refused[-1], now_s)

    def rest_s(self, now_s: float) -> float:
        """Seconds that nothing is to be tried from now on; 0 for none."""
        return max(0.0, self._rest_until_s - now_s)

    def softened(self, outcomes: Mapping[str, Outcome], tries: int) -> Mapping[str, Outcome]:
        """What counts of the outcomes: a refusal that may be our fault is none for good.

        Args:
            outcomes: Of one message, which were heard.
            tries: How often it was tried before. Who is refused by policy the first time is tried
                once more: by then it is known whether all the others are.
        """
        return {who: self._softened(one, tries) for who, one in outcomes.items()}

    def _softened(self, outcome: Outcome, tries: int) -> Outcome:
        if not isinstance(outcome, Refused):
            return outcome
        may_be_ours = self.says is not None or (outcome.reply.is_policy and not tries)
        return Deferred(outcome.reply) if may_be_ours else outcome

    def _let_go(self) -> None:
        self.says: str | None = None
        self._refused = self._policy = self._pauses = 0
        self._rest_until_s = 0.0

    def _pull(self, refused: Refused, now_s: float) -> None:
        self.says = f"the next mail server refuses everything: {refused.reply}"
        if now_s >= self._rest_until_s:  # the others were on their way already
            self._rest_until_s = now_s + min(FIRST_PAUSE_S * 2.0**self._pauses, LONGEST_PAUSE_S)
            self._pauses = min(self._pauses + 1, 10)
