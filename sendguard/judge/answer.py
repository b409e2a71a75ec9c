"""What rules about answers share: did it open, how it was reached, how much it weighs."""

from sendguard.judge.quote import shown
from sendguard.judge.rule import LinkCase, Said, suspected
from sendguard.links import Role
from sendguard.values import Url
from sendguard.visit import Answered, NotVisited, Outcome, Unreachable, Visit


def opened(outcome: Outcome) -> bool:
    """A page came back with success, and not from a bot wall."""
    match outcome:
        case Answered(walled=None, landed=landed):
            return 200 <= landed.status < 300
        case _:
            return False


def ends(case: LinkCase) -> tuple[Url, ...]:
    """The addresses that the link stands for: its own, and where a success came from."""
    own = (case.link.url,) if case.link.url else ()
    match case.visit.outcome:
        case Answered(landed=landed) as answer if opened(answer):
            return (*own, landed.url)
        case _:
            return own


def reached(visit: Visit) -> str:
    """The address asked, and where it leads: `https://a leads to https://b, which`."""
    end = _end(visit.outcome) or visit.url
    if end is None:
        return "its address"
    if visit.url is None or visit.url.page == end.page:
        return shown(end)
    return f"{shown(visit.url)} leads to {shown(end)}, which"


def weighed(case: LinkCase, says: str) -> Said:
    """A suspicion where a picture is loaded: the mail can still be read without it."""
    return suspected(says) if case.link.role is Role.RESOURCE else says


def _end(outcome: Outcome) -> Url | None:
    match outcome:
        case Answered(landed=landed):
            return landed.url
        case Unreachable(at=at):
            return at
        case NotVisited():
            return None
