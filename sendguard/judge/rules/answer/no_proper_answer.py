"""SG209, no-proper-answer."""

from collections.abc import Iterator

from sendguard.judge.answer import opened, reached
from sendguard.judge.quote import called, plain
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered, Kind, Page, Trouble, Unreachable
from sendguard.visit.enough import LIMIT
from sendguard.visit.ports import is_bad_port


@link_rule(
    "SG209",
    severity=Severity.WARN,
    advice="Open it yourself; if your browser shows the whole page, it may stay; if not, drop it.",
)
def no_proper_answer(case: LinkCase) -> Iterator[Said]:
    """Something answered, but not with a page.

    Why it matters:
        The site may be broken, or may break off talks with programs that it does not
        like.

    Caught:
        A connection that is cut, an answer that is garbled, a page that stops before its
        title or never comes to one; a port that browsers refuse to open, which is not
        asked. The finding only warns, but the link stays unverified (exit code 3).

    Let through:
        A page that stops after all that was looked for had come.

    Blind spot:
        Whether a browser, which forgives more, shows the page. The link counts as not
        determined, not as broken.
    """
    match case.visit.outcome:
        case Unreachable(trouble=Trouble.RESET):
            # Not “twice”: the other look may have met something else, as a server that went away.
            yield f"{_could_not(case)} broke off the connection"
        case Unreachable(trouble=Trouble.NO_PROPER_ANSWER, at=at) if is_bad_port(at.port):
            port = f"port {at.port}, which browsers never open"
            yield f"{called(case.link)} opens in no browser: {reached(case.visit)} asks for {port}"
        case Unreachable(trouble=Trouble.NO_PROPER_ANSWER, detail=detail):
            why = f" ({plain(detail)})" if detail else ""
            yield f"{_could_not(case)} gave no proper answer{why}"
        case Answered(page=Page(cut_short=True)) as answer if opened(answer):
            yield f"{_could_not(case)} sent only a part of the page"
        case Answered(kind=Kind.UNTOLD) as answer if opened(answer):
            yield f"{_could_not(case)} sent {LIMIT // 1024} kB without coming to a title"


def _could_not(case: LinkCase) -> str:
    return f"{called(case.link)} could not be looked at: {reached(case.visit)}"
