"""When a message that was refused for now is tried again, and when that is given up."""

FIRST_PAUSE_S = 60.0
LONGEST_PAUSE_S = 2 * 3_600.0
MOST_TRIES = 24
"""Nearly two days, as RFC 5321, section 4.5.4.1, has it less a little: the relay goes on trying."""


def pause_before_try_s(tries: int) -> float | None:
    """Seconds to wait before a message is tried again; None where it is given up.

    Args:
        tries: How often it has been tried, from 1.
    """
    return None if tries >= MOST_TRIES else growing_pause_s(tries)


def growing_pause_s(tries: int) -> float:
    """Seconds to wait after so many tries, from 1: twice as long each time, up to two hours."""
    return float(min(FIRST_PAUSE_S * 2 ** min(tries - 1, 20), LONGEST_PAUSE_S))


def rest_s(deferred_in_a_row: int) -> float:
    """Seconds to leave a relay alone that has put off so many messages in a row."""
    if deferred_in_a_row < 10:
        return 0.0
    return float(min(2 ** (deferred_in_a_row // 10), 300))
