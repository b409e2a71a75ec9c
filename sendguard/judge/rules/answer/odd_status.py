"""SG211, odd-status."""

from collections.abc import Iterator

from sendguard.judge.answer import reached
from sendguard.judge.quote import fails
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered, Hop, Kind

_WORDS = {
    400: "takes the address for a mistake",
    402: "asks for payment",
    405: "does not show pages",
}


@link_rule(
    "SG211",
    severity=Severity.WARN,
    advice="Open it in a private window, where you are not logged in, and see what readers get.",
)
def odd_status(case: LinkCase) -> Iterator[Said]:
    """The answer is neither a page nor one of the usual errors.

    Why it matters:
        The reader may meet a login, a refusal or an empty page. Some sites say such
        things only to programs, so it is no proof.

    Caught:
        Statuses such as 400, 402, 405, 406 and 418, a redirect that names no place to
        go, and success without a single letter (204, or an empty page). The finding
        only warns, but the link stays unverified (exit code 3).

    Let through:
        Success with something to show; 404 and 410 (SG201); server errors (SG205). Logins
        and refusals, such as 401, 403, 429 and 451, which say nothing about what readers
        get: those are walls, SG207, to be opened by hand. A redirect to what acts, which
        is not followed.

    Blind spot:
        What a browser with the reader's own cookies would get.
    """
    match case.visit.outcome:
        case Answered(walled=None, landed=Hop(status=status), kind=Kind.EMPTY):
            answers = f"{reached(case.visit)} answers {status} with nothing to show"
            yield f"{fails(case.link, 'opens no page')}: {answers}"
        case Answered(walled=None, landed=Hop(status=status), kind=kind) if (
            _is_odd(status) and kind is not Kind.ACT
        ):
            words = _WORDS.get(status, "sends on to nowhere" if 300 <= status < 400 else "")
            why = f" ({words})" if words else ""
            answers = f"{reached(case.visit)} answers {status}{why}"
            yield f"{fails(case.link, 'opens no page')}: {answers}"


def _is_odd(status: int) -> bool:
    usual = 200 <= status < 300 or 500 <= status < 600
    return not usual and status not in {404, 410}
