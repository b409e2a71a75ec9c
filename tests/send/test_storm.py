"""When refusals are a storm."""

import pytest

from sendguard.send import Accepted, Deferred, NotSent, Outcome, Refused, Reply, Unanswered
from sendguard.send.storm import Storm

TAKEN = Accepted(Reply(code=250, enhanced="2.0.0", text="queued"))
NO_MAILBOX = Refused(Reply(code=550, enhanced="5.1.1", text="no such user"))
POLICY = Refused(Reply(code=554, enhanced="5.7.1", text="message looks like spam"))


GARBLED = Unanswered("the server answered what is no reply", is_garbled=True)
BROKEN_OFF = Unanswered("the connection to the server broke off")


def heard(*outcomes: Outcome, at_once: int = 10) -> list[str]:
    storm = Storm(at_once)
    return [says for outcome in outcomes if (says := storm.hear(outcome))]


def test_a_bad_address_now_and_then_is_no_storm() -> None:
    week: list[Outcome] = [*[TAKEN] * 9, NO_MAILBOX] * 20

    assert not heard(*week)


def test_five_refusals_of_policy_are() -> None:
    told = heard(*[TAKEN] * 40, *[POLICY] * 5)

    why = "the server refuses what is sent (5 of the last 45): 554 5.7.1 message looks like spam"
    assert told == [why]


def test_ten_of_twenty_that_were_refused_are() -> None:
    answers: list[Outcome] = [TAKEN, NO_MAILBOX] * 10

    told = heard(*answers)

    assert told == ["the server refused 10 of the last 20, the last with: 550 5.1.1 no such user"]


def test_a_list_of_five_bad_addresses_is_none() -> None:
    assert not heard(*[NO_MAILBOX] * 5)


@pytest.mark.parametrize(
    "outcome",
    [
        Deferred(Reply(code=451, enhanced="4.7.1", text="come back")),
        NotSent("no connection"),
    ],
)
def test_what_is_no_answer_for_good_counts_for_nothing(outcome: Outcome) -> None:
    assert not heard(*[outcome] * 200)


def test_three_answers_in_a_row_that_are_none_are_a_storm() -> None:
    told = heard(TAKEN, GARBLED, GARBLED, NotSent("reset"), GARBLED)

    why = "3 times in a row no answer came that says whether a message was taken: the server"
    assert [one[: len(why)] for one in told] == [why]


def test_a_server_that_makes_sense_now_and_then_is_gone_on_with() -> None:
    now_and_then: list[Outcome] = [GARBLED, GARBLED, TAKEN] * 50

    assert not heard(*now_and_then)


def test_a_network_that_fails_on_all_connections_at_once_is_no_storm() -> None:
    assert not heard(*[BROKEN_OFF] * 10, TAKEN, *[BROKEN_OFF] * 10, at_once=10)


def test_connections_that_break_off_behind_every_message_are() -> None:
    assert heard(*[BROKEN_OFF] * 12, at_once=10)
