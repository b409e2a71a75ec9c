"""Whether two addresses come to the same page, so that no reader notices which one it was."""

import re

from sendguard.correct.triage.facts import Mistake
from sendguard.judge.answer import opened
from sendguard.values import Url
from sendguard.visit import Answered, Trouble, Unreachable, Visit

_COUNTING = re.compile(r"(?:utm_\w{1,40}|fbclid|gclid|mc_cid)(?:=|$)", re.IGNORECASE)


def why_same_page(mistake: Mistake) -> str | None:
    """Why readers come to the right page all the same, a sentence; None when they do not."""
    wrong, right = mistake.wrong, mistake.right
    if wrong is None or _is_broken(mistake.seen):
        return None
    if _bare(wrong) == _bare(right):
        return f"{mistake.called} opens the right page: only what counts clicks differs."
    if _without_scheme(wrong) == _without_scheme(right):
        return f"{mistake.called} opens the right page: only http and https differ."
    if _end(mistake.seen) and _end(mistake.seen) == _end(mistake.expected):
        return f"{mistake.called} comes to the right page: both addresses end at the same one."
    return None


def without_counting(query: str) -> str:
    """A query without the parameters that only count clicks."""
    return "&".join(pair for pair in query.split("&") if pair and not _COUNTING.match(pair))


def _bare(url: Url) -> tuple[str, str, int, str, str, str]:
    path = url.path.rstrip("/") or "/"
    return (url.scheme, url.host, url.port, path, without_counting(url.query), _route(url))


def _without_scheme(url: Url) -> tuple[str, ...]:
    scheme, host, port, path, query, route = _bare(url)
    usual = {"http": 80, "https": 443}[scheme]
    return (host, "" if port == usual else str(port), path, query, route)


def _route(url: Url) -> str:
    """The fragment, where it names a page of its own; a place on the page counts for nothing."""
    return url.fragment if url.fragment.startswith(("/", "!")) else ""


def _end(visit: Visit | None) -> tuple[str, ...] | None:
    """What the visit came to rest on, by its canonical address where it names one."""
    match visit:
        case Visit(outcome=Answered() as answer) if opened(answer):
            canonical = answer.page.canonical if answer.page else None
            return _without_scheme(canonical or answer.landed.url)
        case _:
            return None


def _is_broken(visit: Visit | None) -> bool:
    """It was surely looked at, and no page was there; a wall proves nothing."""
    match visit:
        case Visit(outcome=Answered(walled=None) as answer):
            return not opened(answer)
        case Visit(outcome=Unreachable(trouble=trouble)):
            return trouble is not Trouble.NO_NETWORK
        case _:
            return False
