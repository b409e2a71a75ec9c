"""Right addresses at which no page was seen: nobody can say yet that they are right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sendguard.correct.plan import Repair
from sendguard.gate import Checked
from sendguard.judge.answer import opened
from sendguard.judge.quote import called, plain
from sendguard.links import Link, Role
from sendguard.visit import Answered, NotVisited, Outcome, Reason, Unreachable

_OWN_TO_READERS = {Role.UNSUBSCRIBE, Role.PREFERENCES, Role.WEB_VERSION}
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Unopened:
    """A repaired place whose new address did not open.

    Attributes:
        says: What was seen instead, one sentence.
        may_vouch: A person who has opened it herself knows better.
    """

    says: str
    may_vouch: bool


def find_unopened(repairs: Sequence[Repair], repaired: Checked) -> tuple[Unopened, ...]:
    """The right addresses that did not open, each told once.

    Args:
        repairs: What was repaired.
        repaired: What went out with its repairs, checked: it has the same links.
    """
    outcomes = {one.link.id: one.visit.outcome for one in repaired.links}
    found = {
        repair.address: told
        for repair in reversed(repairs)
        for told in _told(repair, outcomes.get(repair.place.id))
    }
    return tuple(reversed(found.values()))


def _told(repair: Repair, outcome: Outcome | None) -> Iterator[Unopened]:
    if outcome is None or not opened(outcome):
        address = plain(repair.address, _LONGEST)
        says, may_vouch = _why(outcome, repair.place)
        yield Unopened(says=f"{called(repair.place)} → {address}: {says}", may_vouch=may_vouch)


def _why(outcome: Outcome | None, place: Link) -> tuple[str, bool]:
    match outcome:
        case Answered(walled=walled) if walled is not None:
            return "the site keeps programs out, so open it yourself", True
        case Answered(landed=landed):
            return f"no page opens there (status {landed.status})", False
        case Unreachable(trouble=trouble):
            return f"nothing answers there ({trouble.value})", False
        case NotVisited(reason=Reason.PERSONAL):
            return "it is another for each reader, so open one yourself", True
        case NotVisited(reason=Reason.ACTS):
            may_vouch = place.role in _OWN_TO_READERS
            return "opening it would do something for a reader, so it was left shut", may_vouch
    return "it was not opened, so nobody knows that it is right", False
