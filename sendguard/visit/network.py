"""Telling a dead link from a dead network of our own, from all visits of a run together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sendguard.values import Url
from sendguard.visit.visit import Answered, NotVisited, Trouble, Unreachable, Visit

SEVERAL = 3
"""Sites that do not fall silent together by chance."""

ABOUT_THEN = timedelta(seconds=1)
"""What was asked so long before the last answer may have failed with it, and not before it."""

_NO_WAY_THERE = frozenset({Trouble.REFUSED, Trouble.NO_SUCH_HOST, Trouble.NO_NETWORK})
_SILENT = _NO_WAY_THERE | {Trouble.RESET, Trouble.TIMEOUT}
_NEVER = "nothing on the internet could be reached from this computer"


def without_network(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """The visits of one run, those told as `no-network` that our own network kept from an answer.

    It was down all the time when nothing answered at all, and a name could not be found or
    several sites refused. It went down when nothing answered any more, and among two or more
    sites without a way there is one that had answered before, or there are several that were
    first asked since then.
    """
    all_visits = tuple(visits)
    if troubles := _signs_that_it_was_down(all_visits):
        return tuple(_blame_the_network(visit, _NEVER, troubles) for visit in all_visits)
    last = max((visit.heard for visit in all_visits if visit.heard and _asked(visit)), default=None)
    if last is None or not _went_down(all_visits, last):
        return _faltering(all_visits)
    says = f"nothing could be reached any more since {last:%H:%M:%S} UTC"
    return _faltering(
        _blame_the_network(visit, says, _SILENT) if _is_lost(visit, last) else visit
        for visit in all_visits
    )


def _signs_that_it_was_down(visits: Sequence[Visit]) -> frozenset[Trouble]:
    """The troubles that our own network made; empty where it was there."""
    silent = [_silence(visit) for visit in visits if _asked(visit)]
    if None in silent:
        return frozenset()
    refusing = {one.at.host for one in silent if one and one.trouble is Trouble.REFUSED}
    if len(refusing) >= SEVERAL:
        return _SILENT
    is_nameless = any(one and one.trouble is Trouble.NO_SUCH_HOST for one in silent)
    return frozenset({Trouble.NO_SUCH_HOST, Trouble.TIMEOUT} if is_nameless else ())


def _went_down(visits: Sequence[Visit], last: datetime) -> bool:
    lost = [
        (visit.tries[0], visit.outcome.at)
        for visit in visits
        if isinstance(visit.outcome, Unreachable)
        and visit.outcome.trouble in _NO_WAY_THERE
        and _is_lost(visit, last)
    ]
    answering = _answering(visits)
    has_answered = any(_door(at) in answering for _, at in lost)
    first_asked_since = {at.host for asked, at in lost if asked > last}
    sites = {at.host for _, at in lost}
    return (has_answered and len(sites) > 1) or len(first_asked_since) >= SEVERAL


def _is_lost(visit: Visit, last: datetime) -> bool:
    """Was it asked in vain about when the last answer came, and since?"""
    match visit:
        case Visit(outcome=Unreachable(trouble=trouble), tries=(first, *_) as tries):
            # What hangs or breaks off may have been asked for long.
            is_of_then = trouble not in _NO_WAY_THERE or first > last - ABOUT_THEN
            return trouble in _SILENT and tries[-1] > last and is_of_then
        case _:
            return False


def _faltering(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """The visits, those marked where no way led to a server that answered others of them."""
    all_visits = tuple(visits)
    answering = _answering(all_visits)
    return tuple(_marked(visit, answering) for visit in all_visits)


def _marked(visit: Visit, answering: frozenset[tuple[str, int]]) -> Visit:
    match visit.outcome:
        case Unreachable(trouble=Trouble.REFUSED | Trouble.NO_SUCH_HOST, at=at) as outcome if (
            _door(at) in answering
        ):
            return replace(visit, outcome=replace(outcome, answers_others=True))
        case _:
            return visit


def _answering(visits: Iterable[Visit]) -> frozenset[tuple[str, int]]:
    """Where answers came from in this run."""
    here = (visit.outcome for visit in visits if visit.age_s is None)
    return frozenset(
        _door(hop.url)
        for outcome in here
        if isinstance(outcome, Answered | Unreachable)
        for hop in outcome.hops
    )


def _door(url: Url) -> tuple[str, int]:
    return url.host, url.port


def _asked(visit: Visit) -> bool:
    """Did it ask for something now? What is remembered says nothing of the network."""
    if visit.age_s is not None:
        return False
    match visit.outcome:
        case NotVisited() | Unreachable(trouble=Trouble.PRIVATE_ADDRESS, hops=()):
            return False
        case _:
            return True


def _silence(visit: Visit) -> Unreachable | None:
    """What a visit met that got no HTTP answer; None when one came."""
    match visit.outcome:
        case Unreachable(hops=()) as silence:
            return silence
        case Answered() | Unreachable() | NotVisited():
            return None


def _blame_the_network(visit: Visit, says: str, troubles: frozenset[Trouble]) -> Visit:
    match visit.outcome:
        case Unreachable(trouble=trouble) as outcome if trouble in troubles:
            blamed = replace(outcome, trouble=Trouble.NO_NETWORK, detail=says)
            return replace(visit, outcome=blamed)
        case _:
            return visit
