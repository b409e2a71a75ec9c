"""What the links of one newsletter say about each other, worked out once before the rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sendguard.intent import HEADLINE_LIKE
from sendguard.judge.copied_stories import with_a_neighbours_article
from sendguard.judge.disagreement import disagreeing
from sendguard.judge.match import headlines, match_page
from sendguard.judge.neighbours import alike, says_little, sharing
from sendguard.judge.rule import LinkCase
from sendguard.judge.titles import telling, weight, words
from sendguard.visit import Answered

ENOUGH = 3
"""Other links, to say that an editor words headlines freely."""

MOST_TRIED = 500
"""Pages held against the words of links that nearly fit, in one newsletter: that takes 0.2 s."""

_FREELY = 0.4  # of the addresses; one mistake or two leave more of them right
_FITS, _SWAPS, _RELATED = 0.9, 0.6, 0.45
_CLEARLY = 0.25
_TELLING = 2  # words; a single one ("Interview") is the headline of many
_CANDIDATES = 3
_RARE = 20  # links that share a word; behind it the word tells nothing apart


def with_evidence(cases: Sequence[LinkCase]) -> tuple[LinkCase, ...]:
    """The cases with what the other links of the newsletter say about each."""
    others, tries = _Headlines.of(cases), iter(range(MOST_TRIED))
    fits = {case.link.id: link for case in cases if (link := _fits(case, others, tries))}
    opened = _opened_by(fits)
    by_id = {case.link.id: case for case in cases}
    freely, repeats = _words_freely(cases), _repeats(cases)
    shared = {**sharing(cases), **with_a_neighbours_article(cases)}
    odd = disagreeing(cases)

    def told(case: LinkCase) -> LinkCase:
        id_ = case.link.id
        opener = opened.get(id_)
        return replace(
            case,
            words_freely=freely,
            fits=fits.get(id_),
            opened_by=opener,
            shares_with=shared.get(id_),
            repeats=repeats.get(id_),
            disagrees_with=odd.get(id_),
            right=case.right or (by_id[opener].link.url if opener else None),
        )

    return tuple(map(told, cases))


def _repeats(cases: Iterable[LinkCase]) -> dict[str, str]:
    """By the id of a link another one with its address, whose words the page does answer to.

    A button of the same story says little of its own, and a second mention is like the first one;
    what is not was copied from a neighbour.
    """
    answered: dict[str, LinkCase] = {}
    for case in cases:
        if case.link.url and case.match and case.match.sureness >= _FITS:
            answered.setdefault(case.link.url.text, case)
    found = ((case, answered.get(case.link.url.text)) for case in cases if case.link.url)
    return {
        case.link.id: other.link.id
        for case, other in found
        if other and other is not case and _may_repeat(case, other)
    }


def _may_repeat(case: LinkCase, other: LinkCase) -> bool:
    if not says_little(case):
        return alike(case, other)
    here, there = case.link.story, other.link.story
    return here is not None and there is not None and here.number == there.number


def _words_freely(cases: Iterable[LinkCase]) -> bool:
    """Do less than half of the newsletter's addresses open what their links' words say?"""
    related = {
        case.link.href: case.match.sureness >= _RELATED
        for case in cases
        if case.match and _is_headline(case)
    }
    return len(related) > ENOUGH and sum(related.values()) <= _FREELY * len(related)


def _is_headline(case: LinkCase) -> bool:
    return (
        case.intent is not None
        and case.intent.sureness >= HEADLINE_LIKE
        and case.match is not None
        and case.match.best_title is not None
    )


@dataclass(frozen=True, slots=True)
class _Headlines:
    """The links whose words are headlines, by those words.

    Attributes:
        whole: By all the words of the headline, the first link that has it.
        rare: By each word that few headlines have.
    """

    whole: Mapping[tuple[str, ...], LinkCase]
    rare: Mapping[str, Sequence[LinkCase]]

    @classmethod
    def of(cls, cases: Iterable[LinkCase]) -> "_Headlines":
        whole: dict[tuple[str, ...], LinkCase] = {}
        by_word: defaultdict[str, list[LinkCase]] = defaultdict(list)
        for case in cases:
            if case.intent and case.intent.title and case.intent.sureness >= HEADLINE_LIKE:
                said = words(case.intent.title)
                if whole.setdefault(said, case) is case:
                    for word in set(telling(said)):
                        by_word[word].append(case)
        rare = {word: found for word, found in by_word.items() if len(found) <= _RARE}
        return cls(whole, rare)

    def like(self, titles: Iterable[tuple[str, ...]]) -> list[LinkCase]:
        """The links that share most rare words with one of the titles, at most a few."""
        shared: defaultdict[str, float] = defaultdict(float)
        found: dict[str, LinkCase] = {}
        for word in {word for title in titles for word in title}:
            for case in self.rare.get(word, ()):
                shared[case.link.id] += weight(word) / len(self.rare[word])
                found[case.link.id] = case
        best = sorted(shared, key=lambda id_: -shared[id_])
        return [found[id_] for id_ in best[:_CANDIDATES]]


def _fits(case: LinkCase, others: _Headlines, tries: Iterator[int]) -> str | None:
    """The id of another link whose words the page answers to, clearly better than to its own."""
    answer = case.visit.outcome
    if not isinstance(answer, Answered) or case.match is None or case.intent is None:
        return None
    own = words(case.intent.title or "")
    titles = [title for title in headlines(answer) if len(title) >= _TELLING]
    if own in titles or case.match.sureness > 1 - _CLEARLY:
        return None
    exact = (others.whole[title] for title in titles if title in others.whole)
    if found := next(exact, None):
        return found.link.id
    tried = (other for other in others.like(titles) if next(tries, None) is not None)
    return next((other.link.id for other in tried if _belongs_to(case, other)), None)


def _belongs_to(case: LinkCase, other: LinkCase) -> bool:
    """Does the page answer to another link's words, or would both links gain by a swap?"""
    gain = _gain(case, other)
    if gain.by < _CLEARLY:
        return False
    return gain.to >= _FITS or (gain.to >= _SWAPS and _is_gained(_gain(other, case)))


@dataclass(frozen=True, slots=True)
class _Gain:
    """How sure a page is another link's (`to`), and how much surer than its own link's (`by`)."""

    to: float
    by: float


def _is_gained(gain: _Gain) -> bool:
    return gain.to >= _SWAPS and gain.by >= _CLEARLY


def _gain(case: LinkCase, other: LinkCase) -> _Gain:
    answer = case.visit.outcome
    if not isinstance(answer, Answered) or other.intent is None or case.match is None:
        return _Gain(0.0, 0.0)
    found = match_page(other.intent, answer)
    to = found.sureness if found else 0.0
    return _Gain(to, to - case.match.sureness)


def _opened_by(fits: Mapping[str, str]) -> dict[str, str]:
    """For each link the one that opens what it should open; the first one where there are more."""
    opened: dict[str, str] = {}
    for link, other in fits.items():
        opened.setdefault(other, link)
    return opened
