"""How foreign text is shown to a person: as text only, on one line, and short."""

import unicodedata

from sendguard.links import Link, Role
from sendguard.values import Url

# Joiners that scripts and emoji need; every other invisible character can only mislead.
_JOINERS = frozenset("\u200c\u200d")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})


def plain(text: str, limit: int = 80) -> str:
    """The text without control and direction characters, cut at `limit` characters."""
    visible = "".join(
        " " if letter.isspace() else letter for letter in text if _may_be_shown(letter)
    )
    words = " ".join(visible.split())
    return words if len(words) <= limit else f"{words[: limit - 1].rstrip()}…"


def quoted(text: str, limit: int = 80) -> str:
    """The text as `plain` shows it, between quotation marks."""
    return f"“{plain(text, limit)}”"


def shown(url: Url, limit: int = 120) -> str:
    """The address with its middle left out when it is long: both of its ends tell."""
    whole = plain(url.text, limit=len(url.text) + 1)
    if len(whole) <= limit:
        return whole
    half = (limit - 1) // 2
    return f"{whole[:half]}…{whole[-half:]}"


def called(link: Link) -> str:
    """What an editor would call the link, fit to begin a sentence."""
    if plain(link.label):
        return quoted(link.label, limit=60)
    if link.role in {Role.IMAGE, Role.RESOURCE}:
        return "An image without a description"
    return "A link without words"


def _may_be_shown(letter: str) -> bool:
    if letter.isspace() or letter in _JOINERS:
        return True
    return unicodedata.category(letter) not in _INVISIBLE
