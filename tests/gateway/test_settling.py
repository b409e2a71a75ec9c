"""What the next hop's answers make of a kept message, for each of its recipients."""

from collections.abc import Mapping
from datetime import timedelta

from sendguard.gateway import Ended, Held, HeldState
from sendguard.gateway.release.settling import Terms, settled_by
from sendguard.send import Deferred, NotSent, Outcome, Refused, Reply, State, Unanswered
from tests.builders import NOON
from tests.fakes_gateway import TAKEN, a_held, a_mail

BUSY = Deferred(Reply(code=451, enhanced="4.3.0", text="try later"))
UNKNOWN = Refused(Reply(code=550, enhanced="5.1.1", text="no such user"))
HUNG_UP = NotSent("it hung up")
DAY_S = 86_400.0


def settled(
    outcomes: Mapping[str, Outcome], held: Held | None = None, *, is_away: bool = False
) -> Ended:
    terms = Terms(keep_trying_s=5 * DAY_S, reporting="gate.example.org")
    return settled_by(held or a_held(*outcomes), outcomes, NOON, terms, is_away=is_away)


def test_what_is_taken_is_done_with() -> None:
    ended = settled({"ada@example.org": TAKEN})

    assert (ended.left, ended.notice) == ((), None)
    assert ended.states == {"ada@example.org": State.SENT}


def test_each_recipient_comes_to_what_was_answered_for_it() -> None:
    outcomes: dict[str, Outcome] = {
        "ada@a.example": TAKEN,
        "bob@a.example": UNKNOWN,
        "cy@a.example": BUSY,
    }

    ended = settled(outcomes)

    assert [one.mail.recipients for one in ended.left] == [("cy@a.example",)]
    assert list(ended.states.values()) == [State.SENT, State.REFUSED, State.PENDING]
    assert ended.notice
    assert b"bob@a.example" in ended.notice.mail.data
    assert b"cy@a.example" not in ended.notice.mail.data


def test_what_was_put_off_is_tried_again_after_a_growing_pause() -> None:
    first = settled({"ada@example.org": BUSY}).left[0]
    second = settled({"ada@example.org": BUSY}, first).left[0]

    assert [first.due, second.due] == [NOON + timedelta(minutes=1), NOON + timedelta(minutes=2)]
    assert (first.state, second.tries) == (HeldState.DUE, 2)
    assert second.says == "451 4.3.0 try later"


def test_a_next_hop_that_is_away_is_no_try_of_a_message() -> None:
    left = settled({"ada@example.org": HUNG_UP}, is_away=True).left[0]

    assert (left.tries, left.due, left.says) == (0, NOON, "it hung up")


def test_a_message_that_it_hangs_up_on_was_tried_whoever_else_was_answered() -> None:
    hung_up = NotSent("it hung up", is_met=True)

    left = settled({"ada@example.org": hung_up}, is_away=True).left[0]

    assert (left.tries, left.due) == (1, NOON + timedelta(minutes=1))


def test_a_message_that_it_cannot_bear_waits_its_own_time() -> None:
    left = settled({"ada@example.org": HUNG_UP}, is_away=False).left[0]

    assert (left.tries, left.due) == (1, NOON + timedelta(minutes=1))


def test_what_may_have_arrived_is_kept_apart_from_what_is_tried_again() -> None:
    ended = settled({"ada@a.example": BUSY, "bob@a.example": Unanswered("it hung up")})

    assert [(one.state, one.mail.recipients) for one in ended.left] == [
        (HeldState.DUE, ("ada@a.example",)),
        (HeldState.IN_DOUBT, ("bob@a.example",)),
    ]
    assert list(ended.states.values()) == [State.PENDING, State.IN_DOUBT]


def test_it_is_given_up_once_the_pauses_come_to_five_days() -> None:
    held, tries = a_held(), 0
    while (ended := settled({"ada@example.org": BUSY}, held)).left:
        held, tries = ended.left[0], tries + 1

    assert tries == 66
    assert list(ended.states.values()) == [State.REFUSED]
    assert ended.notice
    assert ended.notice.fingerprint is None


def test_nobody_is_told_of_a_notice_that_fails() -> None:
    notice = a_held(mail=a_mail(sender=""), fingerprint=None)

    ended = settled({"ada@example.org": UNKNOWN}, notice)

    assert (ended.left, ended.notice) == ((), None)
