"""The places inside a page that a `#fragment` jumps to, where that can be said for sure."""

import html
import re
from urllib.parse import unquote

from sendguard.values import Url

MOST = 50_000
LONGEST = 200
_FEWEST_WORDS = 50  # of a page without any name, or with scripts, that is there to be read


def wanted_anchor(url: Url) -> str | None:
    """The name that the fragment of `url` jumps to; None where it is nothing of the kind.

    Left out are the top, text to highlight (`:~:text=`), what scripts read for themselves
    (`#/route`, `#!page`, `#a=b`), lines and comments, which sites load later, and hosts that
    are programs rather than pages.
    """
    fragment = url.fragment
    if not 0 < len(fragment) <= LONGEST or _OF_SCRIPTS.fullmatch(fragment):
        return None
    return None if _PROGRAMS.search(url.host) else squeezed(fragment) or None


def find_anchors(body: bytes, words: int) -> frozenset[str] | None:
    """Every name that may be jumped to; None where scripts may add what is not there.

    Names that only stand in a script, and addresses that begin with `#`, count as well: what
    the page itself speaks of may come to be.

    Args:
        body: The whole page as it came.
        words: How many it shows.
    """
    if len(found := _names(body)) > MOST:
        return None
    is_thin = words < _FEWEST_WORDS
    if is_thin and (not found or b"<script" in body.lower()):
        return None
    return frozenset(found)


def squeezed(name: str) -> str:
    """The letters and digits alone, so that no spelling of a name is taken for another."""
    plain = unquote(html.unescape(_DOTTED.sub(r"%\1", name))).casefold()
    bare = plain.removeprefix("user-content-")
    return "".join(letter for letter in bare if letter.isalnum())


def _names(body: bytes) -> set[str]:
    found = {name.group(1) for name in _NAMED.finditer(body)}
    return {squeezed(name.decode("utf-8", "replace")) for name in found} - {""}


# Every repetition has a bound, so that no page can keep us busy.
_NAMED = re.compile(
    rb"(?:\b(?:id|name|slug|anchor|hash|fragment)\\?[\"']?\s{0,3}[:=]\s{0,3}\\?[\"']?|[\"'(=]#)"
    rb"([^\"'\s<>\\#]{1,200})",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\.([0-9A-F]{2})")  # MediaWiki's own spelling of `%C3`
_OF_SCRIPTS = re.compile(
    r"top|[/!:].*|.*[=&/?].*|L\d+.*|(?:disqus_thread|comments?|respond|replies|discussion)"
    r"|.*(?:comment|reply|post|answer|event|message|msg|review|note|discussion_r)[-_]?\d+"
    r"|[a-z]?\d+|diff-.*|elementor.*|(?:mc|wp|ref|start)[-_].*",
    re.IGNORECASE | re.DOTALL,
)
_PROGRAMS = re.compile(
    r"(?:^|\.)(?:(?:docs|drive|mail|groups|calendar|colab\.research|play|maps)\.google\.com"
    r"|youtube\.com|youtu\.be|twitter\.com|x\.com|facebook\.com|linkedin\.com|instagram\.com"
    r"|reddit\.com|notion\.so|notion\.site|figma\.com|airtable\.com|discord\.com|slack\.com"
    r"|trello\.com|miro\.com|mastodon\.social|bsky\.app|godbolt\.org|codepen\.io"
    r"|stackblitz\.com|observablehq\.com|archive\.org)$"
    r"|^(?:app|play|playground|my|dashboard|console|matrix|element|mail|meet)\."
)
