"""A client that is slow gets through, one that only holds its place does not."""

from sendguard.entrypoints.gateway.pace import SLOWEST_RATE, Pace

MINUTE = 60
KIBIBYTE = 1 << 10


def minutes_left(pace: Pace, *, a_minute: int, most: int = 10_000) -> int:
    """How many minutes it lasts where so many bytes come in each."""
    return next(
        (at for at in range(1, most) if not pace.left_s(a_minute, at * MINUTE)),
        most,
    )


def test_silence_lasts_as_long_as_it_may() -> None:
    pace = Pace(300, now_s=0)

    assert pace.left_s(0, 299) == 1
    assert pace.left_s(0, 300) == 0


def test_a_message_of_any_size_may_come_at_the_least_rate() -> None:
    pace = Pace(300, now_s=0)

    assert minutes_left(pace, a_minute=SLOWEST_RATE * MINUTE) == 10_000


def test_who_is_a_little_slower_is_cut_off_in_the_end() -> None:
    pace = Pace(300, now_s=0)

    assert minutes_left(pace, a_minute=SLOWEST_RATE * MINUTE - 6 * KIBIBYTE) == 50


def test_now_and_then_as_much_as_a_small_message_is_not_enough() -> None:
    pace = Pace(300, now_s=0)

    assert pace.left_s(64 * KIBIBYTE, 290) == 74
    assert pace.left_s(64 * KIBIBYTE, 290 + 74) == 64
    assert pace.left_s(0, 290 + 74 + 64) == 0


def test_who_was_quick_may_pause_no_longer_than_others() -> None:
    pace = Pace(300, now_s=0)

    assert pace.left_s(30_000 * KIBIBYTE, 10) == 300
