"""When the next hop is left alone."""

from sendguard.gateway.release.reach import LONGEST_REST_S, Reach
from sendguard.send import Deferred, NotSent, Reply, Unanswered
from tests.fakes_gateway import TAKEN

NOBODY = NotSent("there is nobody")
BUSY = Deferred(Reply(code=451, enhanced="4.3.0", text="try later"))


def test_it_is_left_alone_longer_and_longer_while_it_is_away() -> None:
    reach, now_s, rests = Reach(), 0.0, []
    for _ in range(7):
        reach.hear([NOBODY], now_s)
        rests.append(reach.rest_s(now_s))
        now_s += rests[-1]

    assert rests == [1, 2, 4, 8, 16, LONGEST_REST_S, LONGEST_REST_S]
    assert reach.is_doubtful


def test_fifty_that_fail_together_are_one_failure() -> None:
    reach = Reach()
    for _ in range(50):
        reach.hear([NOBODY], 0.0)

    assert reach.rest_s(0.0) == 1


def test_one_answer_and_it_is_there_again() -> None:
    reach = Reach()
    reach.hear([NOBODY], 0.0)

    reach.hear([TAKEN, NOBODY], 0.5)

    assert (reach.says, reach.rest_s(0.5), reach.is_doubtful) == (None, 0, False)


def test_connections_that_die_behind_the_dot_are_not_made_again_and_again() -> None:
    reach = Reach()
    reach.hear([Unanswered("it hung up")], 0.0)

    assert reach.rest_s(0.0) == 1
    assert reach.is_doubtful


def test_a_server_that_puts_everything_off_is_asked_less_often() -> None:
    reach, rests = Reach(), []
    for _ in range(200):
        reach.hear([BUSY], 0.0)
        rests.append(reach.rest_s(0.0))

    assert (rests[8], rests[29], rests[199]) == (0, 8, LONGEST_REST_S)
    assert not reach.is_doubtful
