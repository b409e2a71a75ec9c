"""When refusals are a storm: what is wrong then is wrong for everybody, so the sending stops."""

from collections import deque

from sendguard.send.outcome import Accepted, Outcome, Refused

WINDOW = 50
"""Answers that are looked back at."""
FEWEST = 10
"""Of fewer refusals nobody can tell a storm from a few bad addresses."""
MOST_POLICY = 5
"""Policy refuses the sender or the message, not a mailbox: five of the last fifty are enough."""


class Storm:
    """Watches the answers of one run.

    Source:
        RFC 3463, section 3.8: 5.7.x is about security and policy. Stopping on the first signs is
        what large receivers ask of senders.
    """

    def __init__(self) -> None:
        self._last: deque[Outcome] = deque(maxlen=WINDOW)

    def hear(self, outcome: Outcome) -> str | None:
        """Hear one more answer; why to stop now, or None to go on."""
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
