"""How an address is written, before anybody asks whether it is there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from sendguard.judge.quote import plain, quoted
from sendguard.values import LONGEST_ADDRESS


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the writing.

    Attributes:
        why: Fit to stand behind a colon.
        sure: False where a page may all the same be there, so that its answer settles it.
    """

    why: str
    sure: bool = True


Check: TypeAlias = Callable[[str], Fault | None]

_SCHEME = re.compile(r"([a-z][a-z0-9+-]*):", re.IGNORECASE)
_OWN_BROWSER = frozenset(
    """blob chrome chrome-extension edge moz-extension resource safari-web-extension
    view-source""".split()
)
_EMPTY = re.compile(
    r"#?!?|javascript:\s*+(?:void\s*+\(?\s*+0?\s*+\)?)?;?|about:blank", re.IGNORECASE
)
_OTHER_NOTATION = re.compile(r"^[(\[<“\"'](?=\s*https?:)|\]\(https?:|%5D\(https?:", re.IGNORECASE)
_TWO_BEGINNINGS = re.compile(r"https?[:;.]?/*\s*https?(?::|;|//)", re.IGNORECASE)
_MISTYPED = re.compile(r"(?!https?:)(?=[htps]*t)(?=[htps]*p)[htps]{3,7}:/", re.IGNORECASE)
_BEGINNING = re.compile(r"https?(?=[:;,\\]|//|\.//|\s)", re.IGNORECASE)
_GOOD_BEGINNING = re.compile(r"https?://[^/\\\s]", re.IGNORECASE)
_GLUED = re.compile(r"[a-z0-9]https?://", re.IGNORECASE)
_GLUED_END = re.compile(r"https?:?/{0,2}$", re.IGNORECASE)
_BARE_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,24})(?::\d+)?(?P<rest>[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_GENERAL_ENDINGS = frozenset(
    """academy agency ai app art biz blog cloud club co com community design dev edu email eu
    events fm foundation gov health info int io me media mil museum net news online org page
    press report school shop site social space store studio tech today tv website wiki work
    world xyz""".split()
)
_FILE_ENDINGS = frozenset(
    {"cc", "cs", "gz", "hs", "js", "md", "pl", "ps", "py", "rb", "rs", "sh", "so", "ts"}
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff]"
)
_SURE_JUNK = re.compile(r"(?:[>”“»\"<]|&(?:gt|quot|lt);?)$")
_PERHAPS_JUNK = re.compile(r"[.,;:!'’*]$")
# Browsers copy the words that were marked on the page behind it, full stop and all.
_TEXT_FRAGMENT = "#:~:"
_MAILBOX = re.compile(r"[^\s@<>]+@[^\s@<>.]+(?:\.[^\s@<>.]+)+")


def is_empty(href: str) -> bool:
    """A click on it does nothing."""
    return bool(_EMPTY.fullmatch(href.strip()))


@lru_cache(1_024)
def scheme_of(href: str) -> str:
    """What stands before the first colon, in lower case; empty where that is no scheme."""
    found = _SCHEME.match(href.strip())
    return found.group(1).lower() if found else ""


def lacks_scheme(href: str) -> bool:
    """A whole address but for its beginning, such as `www.example.org` or `example.org/a`."""
    found = _BARE_HOST.fullmatch(href.strip())
    if not found:
        return False
    ending, rest = found.group(1).lower(), found.group("rest")
    two_letters = len(ending) == 2 and (bool(rest) or ending not in _FILE_ENDINGS)
    return href.strip().lower().startswith("www.") or two_letters or ending in _GENERAL_ENDINGS


@lru_cache(1_024)
def fault_in(href: str, *, typed: bool = True) -> Fault | None:
    """The first thing wrong with the writing of an address; None when it is well written.

    Args:
        href: As written, entities decoded.
        typed: False for an address found in running text, whose last punctuation mark may
            belong to the sentence.
    """
    text = href.strip()
    checks = (*_CHECKS, _ends_in_junk) if typed else _CHECKS
    return next((fault for check in checks if (fault := check(text))), None)


def _is_too_long(text: str) -> Fault | None:
    if len(text) <= LONGEST_ADDRESS:
        return None
    return Fault(f"it is over {LONGEST_ADDRESS:,} characters long, and no browser opens that")


def _is_in_other_notation(text: str) -> Fault | None:
    if _OTHER_NOTATION.search(text):
        return Fault("brackets or quotation marks of another notation are still around it")
    return None


def _is_of_own_browser(text: str) -> Fault | None:
    scheme = scheme_of(text)
    if scheme not in _OWN_BROWSER:
        return None
    return Fault(f"“{scheme}:” only works in the browser that it was copied from")


def _begins_twice(text: str) -> Fault | None:
    found = _TWO_BEGINNINGS.match(text)
    return Fault(f"it begins twice, “{found.group()}”") if found else None


def _begins_mistyped(text: str) -> Fault | None:
    found = _MISTYPED.match(text)
    if not found:
        return None
    return Fault(f"“{found.group().rstrip('/')}” should be “https:”")


def _begins_oddly(text: str) -> Fault | None:
    if not _BEGINNING.match(text) or _GOOD_BEGINNING.match(text):
        return None
    return Fault("it should begin with “https://” and then the name of the site")


def _begins_with_a_space(text: str) -> Fault | None:
    return Fault("it begins with a space (%20)") if text.startswith("%20") else None


def _is_glued(text: str) -> Fault | None:
    if scheme_of(text) not in {"http", "https"}:
        return None
    behind = text.partition("://")[2].partition("?")[0]
    if _GLUED.search(behind):
        return Fault("two addresses are stuck together in it")
    if _GLUED_END.search(behind) and "://" in behind[-3:]:
        return Fault("the beginning of another address is stuck to its end")
    return None


def _is_bare_mail_address(text: str) -> Fault | None:
    box = text.partition("?")[0]
    if "/" in box or ":" in box or not _MAILBOX.fullmatch(box):
        return None
    return Fault(f"it is a mail address without “mailto:” in front; write “mailto:{plain(text)}”")


def _lacks_beginning(text: str) -> Fault | None:
    return Fault("“https://” is missing at its beginning") if lacks_scheme(text) else None


def _has_unseen(text: str) -> Fault | None:
    found = _INVISIBLE.search(text)
    return Fault(f"an invisible character (U+{ord(found.group()):04X}) is in it") if found else None


def _has_space(text: str) -> Fault | None:
    if scheme_of(text) in {"mailto", "tel", "sms", "javascript", "data"}:
        return None
    if len(text.split()) > 1:
        return Fault("a space or a line break is in it")
    return Fault("it ends in a space (%20)", sure=False) if text.endswith("%20") else None


def _has_no_host(text: str) -> Fault | None:
    if scheme_of(text) not in {"http", "https"}:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return Fault("the name of the site or the number behind its colon cannot be read")
    if not parts.hostname or port == 0 or ".." in parts.hostname or parts.hostname.startswith("."):
        return Fault("the name of the site is missing or incomplete")
    return None


def _names_someone_before_the_site(text: str) -> Fault | None:
    if scheme_of(text) not in {"http", "https"}:
        return None
    site, slash, _ = text.partition("://")[2].partition("/")
    someone, at, _ = site.partition("@")
    if not at or "?" in site or "#" in site:
        return None
    if not slash and ":" not in someone and _MAILBOX.fullmatch(site):
        return Fault(f"it is a mail address behind “https://”; write “mailto:{plain(site)}”")
    return Fault("what stands before its “@” is a name or a password, not the site", sure=False)


def _is_no_mail_address(text: str) -> Fault | None:
    if scheme_of(text) != "mailto":
        return None
    to, _, query = text.partition(":")[2].partition("?")
    boxes = [box.strip() for box in unquote(to).split(",")]
    if boxes == [""]:
        return None if query else Fault("the mail address behind “mailto:” is missing")
    wrong = next((box for box in boxes if not _MAILBOX.fullmatch(box)), None)
    return None if wrong is None else Fault(f"{quoted(wrong)} is no mail address")


def _is_no_number(text: str) -> Fault | None:
    if scheme_of(text) not in {"tel", "sms"}:
        return None
    number = unquote(text).partition(":")[2].partition(";")[0].partition("?")[0]
    if not any(letter.isdigit() for letter in number):
        return Fault("no telephone number is in it")
    if re.search(r"[a-z]", number, re.IGNORECASE) and not re.search(r"\d\s*[pwx]", number):
        return Fault("a telephone number has letters in it", sure=False)
    return None


def _ends_in_junk(text: str) -> Fault | None:
    found = _SURE_JUNK.search(text)
    if found:
        return Fault(f"“{found.group()}” is stuck to its end")
    if _TEXT_FRAGMENT in text:
        return None
    partner = {")": "(", "]": "["}.get(text[-1:])
    alone = partner is not None and text.count(text[-1]) > text.count(partner)
    if alone or _PERHAPS_JUNK.search(text):
        return Fault(f"“{text[-1]}” seems to be stuck to its end", sure=False)
    return None


_CHECKS: tuple[Check, ...] = (
    _is_too_long,
    _is_in_other_notation,
    _is_of_own_browser,
    _begins_twice,
    _begins_mistyped,
    _begins_oddly,
    _begins_with_a_space,
    _is_glued,
    _is_bare_mail_address,
    _lacks_beginning,
    _has_unseen,
    _has_space,
    _has_no_host,
    _names_someone_before_the_site,
    _is_no_mail_address,
    _is_no_number,
)
