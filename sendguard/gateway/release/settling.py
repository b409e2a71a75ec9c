"""What the answers of the next hop make of a message that the store keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sendguard.gateway.ended import Ended
from sendguard.gateway.held import Held, HeldState
from sendguard.gateway.passage import reader_key
from sendguard.gateway.release.non_delivery import non_delivery
from sendguard.judge.quote import plain
from sendguard.send import Accepted, Deferred, NotSent, Outcome, Refused, State, Unanswered
from sendguard.send.later import growing_pause_s

_LONGEST_SAID = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms messages are tried.

    Attributes:
        keep_trying_s: A message is given up once the pauses between its tries come to this. How
            long its campaign waited for a verdict does not count, nor how long the next hop was
            away: a notice to the sender would have had to go there, too.
        reporting: Name of the machine that notices to senders come from.
    """

    keep_trying_s: float
    reporting: str


def settled_by(
    held: Held, outcomes: Mapping[str, Outcome], now: datetime, terms: Terms, *, is_away: bool
) -> Ended:
    """What is written down of a message that was handed on and came to this.

    Args:
        held: As it was taken.
        outcomes: For each of its recipients.
        now: Of the answers.
        terms: For trying again.
        is_away: No message was answered meanwhile: where it was not sent, that was no try of it,
            unless the server was there and hung up on it.
    """
    is_try = not is_away or any(map(_is_about_it, outcomes.values()))
    tries = held.tries + is_try
    pause_s = _pause_before_again_s(tries, terms.keep_trying_s) if is_try else 0.0
    states = {who: _state(one, is_given_up=pause_s is None) for who, one in outcomes.items()}
    failures = {who: outcomes[who] for who, state in states.items() if state is State.REFUSED}
    due = now + timedelta(seconds=pause_s or 0.0)
    again = replace(held, state=HeldState.DUE, tries=tries, due=due)
    unknown = replace(held, state=HeldState.IN_DOUBT, tries=held.tries + 1, due=None)
    return Ended(
        taken=held,
        left=(
            *_left(again, states, State.PENDING, outcomes),
            *_left(unknown, states, State.IN_DOUBT, outcomes),
        ),
        states={reader_key(who): state for who, state in states.items()},
        notice=_notice(held, failures, now, terms.reporting),
    )


def put_back(held: Held, due: datetime | None = None) -> Ended:
    """A message that was taken and not tried is due as before, or then."""
    left = replace(held, state=HeldState.DUE, due=due or held.due)
    return Ended(taken=held, left=(left,), states=_all(held, State.PENDING))


def in_doubt(held: Held, says: str) -> Ended:
    """Nobody can know whether a message that was taken has arrived."""
    left = replace(held, state=HeldState.IN_DOUBT, tries=held.tries + 1, due=None, says=says)
    return Ended(taken=held, left=(left,), states=_all(held, State.IN_DOUBT))


def cancelled(held: Held) -> Ended:
    """A message that was taken is not to go out any more."""
    return Ended(taken=held, states=_all(held, State.CANCELLED))


def said(outcome: Outcome) -> str:
    """What the server answered, or what happened, as one line."""
    match outcome:
        case Accepted(reply) | Refused(reply) | Deferred(reply):
            return plain(str(reply), _LONGEST_SAID)
        case Unanswered(says=says) | NotSent(says=says):
            return plain(says, _LONGEST_SAID)


def _is_about_it(outcome: Outcome) -> bool:
    return isinstance(outcome, Deferred) or (isinstance(outcome, NotSent) and outcome.is_met)


def _all(held: Held, state: State) -> Mapping[str, State]:
    return {reader_key(who): state for who in held.mail.recipients}


def _pause_before_again_s(tries: int, keep_trying_s: float) -> float | None:
    """Seconds before the next try; None where it is given up."""
    waited_s = sum(map(growing_pause_s, range(1, tries)))
    return None if waited_s >= keep_trying_s else growing_pause_s(tries)


def _state(outcome: Outcome, *, is_given_up: bool) -> State:
    match outcome:
        case Accepted():
            return State.SENT
        case Refused():
            return State.REFUSED
        case Unanswered():
            return State.IN_DOUBT
        case Deferred() | NotSent():
            return State.REFUSED if is_given_up else State.PENDING


def _left(
    as_it_stands: Held,
    states: Mapping[str, State],
    state: State,
    outcomes: Mapping[str, Outcome],
) -> Iterable[Held]:
    """The message for those recipients that are in this state, if there are any."""
    who = tuple(address for address in as_it_stands.mail.recipients if states[address] is state)
    if who:
        mail = replace(as_it_stands.mail, recipients=who)
        yield replace(as_it_stands, mail=mail, says=said(outcomes[who[0]]))


def _notice(
    held: Held, failures: Mapping[str, Outcome], now: datetime, reporting: str
) -> Held | None:
    """To the sender; none where nobody is to be told, as of what is a notice itself."""
    if not (failures and held.mail.sender):
        return None
    mail = non_delivery(held.mail, failures, reporting=reporting, since=held.since, at=now)
    return Held(fingerprint=None, mail=mail, since=now, state=HeldState.DUE)
