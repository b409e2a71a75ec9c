"""How much time a client has for a message, which grows with what came of it. Pure arithmetic."""

SLOWEST_RATE = 1 << 10
"""Bytes a second, on the average; twice what Postfix asks for."""


class Pace:
    """What is left of a client's time.

    It begins with `most_s` of it and never has more. What comes earns some, so that a message
    of any size is through in time, or its client is known to be too slow.

    Args:
        most_s: So long nothing may come.
        now_s: When the message was asked for.

    Source:
        Postfix does so with `smtpd_min_data_rate`.
    """

    def __init__(self, most_s: float, now_s: float) -> None:
        self._most_s = most_s
        self._until_s = now_s + most_s

    def left_s(self, came: int, now_s: float) -> float:
        """Seconds that are left now that so many bytes came; 0 for none."""
        earned_s = self._until_s + came / SLOWEST_RATE
        self._until_s = min(earned_s, now_s + self._most_s)
        return max(0.0, self._until_s - now_s)
