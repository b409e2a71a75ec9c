"""How fast messages may go."""

from sendguard.send.later import LONGEST_PAUSE_S, MOST_TRIES, pause_before_try_s, rest_s
from sendguard.send.pace import Limits, Pace, domain_of


def begun(pace: Pace, domain: str, seconds: int, *, steps: int = 100) -> int:
    """How many begin to a domain in so many seconds, asked `steps` times a second."""
    moments = [number / steps for number in range(seconds * steps)]
    return sum(pace.may_begin(domain, now_s) for now_s in moments)


def test_without_limits_all_may_begin() -> None:
    pace = Pace(Limits())

    assert begun(pace, "example.org", 1) == 100


def test_so_many_an_hour_go_evenly() -> None:
    pace = Pace(Limits(per_hour=3_600))

    assert begun(pace, "example.org", 60) in {60, 61}


def test_a_pause_saves_up_no_more_than_a_second() -> None:
    pace = Pace(Limits(per_hour=36_000))
    pace.may_begin("example.org", 0.0)

    at_once = sum(pace.may_begin("example.org", 3_600.0) for _ in range(100))

    assert at_once == 11


def test_a_limit_on_one_domain_holds_up_no_other() -> None:
    pace = Pace(Limits(per_hour_to={"slow.example": 60}))
    pace.may_begin("slow.example", 0.0)

    assert not pace.may_begin("slow.example", 1.0)
    assert pace.may_begin("example.org", 1.0)


def test_so_many_at_a_time_to_a_domain() -> None:
    pace = Pace(Limits(at_once_to={"gmail.com": 2}))

    assert [pace.may_begin("gmail.com", 0.0) for _ in range(3)] == [True, True, False]

    pace.over("gmail.com")
    assert pace.may_begin("gmail.com", 0.0)


def test_what_a_domain_holds_up_does_not_count_for_all() -> None:
    pace = Pace(Limits(per_hour=3_600, at_once_to={"gmail.com": 1}))
    pace.may_begin("gmail.com", 0.0)
    pace.may_begin("gmail.com", 10.0)

    assert pace.may_begin("example.org", 10.0)


def test_a_domain_counts_in_any_case() -> None:
    assert domain_of("ada@Example.ORG") == "example.org"


def test_each_try_waits_longer_up_to_two_hours() -> None:
    pauses = [pause_before_try_s(tries) or 0.0 for tries in range(1, MOST_TRIES)]

    assert pauses[:3] == [60.0, 120.0, 240.0]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE_S


def test_what_was_tried_for_two_days_is_given_up() -> None:
    assert pause_before_try_s(MOST_TRIES) is None


def test_a_server_that_puts_everything_off_is_left_alone_for_longer_and_longer() -> None:
    assert [rest_s(count) for count in (1, 9, 10, 20, 50, 500)] == [0, 0, 2, 4, 32, 300]
