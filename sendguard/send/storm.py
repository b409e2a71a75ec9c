"""When answers are a storm: what is wrong then is wrong for everybody, so the sending stops."""

from collections import deque

from sendguard.send.outcome import Accepted, NotSent, Outcome, Refused, Unanswered

WINDOW = 50
"""Answers that are looked back at."""
FEWEST = 10
"""Of fewer refusals nobody can tell a storm from a few bad addresses."""
MOST_POLICY = 5
"""Policy refuses the sender or the message, not a mailbox: five of the last fifty are enough."""
MOST_GARBLED = 3
"""In a row, of what is no answer: each leaves a reader in doubt, and the next is no better."""
MOST_BROKEN_OFF = 2
"""In a row, besides those that one failure of the network can cost: one on each connection."""


class Storm:
    """Watches the answers of one run.

    Args:
        at_once: Connections to the server.

    Source:
        RFC 3463, section 3.8: 5.7.x is about security and policy. Stopping on the first signs is
        what large receivers ask of senders.
    """

    def __init__(self, at_once: int = 1) -> None:
        self._last: deque[Outcome] = deque(maxlen=WINDOW)
        self._most_unanswered = at_once + MOST_BROKEN_OFF
        self._unanswered = self._garbled = 0

    def hear(self, outcome: Outcome) -> str | None:
        """Hear one more answer; why to stop now, or None to go on."""
        if isinstance(outcome, Unanswered):
            return self._hear_no_answer(outcome)
        if not isinstance(outcome, NotSent):
            self._unanswered = self._garbled = 0
        if isinstance(outcome, Accepted):
            self._last.append(outcome)
        if not isinstance(outcome, Refused):
            return None
        self._last.append(outcome)
        refused = [one for one in self._last if isinstance(one, Refused)]
        policy = sum(one.reply.is_policy for one in refused)
        among = f"of the last {len(self._last)}"
        if policy >= MOST_POLICY:
            return f"the server refuses what is sent ({policy} {among}): {outcome.reply}"
        if len(refused) >= FEWEST and 2 * len(refused) >= len(self._last):
            return f"the server refused {len(refused)} {among}, the last with: {outcome.reply}"
        return None

    def _hear_no_answer(self, outcome: Unanswered) -> str | None:
        self._unanswered += 1
        self._garbled += outcome.is_garbled
        if self._garbled < MOST_GARBLED and self._unanswered < self._most_unanswered:
            return None
        return (
            f"{self._unanswered} times in a row no answer came that says whether a message was "
            f"taken: {outcome.says}"
        )
