"""What rules about answers share: did it open, how it was reached, how much it weighs."""

import re
from collections.abc import Sequence

from sendguard.judge.asked import seen_once
from sendguard.judge.quote import plain, shown
from sendguard.judge.rule import LinkCase, Said, suspected
from sendguard.links import Role
from sendguard.links import plain as words_of
from sendguard.values import Url
from sendguard.visit import Answered, NotVisited, Outcome, Unreachable, Visit


def opened(outcome: Outcome) -> bool:
    """A page came back with success; no bot wall, and nothing else in a page's place."""
    match outcome:
        case Answered(walled=None, landed=landed) as answer:
            return 200 <= landed.status < 300 and not answer.is_no_page
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
    asked = visit.asked
    end = _end(visit.outcome) or asked
    if end is None:
        return "its address"
    if asked is None or asked.page == end.page:
        return shown(end)
    return f"{shown(asked)} leads to {shown(end)}, which"


def listed(signs: Sequence[str]) -> str:
    """What was seen, in one breath: `its title says “Not found”, and it has no text`."""
    said = [plain(sign, limit=200) for sign in signs]
    return ", and ".join(filter(None, (", ".join(said[:-1]), said[-1] if said else "")))


def weighed(case: LinkCase, says: str) -> Said:
    """A suspicion where a picture is loaded: the mail can still be read without it."""
    return suspected(says) if case.link.role is Role.RESOURCE else says


def proven(case: LinkCase, says: str) -> Said:
    """As `weighed`, and a suspicion as well where only one look showed it, or others deny it."""
    is_doubtful = seen_once(case.visit) or bool(though(case))
    return suspected(says) if is_doubtful else weighed(case, says)


def though(case: LinkCase) -> str:
    """What other links of the newsletter say against a failure, after a comma; mostly nothing."""
    match case.visit.outcome:
        case Unreachable(answers_others=True):
            return ", though it answered for another link"
        case _:
            return ""


def is_for_login(case: LinkCase) -> bool:
    """The link itself says that it leads to a login: “Log in”, “My account”."""
    return bool(_LOGIN_WORDS.search(f" {words_of(case.link.label)} "))


def _end(outcome: Outcome) -> Url | None:
    match outcome:
        case Answered(landed=landed):
            return landed.url
        case Unreachable(at=at):
            return at
        case NotVisited():
            return None


_LOGIN_WORDS = re.compile(
    r" (?:log ?in|log ?on|sign ?in|sign ?up|account|dashboard|profile|members? area|members only"
    r"|portal|anmelden|einloggen|konto|connexion|se connecter|compte|iniciar sesion|cuenta|accedi"
    r"|inloggen|logga in|logg inn|zaloguj) "
)
