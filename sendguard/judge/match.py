"""A page held against the intent: is this the article that was meant?"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from rapidfuzz import fuzz

from sendguard.intent import From, Intent
from sendguard.judge.titles import numbers, script, split_title, subject, weight, words
from sendguard.values import Url
from sendguard.visit import Answered, Page

# Where the likeness of two titles (0 to 1) stands for a sureness; straight lines between.
# Taken from pairs of real labels and titles: of different articles of one site half lie
# below 0.3, and of right ones nineteen in twenty above 0.7.
_CURVE = ((0.0, 0.0), (0.3, 0.1), (0.5, 0.35), (0.6, 0.6), (0.75, 0.9), (1.0, 1.0))
_SAME_WORD = 85  # percent; "organise" and "organize", a plural, a typing error
_OTHER_NUMBER = 0.3
_SAME_SUBJECT = 0.5
_UNTOLD = 0.5


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
    told = "" if intent.source is From.DECLARED else story
    return _match_titles(intent.title, answer.page, answer.landed.url, told)


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


def _match_titles(meant: str, page: Page, url: Url, story: str) -> Match | None:
    titles = tuple(dict.fromkeys(_titles(page)))
    if not titles:
        return None
    if not any(script(title) == script(meant) for title in titles):
        why = "the page is in another script"
        return Match(sureness=_UNTOLD, best_title=page.best_title, why=(why,))
    likeness, best = max(
        (_likeness(meant, part, title), title)
        for title in (*titles, _slug(url))
        for part in split_title(title, _names(page, url))
    )
    best_title = best if best in titles else page.best_title
    sureness = _on_curve(likeness)
    if sureness < _UNTOLD and story and _holds(story, page.best_title or ""):
        why = "its title stands in the story around the link"
        return Match(sureness=_UNTOLD, best_title=best_title, why=(why,))
    return Match(sureness=sureness, best_title=best_title)


def headlines(answer: Answered) -> frozenset[tuple[str, ...]]:
    """Every headline that a page can be said to have, cut into words."""
    if answer.page is None:
        return frozenset()
    names = _names(answer.page, answer.landed.url)
    parts = (part for title in _titles(answer.page) for part in split_title(title, names))
    return frozenset(words(part) for part in parts)


def _names(page: Page, url: Url) -> tuple[str, ...]:
    return tuple(filter(None, (page.site_name, url.host.removeprefix("www."))))


def _titles(page: Page) -> Iterator[str]:
    facts = (page.og_title, page.title, page.headline, page.heading, page.twitter_title)
    return (fact for fact in facts if fact)


def _slug(url: Url) -> str:
    """The last telling step of the path, as words."""
    steps = [step for step in unquote(url.path).split("/") if step]
    named = [step for step in steps if sum(map(str.isalpha, step)) > 3]
    last = named[-1] if named else ""
    return last.rpartition(".")[0].replace("-", " ") if "." in last else last.replace("-", " ")


def _likeness(meant: str, part: str, title: str) -> float:
    """0 to 1: how far the telling words of each are words of the other.

    Numbers are looked for in the whole title: "Part 3" is easily taken for a site's name.
    """
    ours, theirs = words(meant), words(part)
    if not ours or not theirs:
        return 0.0
    ours_found, theirs_found = _share(ours, theirs), _share(theirs, ours)
    overlap = math.sqrt(ours_found * theirs_found)
    whole = float(fuzz.ratio(" ".join(ours), " ".join(theirs))) / 100
    likeness = max(overlap, whole if whole > 0.8 else 0.0)
    if _numbers_differ(meant, title):
        return min(likeness, _OTHER_NUMBER)
    return max(likeness, _SAME_SUBJECT if _share_subject(meant, theirs, title) else 0.0)


def _share_subject(meant: str, theirs: tuple[str, ...], title: str) -> bool:
    """Is the page about the same thing, however it is worded: its name, or a telling number?"""
    name = words(subject(meant))
    if name and any(weight(word) > 0.5 for word in name) and set(name) <= set(theirs):
        return True
    return any(
        len(number) > 2 and not _is_year(number) for number in numbers(meant) & numbers(title)
    )


def _share(these: tuple[str, ...], others: tuple[str, ...]) -> float:
    """The share of the weight of these words that stands among the others."""
    found = sum(weight(word) for word in set(these) if _among(word, others))
    return found / sum(weight(word) for word in set(these))


def _among(word: str, others: tuple[str, ...]) -> bool:
    if word in others or f"{word}s" in others or word.removesuffix("s") in others:
        return True
    if len(word) < 5 or not word.isalpha():
        return False
    return any(len(o) > 4 and fuzz.ratio(word, o, score_cutoff=_SAME_WORD) for o in others)


def _numbers_differ(one: str, other: str) -> bool:
    """Do both have numbers, none of them in common? A year differs only from years."""
    ours, theirs = numbers(one), numbers(other)
    return not ours & theirs and any(
        _is_year(mine) == _is_year(yours) for mine in ours for yours in theirs
    )


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.startswith(("19", "20"))


def _holds(story: str, title: str) -> bool:
    """Are most of the title's telling words in the story?"""
    telling = [word for word in set(words(title)) if weight(word) > 0.5]
    there = set(words(story))
    return len(telling) > 1 and sum(word in there for word in telling) / len(telling) > 0.6


def _on_curve(likeness: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(_CURVE):
        if likeness <= x1:
            return y0 + (y1 - y0) * (likeness - x0) / (x1 - x0)
    return 1.0
