"""What was met on the way to a link, in the words of a person."""

from collections.abc import Iterable
from typing import assert_never

from sendguard.judge.approval import Approval
from sendguard.judge.finding import Finding
from sendguard.links import Link, Role
from sendguard.report.layout import LONG, plain
from sendguard.visit import (
    Answered,
    Kind,
    NotVisited,
    Outcome,
    Page,
    Reason,
    Trouble,
    Unreachable,
    Visit,
    unwrapped,
)

MOST_NAMES = 3
_TROUBLES = {
    Trouble.NO_SUCH_HOST: "there is no site named {host}",
    Trouble.REFUSED: "{host} refuses the connection",
    Trouble.RESET: "{host} hung up before it answered",
    Trouble.TIMEOUT: "{host} did not answer in time",
    Trouble.BAD_CERTIFICATE: "{host} has a certificate that browsers do not trust",
    Trouble.REDIRECT_LOOP: "it is redirected in a circle",
    Trouble.TOO_MANY_HOPS: "it is redirected too many times",
    Trouble.NO_PROPER_ANSWER: "{host} gave no proper answer",
    Trouble.PRIVATE_ADDRESS: "{host} is on a private network, where no reader can go",
    Trouble.NO_NETWORK: "your own network seems to be down",
}
_MAY_ACT = "may do something (confirm, vote, unsubscribe), so it was not opened"
_REASONS = {
    Reason.ACTS: f"opening it {_MAY_ACT}",
    Reason.PERSONAL: "its address is made for each reader, so it was not opened",
    Reason.NOT_WEB: "it is no web address, so it could not be opened",
    Reason.MALFORMED: "its address is not well formed, so it could not be opened",
    Reason.OFFLINE: "it was not opened, because of --offline",
    Reason.INTERRUPTED: "it was not opened, because the check was interrupted",
}

_SHORT_TROUBLES = {
    Trouble.TIMEOUT: "did not answer in time",
    Trouble.NO_NETWORK: "not reached, because your own network seems to be down",
}
_SHORT_KINDS = {
    Kind.ACT: "lead on to what may act",
    Kind.SHELL: "only shown by a browser",
    Kind.UNTOLD: "did not come to a title",
    Kind.EMPTY: "empty",
}
_MEANT_TO_OPEN = {Role.ARTICLE, Role.IMAGE, Role.BUTTON, Role.NAVIGATION, Role.OTHER}
_LEFT_SHUT = {Reason.ACTS: "link that acts", Reason.PERSONAL: "made for each reader"}
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))
_SHORT_REASONS = {
    Reason.OFFLINE: "not opened, because of --offline",
    Reason.INTERRUPTED: "not opened, because of the interrupt",
}


def why_unverified(outcome: Outcome) -> str:
    """Why it cannot be told whether the link is right: a sentence."""
    match outcome:
        case Answered(walled=str(wall)):
            said = f"it turns programs away ({plain(wall)}), so open it yourself"
        case Answered(page=Page(cut_short=True)):
            said = "the answer broke off before the title of the page had come"
        case Answered(kind=Kind.ACT):
            said = f"it leads on to what {_MAY_ACT}"
        case Answered(kind=Kind.SHELL):
            said = "the page is made by a program in the browser, so open it yourself"
        case Answered(kind=Kind.UNTOLD):
            said = "so much comes before the title of the page that it was not waited for"
        case Answered(kind=Kind.EMPTY):
            said = "the site answered with success and sent nothing to show"
        case Answered():
            said = f"it answered with an error (status {outcome.landed.status})"
        case Unreachable(trouble=trouble, at=at, detail=detail):
            said = f"it could not be reached: {_TROUBLES[trouble].format(host=plain(at.host))}"
            said += f" ({plain(detail)})" if detail else ""
        case NotVisited(reason=reason):
            said = _REASONS[reason]
        case _:
            assert_never(outcome)
    return f"{said[0].upper()}{said[1:]}."


def what_was_not_asked(visit: Visit) -> str:
    """What stood in for the newsletter's own address: a few words; empty where nothing did."""
    if visit.url is None or visit.instead is None:
        return ""
    if unwrapped(visit.url):
        return f"{plain(visit.url.host)} only passes on, and was not asked: it would count a click"
    return "asked without the part of the address that names one reader"


def why_in_short(outcome: Outcome) -> str:
    """The same in a few words, to be counted: `3 did not answer in time`."""
    match outcome:
        case Answered(page=Page(cut_short=True)):
            return "did not answer in full"
        case Answered(kind=kind):
            return _SHORT_KINDS.get(kind, "answered with an error")
        case Unreachable(trouble=trouble, detail=detail):
            # With no network the links are not listed, so that only here is told why.
            why = f" ({plain(detail)})" if detail and trouble is Trouble.NO_NETWORK else ""
            return f"{_SHORT_TROUBLES.get(trouble, 'could not be reached')}{why}"
        case NotVisited(reason=reason):
            return _SHORT_REASONS.get(reason, "could not be opened")
        case _:
            assert_never(outcome)


def what_was_left_shut(link: Link, visit: Visit) -> str:
    """What a link is that was not opened on purpose; where that does not say why, the reason."""
    match visit.outcome:
        case NotVisited(reason=reason) if link.role in _MEANT_TO_OPEN:
            return _LEFT_SHUT.get(reason, link.role)
        case _:
            return link.role.replace("-", " ")


def what_opens(answer: Answered) -> str | None:
    """The title of what a reader would see; None when that is no page, as an error or a wall."""
    page = answer.page
    is_page = answer.kind is Kind.PAGE and answer.walled is None
    if page is None or not is_page or not 200 <= answer.landed.status < 300:
        return None
    if page.best_title:
        return plain(page.best_title)
    return "a page without a title" if "html" in page.media_type else f"a file ({page.media_type})"


def seen_ago(age_s: float) -> str:
    """When a page was seen that is remembered: `seen 4 minutes ago`."""
    return f"seen {ago(age_s)}"


def ago(age_s: float) -> str:
    """How long ago, in whole units: `4 minutes ago`, or `just now`."""
    if age_s < 1:
        return "just now"
    size, unit = next((one for one in _UNITS if age_s >= one[0]), (1, "second"))
    number = int(age_s // size)
    return f"{number} {unit}{'' if number == 1 else 's'} ago"


def what_was_approved(found: Finding) -> str:
    """Who lets the finding stand, or did: a sentence; empty where that is nobody."""
    if found.approved:
        return f"Approved {by_whom(found.approved)}: {plain(found.approved.because, LONG)}"
    if found.lapsed:
        return f"Approved {by_whom(found.lapsed)}; that has passed."
    return ""


def by_whom(approval: Approval) -> str:
    """Whose word it is and how long it counts."""
    return f"by {plain(approval.by)} until {approval.until}"


def names_of(people: Iterable[str]) -> str:
    """Each name once: `Ada`, `Ada and Bob`, or `Ada, Bob and 3 others`."""
    names = [plain(name) for name in dict.fromkeys(people)]
    if len(names) == 1:
        return names[0]
    if len(names) <= MOST_NAMES:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[: MOST_NAMES - 1])} and {len(names) - MOST_NAMES + 1} others"
