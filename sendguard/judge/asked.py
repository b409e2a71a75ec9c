"""How often and when a link was asked for before its failure was said."""

from sendguard.visit import Answered, NotVisited, Visit

_TIMES = {2: "twice", 3: "three times"}


def twice(visit: Visit) -> str:
    """“ twice” where more than one look showed it; nothing where that is not known.

    It does not tell how many: what a finding says must be the same in the next check.
    """
    return " twice" if len(visit.tries) > 1 else ""


def seen_once(visit: Visit) -> bool:
    """True where a failure rests on a single look, which proves too little."""
    return len(visit.tries) == 1


def when_asked(visit: Visit) -> str:
    """A sentence for a failure that was looked at again, after a space; nothing for all else."""
    if len(visit.tries) < 2 or _opened(visit):
        return ""
    first, last = (f"{at:%H:%M:%S}" for at in (visit.tries[0], visit.tries[-1]))
    when = f"at {first}" if first == last else f"between {first} and {last}"
    often = _TIMES.get(len(visit.tries), f"{len(visit.tries)} times")
    return f" (Asked for {often}, {when} UTC.)"


def _opened(visit: Visit) -> bool:
    match visit.outcome:
        case Answered(page=page, walled=None):
            return page is not None
        case NotVisited():
            return True
        case _:
            return False
