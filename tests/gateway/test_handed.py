"""One answer for what the next hop made of all recipients."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from sendguard.gateway.handed import result_of
from sendguard.send import Accepted, Deferred, NotSent, Outcome, Refused, Reply, State, Unanswered

TAKEN = Reply(code=250, enhanced="2.0.0", text="queued as 4711")
LATER = Reply(code=450, enhanced="4.2.0", text="greylisted")
NO_ONE = Reply(code=550, enhanced="5.1.1", text="nobody of that name")

OUTCOMES = st.sampled_from(
    [Accepted(TAKEN), Deferred(LATER), Refused(NO_ONE), NotSent("gone"), Unanswered("gone")]
)


def test_an_answer_to_all_is_handed_on_as_it_is() -> None:
    assert (
        result_of({"a@x.example": Accepted(TAKEN), "b@x.example": Accepted(TAKEN)}).reply == TAKEN
    )


def test_a_refusal_is_handed_on_as_it_is() -> None:
    assert result_of({"a@x.example": Refused(NO_ONE)}).reply == NO_ONE


def test_being_put_off_is_handed_on_as_it_is() -> None:
    assert result_of({"a@x.example": Deferred(LATER)}).reply == LATER


def test_where_some_may_get_it_later_and_nobody_has_it_the_sender_keeps_it() -> None:
    assert (
        result_of({"a@x.example": Refused(NO_ONE), "b@x.example": Deferred(LATER)}).reply == LATER
    )


def test_where_some_have_it_the_others_are_ours() -> None:
    outcomes: Mapping[str, Outcome] = {
        "a@x.example": Accepted(TAKEN),
        "b@x.example": Deferred(LATER),
        "c@x.example": Refused(NO_ONE),
    }

    result = result_of(outcomes)

    assert result.reply.code == 250
    assert result.later == ("b@x.example",)
    assert result.refused == {"c@x.example": Refused(NO_ONE)}


def test_a_next_hop_that_fell_silent_is_no_pass_and_no_refusal() -> None:
    result = result_of({"a@x.example": Unanswered("the connection broke off")})

    assert result.reply.code == 451
    assert result.states == {"a@x.example": State.IN_DOUBT}


def test_a_next_hop_that_is_not_there_never_had_it() -> None:
    assert result_of({"a@x.example": NotSent("refused")}).unreached


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,3}@x\.example", fullmatch=True), OUTCOMES, min_size=1)
)
def test_nobody_is_forgotten(outcomes: Mapping[str, Outcome]) -> None:
    result = result_of(outcomes)

    answered_for = {*result.later, *result.refused}
    has_it = {one for one, outcome in outcomes.items() if isinstance(outcome, Accepted)}
    assert result.reply.code != 250 or answered_for | has_it == set(outcomes)
