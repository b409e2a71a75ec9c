"""A page held against the intent: is this the article that was meant?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from sendguard.intent import From, Intent
from sendguard.judge.hosts import site_of
from sendguard.judge.likeness import liken
from sendguard.judge.numbering import contradiction
from sendguard.judge.titles import scripts, split_title, weight, words
from sendguard.values import Url
from sendguard.visit import Answered, Page

# Where the likeness of two titles (0 to 1) stands for a sureness; straight lines between.
# Taken from pairs of real labels and titles: of different articles of one site half lie
# below 0.3, and of right ones nineteen in twenty above 0.7.
_CURVE = ((0.0, 0.0), (0.35, 0.08), (0.52, 0.2), (0.65, 0.5), (0.7, 0.65), (0.8, 0.9), (1.0, 1.0))
_UNTOLD = 0.5
_STEM = 6  # letters; “rescued” and “rescues”


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How well a page answers to an intent.

    Attributes:
        sureness: 0 to 1 that the page is the intended article; 0.5 when it cannot be told.
        best_title: The title of the page that fits best; None when the page has none.
        why: Reasons for a person, each a few words; empty when it simply fits.
    """

    sureness: float
    best_title: str | None
    why: tuple[str, ...] = ()


def match_page(intent: Intent, answer: Answered, story: str = "") -> Match | None:
    """Hold a page against the intent; None when there is nothing to compare.

    Args:
        intent: What the link is meant to open.
        answer: What it opens.
        story: The words around the link; a title that they hold is no stranger.
    """
    if answer.page is None:
        return None
    if intent.url and intent.source is From.FEED and is_at(intent.url, answer):
        return Match(sureness=1.0, best_title=answer.page.best_title)
    # A feed's address may be a detour of its own; that a page is not at it proves nothing.
    if intent.url and intent.source is not From.FEED and not is_at(intent.url, answer):
        why = (f"it is not {intent.url.text}",) if intent.title else ()
        return Match(sureness=0.0, best_title=answer.page.best_title, why=why)
    if intent.title is None:
        return Match(sureness=1.0, best_title=answer.page.best_title)
    found = _match_titles(intent.title, answer.page, answer.landed.url)
    if found is None or found.sureness >= _UNTOLD or intent.source is From.DECLARED:
        return found
    excuse = _excuse(intent.title, answer, story, decided=bool(found.why))
    return replace(found, sureness=_UNTOLD, why=(excuse,)) if excuse else found


def _excuse(meant: str, answer: Answered, story: str, *, decided: bool) -> str | None:
    """Why a guess at what the link means cannot be held against the page; None where it can."""
    title = (answer.page.best_title if answer.page else None) or ""
    if contradiction(meant, title):
        return None
    about = answer.page.description if answer.page else None
    excuses = {
        "its title stands in the story around the link": story and _holds(story, title),
        "the page's own description speaks of it": (
            about and not decided and _holds(f"{title} {about}", meant)
        ),
        "the page is called like a file": _FILE.fullmatch(title),
        "the link's words say too little": sum(map(weight, words(meant))) < _TOO_LITTLE,
        "the link points into the page": _POINTS_INTO.fullmatch(answer.hops[0].url.fragment),
    }
    return next((why for why, holds in excuses.items() if holds), None)


_TOO_LITTLE = 1.0
_POINTS_INTO = re.compile(
    r"(?!(?:top|content|main|comments?|respond|more|article|post)$|[:/!])(?=.*[^\W\d_]{3}).+",
    re.IGNORECASE,
)


def is_at(meant: Url, answer: Answered) -> bool:
    """Was the address asked for, come to, or named by the page itself as its own?"""
    canonical = answer.page.canonical if answer.page else None
    ends = (*(hop.url for hop in answer.hops), canonical)
    return any(is_same(meant, url) for url in ends if url)


def is_same(meant: Url, url: Url) -> bool:
    """Equal but for `www.`, a last slash, and parameters that only this one has (tracking)."""
    return _bare(meant) == _bare(url) and _parameters(meant) <= _parameters(url)


def _bare(url: Url) -> str:
    return url.host.removeprefix("www.") + url.path.rstrip("/")


def _parameters(url: Url) -> frozenset[str]:
    return frozenset(filter(None, url.query.split("&")))


@lru_cache(256)  # a story's picture, headline and button mean the same and open the same
def _match_titles(meant: str, page: Page, url: Url) -> Match | None:
    titles = tuple(dict.fromkeys(_titles(page)))
    if not titles:
        return None
    if untold := _untold(meant, titles):
        return Match(sureness=_UNTOLD, best_title=page.best_title, why=(untold,))
    likeness = liken(meant, titles, _slugs(page, url), names=_names(page, url))
    why = (likeness.why,) if likeness.why else ()
    return Match(sureness=_on_curve(likeness.score), best_title=page.best_title, why=why)


def _untold(meant: str, titles: Sequence[str]) -> str | None:
    """Why the titles cannot be compared with the words; None where they can."""
    written = scripts(meant) - {"LATIN"} or scripts(meant)
    if written and not any(written & scripts(title) or not scripts(title) for title in titles):
        return "the page is in another script"
    return None


_FILE = re.compile(r"[\w.-]{1,80}\.[A-Za-z]\w{1,4}")


def headlines(answer: Answered) -> frozenset[tuple[str, ...]]:
    """Every headline that a page can be said to have, cut into words."""
    if answer.page is None:
        return frozenset()
    names = _names(answer.page, answer.landed.url)
    parts = (part for title in _titles(answer.page) for part in split_title(title, names))
    return frozenset(words(part) for part in parts)


def _names(page: Page, url: Url) -> tuple[str, ...]:
    host = url.host.removeprefix("www.")
    return tuple(filter(None, (page.site_name, host, site_of(host).partition(".")[0])))


def _titles(page: Page) -> Iterator[str]:
    facts = (page.og_title, page.title, page.headline, page.heading, page.twitter_title)
    return (fact for fact in facts if fact)


def _slugs(page: Page, url: Url) -> tuple[str, ...]:
    """What the addresses of a page spell: the last telling step of each, and the fragment."""
    addresses = (url, page.canonical) if page.canonical else (url,)
    return tuple(filter(None, (*map(_last_step, addresses), unquote(url.fragment))))


def _last_step(url: Url) -> str:
    steps = [step for step in unquote(url.path).split("/") if step]
    named = [step for step in steps if sum(map(str.isalpha, step)) > 3]
    last = named[-1] if named else ""
    return last.rpartition(".")[0] if "." in last else last


def _holds(story: str, title: str) -> bool:
    """Are most of the title's telling words in the story?"""
    telling = [word for word in set(words(title)) if weight(word) > 0.5]
    there = {word[:_STEM] for word in words(story)}
    held = sum(word[:_STEM] in there for word in telling)
    return len(telling) > 1 and held / len(telling) > 0.6


def _on_curve(likeness: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(_CURVE):
        if likeness <= x1:
            return y0 + (y1 - y0) * (likeness - x0) / (x1 - x0)
    return 1.0
