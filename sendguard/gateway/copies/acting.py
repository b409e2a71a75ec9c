"""Links of a copy by which platforms know its reader: those that sign him off, and the like."""

import re
from html import unescape

from sendguard.visit.acting_by_words import ACTING, acts


def acting_addresses(html: str) -> list[str]:
    """Addresses in it that seem to act, each once, without their entities.

    They are looked for by the words that may stand in them: one look for each is much quicker than
    a look at every link.
    """
    html = _COMMENTS.sub("", html) if "<!--" in html else html
    lower = html.lower()
    found: dict[str, None] = {}
    for word in ACTING:
        at = lower.find(word)
        for _ in range(_MOST_ACTING):
            if at < 0:
                break
            start, end = _around(html, at)
            if _IS_HREF.search(lower, max(0, start - _NEAR), start):
                found[unescape(html[start:end])] = None
            at = lower.find(word, end)
    return [one for one in found if ("//" in one or one.startswith("mailto:")) and acts(one)]


def campaigns_in(html: str) -> list[str]:
    """What stands in listmonk's links for the campaign, and in its acting links for the reader."""
    return _OF_CAMPAIGN.findall(html) if "/link/" in html else []


def _around(html: str, at: int) -> tuple[int, int]:
    """From where to where the value reaches that a letter stands in."""
    begin = max(html.rfind(sign, max(0, at - _LONGEST), at) for sign in "\"'= \n>") + 1
    ends = [html.find(sign, at, at + _LONGEST) for sign in "\"'> \n<"]
    return begin or at, min((end for end in ends if end >= 0), default=at + 1)


_LONGEST = 2_000
_MOST_ACTING = 5
_NEAR = 20
_IS_HREF = re.compile(r"href\s*=\s*[\"']?$")
_COMMENTS = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_OF_CAMPAIGN = re.compile(
    r"/link/[0-9a-f-]{36}/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/[0-9a-f-]{36}"
)
