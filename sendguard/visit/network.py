"""Telling a dead link from a dead network of our own."""

from collections.abc import Iterable
from dataclasses import replace

from sendguard.visit.visit import Answered, NotVisited, Trouble, Unreachable, Visit


def without_network(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """The visits of one run, told as `no-network` when nothing answered at all.

    Our own network counts as down when every visit that asked for something ended without
    a single HTTP answer and at least one name could not be found.
    """
    all_visits = tuple(visits)
    if not _network_is_down(all_visits):
        return all_visits
    return tuple(_blame_the_network(visit) for visit in all_visits)


def _network_is_down(visits: tuple[Visit, ...]) -> bool:
    troubles = [_silence(visit) for visit in visits if _asked(visit)]
    return Trouble.NO_SUCH_HOST in troubles and None not in troubles


def _asked(visit: Visit) -> bool:
    """Did it ask for something now? What is remembered says nothing of the network."""
    if visit.age_s is not None:
        return False
    match visit.outcome:
        case NotVisited() | Unreachable(trouble=Trouble.PRIVATE_ADDRESS, hops=()):
            return False
        case _:
            return True


def _silence(visit: Visit) -> Trouble | None:
    """The trouble of a visit that got no HTTP answer; None when one came."""
    match visit.outcome:
        case Unreachable(trouble=trouble, hops=()):
            return trouble
        case Answered() | Unreachable() | NotVisited():
            return None


def _blame_the_network(visit: Visit) -> Visit:
    match visit.outcome:
        case Unreachable(trouble=Trouble.NO_SUCH_HOST | Trouble.TIMEOUT) as outcome:
            detail = "nothing on the internet could be reached from this computer"
            return replace(
                visit, outcome=replace(outcome, trouble=Trouble.NO_NETWORK, detail=detail)
            )
        case _:
            return visit
