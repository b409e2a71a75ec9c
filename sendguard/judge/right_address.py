"""The right address for a wrong link, from what the author's site says of its own articles."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

from rapidfuzz import fuzz, process

from sendguard.intent import From
from sendguard.intent.feed import KnownArticle
from sendguard.intent.feed.known import slug
from sendguard.judge.answer import opened
from sendguard.judge.front_page import front_page_instead_of
from sendguard.judge.hosts import site_of
from sendguard.judge.match import Match, is_at, is_same
from sendguard.judge.rule import LinkCase
from sendguard.judge.titles import numbers, words
from sendguard.links import Role
from sendguard.values import Url
from sendguard.visit import (
    Answered,
    Hop,
    NotVisited,
    Outcome,
    Page,
    Reason,
    Trouble,
    Unreachable,
    Visit,
)
from sendguard.visit.forbidden import why_not_open

MOST_LOOKED_UP = 200
"""Doubtful links of one newsletter; where more are wrong, a better address is no help."""

NEAR = 90  # percent; a typing error, a plural, an article left out
FEWEST_LETTERS = 8  # of the last step of a path; shorter ones are near to too many
_FEWEST_WORDS = 2
_MOST_NEAR = 5
_DOUBTFUL = 0.5


def with_right_addresses(
    cases: Sequence[LinkCase], known: Sequence[KnownArticle]
) -> tuple[LinkCase, ...]:
    """The cases, those that seem wrong with the address that they should have if it is known."""
    if not known:
        return tuple(cases)
    site, left = _Site(known), MOST_LOOKED_UP
    done: list[LinkCase] = []
    for case in cases:
        looked_up = left > 0 and case.right is None and _seems_wrong(case)
        done.append(replace(case, right=_right(case, site)) if looked_up else case)
        left -= looked_up
    return tuple(done)


def confirmed(case: LinkCase, visits: Mapping[Url, Visit]) -> LinkCase:
    """The case, its right address held against what was there.

    An address that leads to the very page that the link opens proves the link right; one that
    leads to no page is not named.
    """
    visit = visits.get(case.right) if case.right else None
    if visit is None:
        return case
    if _leads_nowhere(visit):
        return replace(case, right=None)
    if _meet(case.visit.outcome, visit.outcome):
        match = Match(sureness=1.0, best_title=case.match.best_title) if case.match else None
        return replace(case, right=None, match=match)
    return case


def _leads_nowhere(visit: Visit) -> bool:
    match visit.outcome:
        case Unreachable(trouble=trouble):
            # The one visit of its kind that finds no host is taken for a dead network.
            return trouble in {Trouble.NO_SUCH_HOST, Trouble.NO_NETWORK}
        case _:
            return _is_gone(visit.outcome) or front_page_instead_of(visit) is not None


def _meet(one: Outcome, other: Outcome) -> bool:
    """Do both come to the same page?"""
    match one, other:
        case Answered(page=Page()) as here, Answered(landed=there) if opened(here):
            return is_at(there.url, here)
        case _:
            return False


def _seems_wrong(case: LinkCase) -> bool:
    if case.link.role is Role.RESOURCE:
        return False
    if case.match is not None and case.match.sureness < _DOUBTFUL:
        return True
    return _is_gone(case.visit.outcome) or front_page_instead_of(case.visit) is not None


def _is_gone(outcome: Outcome) -> bool:
    match outcome:
        case Answered(walled=None, landed=Hop(status=404 | 410)):
            return True
        case Answered() as answer:
            return answer.is_no_page
        case Unreachable(trouble=trouble):
            return trouble is Trouble.NO_SUCH_HOST
        case NotVisited(reason=reason):
            return reason is Reason.MALFORMED


def _right(case: LinkCase, site: "_Site") -> Url | None:
    meant = case.intent
    found = meant.url if meant and meant.source is From.FEED else None
    if not found and meant and meant.title:
        found = site.titled(meant.title)
    asked = case.visit.asked
    if not found and asked and _is_gone(case.visit.outcome):
        found = site.like(asked)
    if found is None or _is_there(case, found) or why_not_open(found, "", frozenset()):
        return None
    return found


def _is_there(case: LinkCase, right: Url) -> bool:
    """Has the link this address already, or does it come by it?"""
    if case.visit.asked and is_same(right, case.visit.asked):
        return True
    outcome = case.visit.outcome
    return isinstance(outcome, Answered) and is_at(right, outcome)


class _Site:
    """The known articles, to be looked up by title and by address; made when first asked."""

    def __init__(self, known: Sequence[KnownArticle]) -> None:
        self._known = known

    def titled(self, title: str) -> Url | None:
        """The one article of that title, or of one that is all but the same."""
        asked = " ".join(words(title))
        if len(asked.split()) < _FEWEST_WORDS:
            return None
        if asked in self._by_title:
            return _only([asked], self._by_title)
        return _only(_nearest(asked, self._by_title), self._by_title)

    def like(self, url: Url) -> Url | None:
        """The one page of the same site whose name is all but the same, or begins so."""
        asked, names = slug(url).casefold(), self._by_name.get(site_of(url.host), {})
        if len(asked) < FEWEST_LETTERS:
            return None
        if asked in names:
            return _only([asked], names)
        begun = [name for name in names if name.startswith(asked)]
        return _only(begun or _nearest(asked, names), names)

    @cached_property
    def _by_title(self) -> "_Found":
        found: defaultdict[str, list[Url]] = defaultdict(list)
        for one in self._known:
            _add(found[" ".join(words(one.title))], one.url)
        return dict(found)

    @cached_property
    def _by_name(self) -> Mapping[str, "_Found"]:
        found: defaultdict[str, defaultdict[str, list[Url]]] = defaultdict(_no_names)
        for one in self._known:
            _add(found[site_of(one.url.host)][slug(one.url).casefold()], one.url)
        return {site: dict(names) for site, names in found.items()}


_Found: TypeAlias = Mapping[str, list[Url]]


def _no_names() -> defaultdict[str, list[Url]]:
    return defaultdict(list)


def _add(urls: list[Url], url: Url) -> None:
    # Three are as good as a thousand: what has several addresses has no right one.
    if len(urls) < _MOST_NEAR and not any(is_same(url, other) for other in urls):
        urls.append(url)


def _nearest(asked: str, names: "_Found") -> list[str]:
    """Those that are all but the same, with the same numbers."""
    near = process.extract(
        asked, list(names), scorer=fuzz.ratio, score_cutoff=NEAR, limit=_MOST_NEAR
    )
    return [name for name, _, _ in near if numbers(name) == numbers(asked)]


def _only(names: Sequence[str], found: "_Found") -> Url | None:
    """The address that all these names share; None when there are several."""
    urls = [url for name in names for url in found[name]]
    return urls[0] if len(urls) == 1 else None
