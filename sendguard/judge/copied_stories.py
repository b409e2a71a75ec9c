"""Two stories that lead to one address: the second was copied from the first with its link."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from sendguard.intent import HEADLINE_LIKE
from sendguard.judge.likeness import share_a_word
from sendguard.judge.rule import LinkCase
from sendguard.judge.titles import words
from sendguard.links import Role, is_generic

_MAY_LEAN = frozenset({Role.ARTICLE, Role.BUTTON, Role.IMAGE})
_MOST = 6  # links with one address; more are no slip of a hand
_ANSWERS, _DOUBTFUL = 0.9, 0.5


def with_a_neighbours_article(cases: Iterable[LinkCase]) -> Mapping[str, str]:
    """By the id of a link under a headline the id of the one whose article it opens instead.

    Two offers may well lead to one page, so it must be known for the article of just one.
    """
    by_address: defaultdict[str, list[LinkCase]] = defaultdict(list)
    for case in cases:
        if case.link.url and _leans_on_its_headline(case):
            by_address[case.link.url.text].append(case)
    groups = (group for group in by_address.values() if 1 < len(group) <= _MOST)
    return {wrong.link.id: right.link.id for group in groups for wrong, right in _strangers(group)}


def _leans_on_its_headline(case: LinkCase) -> bool:
    """Is it a picture or a “Read more” that should open what the headline of its story says?"""
    meant, story = case.intent, case.link.story
    if meant is None or story is None or meant.sureness < HEADLINE_LIKE:
        return False
    leans = case.link.role is Role.IMAGE or is_generic(case.link.label)
    known = words(meant.title or "") == words(story.headline)
    return leans and known and case.link.role in _MAY_LEAN


def _strangers(group: Sequence[LinkCase]) -> Iterator[tuple[LinkCase, LinkCase]]:
    wrong = [case for case in group if case.match and case.match.sureness < _DOUBTFUL]
    right = [case for case in group if case.match and case.match.sureness >= _ANSWERS]
    for one, other in product(wrong, right):
        if not share_a_word(_headline(one), _headline(other)):
            yield one, other


def _headline(case: LinkCase) -> str:
    return case.link.story.headline if case.link.story else ""
