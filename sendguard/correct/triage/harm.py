"""Signs that an address does harm: it is hostile, or gives away what is somebody's own."""

import re
from urllib.parse import unquote, urlsplit

from sendguard.correct.triage.facts import Harm, Mistake
from sendguard.links.merge_tags import has_tag
from sendguard.values import LONGEST_ADDRESS, Url
from sendguard.visit import Answered, Kind, Visit
from sendguard.visit.unwrap import without_reader

_RUNS = re.compile(r"\s*(?:javascript|vbscript|data|file)\s*:", re.IGNORECASE)
_DOES_NOTHING = re.compile(r"\s*javascript\s*:\s*(?:void\s*\(?\s*0?\s*\)?)?\s*;?\s*", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-z]{2,24}\b", re.IGNORECASE)
_SECRET = re.compile(
    r"(?:\w{0,20}[_-])?(?:token|api_?key|auth|secret|password|passwd|pwd|passcode|session_?id|"
    r"signature|jwt|otp|magic)",
    re.IGNORECASE,
)
_FEWEST_OF_A_SECRET = 8
_DOCUMENTS = frozenset(
    """docs.google.com drive.google.com sharepoint.com onedrive.live.com 1drv.ms dropbox.com
    box.com notion.so notion.site figma.com miro.com airtable.com atlassian.net trello.com
    asana.com monday.com office.com""".split()
)


def sign_of_harm(mistake: Mistake) -> tuple[Harm, str] | None:
    """What looks harmful, a sentence; None where nothing does."""
    if _RUNS.match(mistake.href[:100]) and not _DOES_NOTHING.fullmatch(mistake.href[:100]):
        return Harm.HOSTILE, f"{mistake.called} would run a program in place of opening a page."
    if mistake.wrong is None or has_tag(mistake.href):
        return None
    if given := _given_away(mistake.wrong, mistake.right):
        return Harm.PERSONAL_DATA, f"The address of {mistake.called} holds {given}."
    return _seen(mistake)


def _given_away(wrong: Url, right: Url) -> str | None:
    """What of somebody's own the address holds; what the right one holds too was meant."""
    if urlsplit(wrong.text).password:
        return "a password"
    text = unquote(wrong.text[:LONGEST_ADDRESS].partition("://")[2].partition("/")[2])
    if (mail := _MAIL.search(text)) and mail[0] not in unquote(right.text):
        return "somebody's mail address"
    if without_reader(wrong) != wrong and without_reader(right) == right:
        return "what tells one reader from all others"
    return "what looks like a key or a password" if _secrets(wrong) - _secrets(right) else None


def _secrets(url: Url) -> set[str]:
    pairs = (pair.partition("=") for pair in url.query.split("&"))
    return {
        name.lower()
        for name, _, value in pairs
        if len(value) >= _FEWEST_OF_A_SECRET and _SECRET.fullmatch(name[:60])
    }


def _seen(mistake: Mistake) -> tuple[Harm, str] | None:
    match mistake.seen:
        case Visit(outcome=Answered(kind=Kind.PARKED) as answer) if answer.is_no_page:
            says = f"{mistake.called} opens a domain that anybody can buy, and fill with anything."
            return Harm.HOSTILE, says
        case Visit(url=Url() as url, outcome=Answered(kind=Kind.LOGIN)) if _holds_documents(url):
            says = f"{mistake.called} opens a document that asks for a login, so it may be private."
            return Harm.PERSONAL_DATA, says
        case _:
            return None


def _holds_documents(url: Url) -> bool:
    labels = url.host.split(".")[-6:]
    return any(".".join(labels[at:]) in _DOCUMENTS for at in range(len(labels)))
