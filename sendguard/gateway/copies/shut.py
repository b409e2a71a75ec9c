"""Links that act for their reader: the check opens none of them, so more may differ in them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from sendguard.gateway.copies.reader import HIS
from sendguard.values import Url
from sendguard.visit.forbidden import why_not_open
from sendguard.visit.tokens import may_be_token


@dataclass(frozen=True, slots=True)
class Shut:
    """What is left of a link that acts.

    Attributes:
        text: The same for all readers.
        values: What parameters say in words: the same for all, or the reader's own.
    """

    text: str
    values: tuple[str, ...]


def shut_skeleton(address: str) -> Shut | None:
    """A link without ids and tokens; None for one that the check would open all the same."""
    front, mark, behind = address.partition("?")
    top = _TOP.match(front)
    host = top[0] if top else ""
    steps = front[len(host) :]
    is_mail = host.lower() == "mailto:"
    if not is_mail and not _is_shut(f"{host}{_alike(steps)}{mark}{_alike(behind)}"):
        return None
    values: list[str] = []

    def pair(found: re.Match[str]) -> str:
        said = unquote(found[2])
        if said.isalpha() and not may_be_token(said):
            values.append(said.lower())
        return f"{found[1]}={HIS}"

    path = _STEP.sub(lambda step: HIS if _is_his(step[0]) else step[0], steps)
    return Shut(f"{host}{path}{mark}{_PAIR.sub(pair, behind)}", tuple(values))


def _is_his(text: str) -> bool:
    if HIS in text or "%40" in text or may_be_token(text):
        return True
    return any(letter.isdigit() for letter in text) and not _YEAR.fullmatch(text)


def _alike(text: str) -> str:
    """The same with another number for each number, and another token for each token."""
    return _STEP.sub(lambda step: _stand_in(step[0]), text)


def _stand_in(text: str) -> str:
    if not _is_his(text):
        return text
    return "7" * len(text) if text.isdigit() else _TOKEN


@lru_cache(4096)
def _is_shut(address: str) -> bool:
    url = Url.parse(address)
    return url is not None and why_not_open(url, "", frozenset()) is not None


_TOKEN = "8d3f1c7a9e4a2d8b"  # noqa: S105 - any
_TOP = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{0,30}:(?://[^/?#]*)?|//[^/?#]*")
_STEP = re.compile(r"[^/?&=#;:,|]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAIR = re.compile(r"([^=&#;]*)=([^&#;]*)")
