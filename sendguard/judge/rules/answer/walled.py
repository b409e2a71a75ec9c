"""SG207, walled."""

from collections.abc import Iterator

from sendguard.judge.answer import is_for_login
from sendguard.judge.quote import called, plain, shown
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered, Kind


@link_rule(
    "SG207",
    severity=Severity.NOTE,
    advice="Open this one yourself and see that it is the right page.",
)
def walled(case: LinkCase) -> Iterator[Said]:
    """The site lets people in and keeps programs out.

    Why it matters:
        The link may be right or wrong: only a person can tell. To call it broken would
        be a false alarm, to call it fine a guess.

    Caught:
        What is still there when it is asked for as a browser asks: a page that asks whether
        one is human, whatever its status; a refusal (403), a
        limit on the number of visits (429), a page that is not shown in this country
        (451), status 999. A login where the link says that it leads to one.

    Let through:
        Other logins (SG214) and consent pages (SG215), which are walls as well; other odd
        statuses (SG211), errors of the site (SG205), pages that are not there (SG201).

    Blind spot:
        Everything behind the wall. The newsletter may pass all the same, and the link is
        listed to be opened by hand; with gate.walled: unverified it does not (exit code 3).
    """
    match case.visit.outcome:
        case Answered(walled=str() as sign, landed=landed) if not _is_for_another_rule(case):
            seen = plain(sign, limit=120) or "the site keeps programs out"
            yield f"{called(case.link)} could not be looked at: {seen}, {shown(landed.url)}"


def _is_for_another_rule(case: LinkCase) -> bool:
    match case.visit.outcome:
        case Answered(kind=Kind.CONSENT):
            return True
        case Answered(kind=Kind.LOGIN):
            return not is_for_login(case)
        case _:
            return False
