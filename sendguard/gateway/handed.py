"""What the next hop made of a message: for the client, for the record, and for those left over."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sendguard.gateway.replies import NO_ANSWER, NO_NEXT_HOP, PARTED
from sendguard.send import Accepted, Deferred, NotSent, Outcome, Refused, Reply, State, Unanswered

_STATES: Mapping[type[Outcome], State] = {
    Accepted: State.SENT,
    Refused: State.REFUSED,
    Deferred: State.PENDING,
    NotSent: State.PENDING,
    Unanswered: State.IN_DOUBT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What is to be done after a message was handed on.

    Attributes:
        reply: For the client.
        states: How each recipient stands.
        later: Recipients that are still to be tried, although the client gets a 250.
        refused: Recipients that were refused although the client gets a 250: the sender has to hear
            of them.
        unreached: Why the next hop never had the message; None where it had.
    """

    reply: Reply
    states: Mapping[str, State]
    later: tuple[str, ...] = ()
    refused: Mapping[str, Outcome] = field(default_factory=dict)
    unreached: str | None = None


def result_of(outcomes: Mapping[str, Outcome]) -> Result:
    """What follows from the outcome for each recipient.

    One answer stands for all of them: the next hop's own where it says the same of everyone. Where
    it took the message for some, those are done with, and the gateway is answerable for the others.
    Where it took it for nobody, the sender keeps it as long as one of them may get it later.
    """
    states = {one: _STATES[type(outcome)] for one, outcome in outcomes.items()}
    all_outcomes = tuple(outcomes.values())
    if any(isinstance(one, Unanswered) for one in all_outcomes):
        return Result(reply=NO_ANSWER, states=states)
    taken = [one.reply for one in all_outcomes if isinstance(one, Accepted)]
    if len(taken) == len(all_outcomes):
        return Result(reply=taken[0], states=states)
    if taken:
        return _parted(outcomes, states)
    put_off = [one.reply for one in all_outcomes if isinstance(one, Deferred)]
    if put_off:
        return Result(reply=put_off[0], states=states)
    not_sent = [one.says for one in all_outcomes if isinstance(one, NotSent)]
    if not_sent:
        return Result(reply=NO_NEXT_HOP, states=states, unreached=not_sent[0])
    refused = [one.reply for one in all_outcomes if isinstance(one, Refused)]
    return Result(reply=refused[0], states=states)


def _parted(outcomes: Mapping[str, Outcome], states: Mapping[str, State]) -> Result:
    waits = Deferred | NotSent
    return Result(
        reply=PARTED,
        states=states,
        later=tuple(one for one, outcome in outcomes.items() if isinstance(outcome, waits)),
        refused={one: what for one, what in outcomes.items() if isinstance(what, Refused)},
    )
