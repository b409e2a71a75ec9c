"""How foreign text is shown to a person: as text only, on one line, and short."""

import re
import unicodedata

from sendguard.links import Link, Role
from sendguard.values import Url

_PASSWORD = re.compile(r"^(https?://[^/?#@:]*:)[^/?#]*@", re.IGNORECASE)

# Joiners that scripts and emoji need; every other invisible character can only mislead.
_JOINERS = frozenset("\u200c\u200d")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
# So much is read for one character shown: the rest of two megabytes cannot matter.
_FOREIGN_LIMIT = 8


def plain(text: str, limit: int = 80) -> str:
    """The text without control and direction characters, cut at `limit` characters."""
    words = " ".join(_visible(text[: _FOREIGN_LIMIT * limit]).split())
    return words if len(words) <= limit else f"{words[: limit - 1].rstrip()}…"


def quoted(text: str, limit: int = 80) -> str:
    """The text as `plain` shows it, between quotation marks."""
    return f"“{plain(text, limit)}”"


def shown(url: Url, limit: int = 120) -> str:
    """The address without a password, its middle left out when it is long: both ends tell."""
    known = _PASSWORD.sub(r"\1…@", url.text, count=1)
    whole = plain(known, limit=len(known) + 1)
    if len(whole) <= limit:
        return whole
    half = (limit - 1) // 2
    return f"{whole[:half]}…{whole[-half:]}"


def called(link: Link) -> str:
    """What an editor would call the link, fit to begin a sentence."""
    name = quoted(link.label, limit=60) if plain(link.label, limit=60) else ""
    if link.role is Role.RESOURCE:
        return f"The image {name}".rstrip() if link.element == "img" else "A file that is loaded"
    if name:
        return name
    return "An image without a description" if link.role is Role.IMAGE else "A link without words"


def ago(issues: int) -> str:
    """How far back an earlier issue is, counted from 1 for the last one."""
    return "in the last issue" if issues == 1 else f"{issues} issues ago"


def issue(back: int) -> str:
    """The earlier issue itself, counted as `ago` counts, fit to follow “of”."""
    return "the last issue" if back == 1 else ago(back)


def fails(link: Link, how: str) -> str:
    """What the reader meets: `how` for a link that is followed, a gap for what is loaded."""
    return f"{called(link)} {'cannot be shown' if link.role is Role.RESOURCE else how}"


def opens(link: Link) -> str:
    """The link and the verb that an address may follow."""
    return f"{called(link)} {'is loaded from' if link.role is Role.RESOURCE else 'opens'}"


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if letter.isspace() else letter for letter in text if _may_be_shown(letter))


def _may_be_shown(letter: str) -> bool:
    if letter.isspace() or letter in _JOINERS:
        return True
    return unicodedata.category(letter) not in _INVISIBLE
