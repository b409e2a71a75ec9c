"""When what the next hop refuses is taken for our own fault."""

from sendguard.gateway.release.brake import LONGEST_PAUSE_S, MOST_POLICY, MOST_REFUSED, Brake
from sendguard.send import Accepted, Deferred, Outcome, Refused, Reply

DENIED = Refused(Reply(code=554, enhanced="5.7.1", text="relay access denied"))
UNKNOWN = Refused(Reply(code=550, enhanced="5.1.1", text="no such user"))
GOOD = Accepted(Reply(code=250, enhanced="2.0.0", text="queued"))


def a_brake(*outcomes: Outcome) -> Brake:
    brake = Brake()
    for outcome in outcomes:
        brake.hear({"ada@example.org": outcome}, 0.0)
    return brake


def test_a_few_refusals_by_policy_in_a_row_pull_it() -> None:
    assert a_brake(*[DENIED] * (MOST_POLICY - 1)).says is None

    brake = a_brake(*[DENIED] * MOST_POLICY)

    assert brake.says == "the next mail server refuses everything: 554 5.7.1 relay access denied"
    assert brake.rest_s(0.0) == 60


def test_so_many_bad_addresses_do_not_stand_side_by_side() -> None:
    assert a_brake(*[UNKNOWN] * (MOST_REFUSED - 1)).says is None
    assert a_brake(*[UNKNOWN] * MOST_REFUSED).says


def test_a_list_half_of_which_is_dead_does_not_pull_it() -> None:
    answers: list[Outcome] = [UNKNOWN, UNKNOWN, GOOD, DENIED]

    assert a_brake(*answers * 50).says is None


def test_nothing_is_refused_for_good_while_it_is_on() -> None:
    brake = a_brake(*[UNKNOWN] * MOST_REFUSED)

    assert brake.softened({"ada@example.org": UNKNOWN}, 7) == {
        "ada@example.org": Deferred(UNKNOWN.reply)
    }


def test_what_policy_refuses_is_tried_twice_before_that_counts() -> None:
    brake, denied = a_brake(), {"ada@example.org": DENIED}

    assert brake.softened(denied, 0) == {"ada@example.org": Deferred(DENIED.reply)}
    assert brake.softened(denied, 1) == denied


def test_one_that_is_taken_lets_it_go() -> None:
    brake = a_brake(*[DENIED] * MOST_POLICY, GOOD)

    assert (brake.says, brake.rest_s(0.0)) == (None, 0)


def test_it_pauses_longer_and_longer() -> None:
    brake, now_s, pauses = a_brake(*[DENIED] * MOST_POLICY), 0.0, []
    for _ in range(6):
        pauses.append(brake.rest_s(now_s))
        now_s += pauses[-1]
        brake.hear({"ada@example.org": DENIED}, now_s)

    assert pauses == [60, 120, 240, 480, LONGEST_PAUSE_S, LONGEST_PAUSE_S]
