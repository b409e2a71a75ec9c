"""Addresses of an earlier issue under words that name something else."""

from collections.abc import Iterator, Sequence

from sendguard.intent import HEADLINE_LIKE, Intent
from sendguard.judge.earlier.address import is_dated, slug_words
from sendguard.judge.earlier.past import Reused
from sendguard.judge.earlier.seen import Seen, Shown
from sendguard.judge.titles import numbers, weight, words
from sendguard.links import Link, Role, is_generic, plain

_TELLING = 0.5
_NOTHING = 0.2
_MUCH = 0.4
_OFTEN = 2  # one in so many issues is most of them
_FEWEST = 3  # telling words, to say that these are others
_STEM = 5
_NEXT = 2  # a number moves on by one an issue, or by two where an issue was left out
_MOST_LINKS = 20  # of one address in one issue


def find_reused(
    shown: Shown, intent: Intent | None, now: Seen, earlier: Sequence[Seen]
) -> Reused | None:
    """A headline's link whose address was called something else in the issues before.

    What most issues have recurs, whatever it is called: a sponsor, a project. So does what
    several issues call by several names, as a proposal that is followed, and no article's.

    Args:
        shown: The link.
        intent: What it is meant to open.
        now: The issue that it stands in.
        earlier: Those before, newest first.
    """
    title = _headline(intent, now)
    backs = [back for back, issue in enumerate(earlier, 1) if shown.address in issue.addresses]
    if title is None or not backs or not shown.opens_an_article:
        return None
    if len(backs) > max(1, len(earlier) // _OFTEN):
        return None
    names = {_names(shown.address, earlier[back - 1]) for back in backs}
    issue, back = earlier[backs[0] - 1], backs[0]
    then = _then(_of(shown.address, issue))
    if then is None or len(names) > 1:
        return None
    if _is_another(title, then, shown, now, issue) or _is_next(title, then, back):
        return Reused(title=title, was=then, back=back)
    return None


def _of(address: str, issue: Seen) -> Sequence[Shown]:
    return issue.addresses[address][:_MOST_LINKS]


def _names(address: str, issue: Seen) -> frozenset[str]:
    return frozenset(one.label for one in _of(address, issue))


def _is_another(title: str, then: str, shown: Shown, now: Seen, issue: Seen) -> bool:
    """Have the words of then and now nothing to do with each other, nor with the address?"""
    slug = slug_words(shown.link.url) if shown.link.url else ""
    if _telling(f"{then} {slug}") < _FEWEST:
        return False
    told = " ".join(words for one in _of(shown.address, issue) for words in _told(one.link))
    labels = (one.label for one in _of(shown.address, now))
    around = " ".join((*labels, *_around(shown.link)))
    return share(title, f"{told} {slug}") <= _NOTHING and share(then, around) <= _MUCH


def _then(before: Sequence[Shown]) -> str | None:
    """What the links were called then: the longest words in them, else the headline over them.

    The words of a picture come last: they say what it shows.
    """
    links = [one.link for one in before]
    told = [link for link in links if not is_generic(link.label)]
    labels = [link.label for link in told if link.role is not Role.IMAGE]
    headlines = [link.story.headline for link in links if link.story and link.story.own]
    alts = [link.label for link in told if link.role is Role.IMAGE]
    return next((max(words, key=len) for words in (labels, headlines, alts) if words), None)


def _telling(text: str) -> int:
    return sum(weight(word) > _TELLING for word in set(words(text)))


def share(these: str, others: str) -> float:
    """How much of what these words tell the others tell too, 0 to 1; 1 where they tell nothing."""
    telling = [word for word in set(words(these)) if weight(word) > _TELLING]
    there = {_stem(word) for word in words(others)}
    whole = sum(map(weight, telling))
    return sum(weight(word) for word in telling if _stem(word) in there) / whole if whole else 1.0


def _stem(word: str) -> str:
    return word[:_STEM] if word.isalpha() else word


def _headline(intent: Intent | None, issue: Seen) -> str | None:
    """The headline of what the link should open, unless it is the whole issue's own."""
    if intent is None or intent.title is None or intent.sureness < HEADLINE_LIKE:
        return None
    return None if plain(intent.title) in issue.called else intent.title


def _told(link: Link) -> Iterator[str]:
    if not is_generic(link.label):
        yield link.label
    if link.story and link.story.own:
        yield link.story.headline


def _around(link: Link) -> Iterator[str]:
    yield link.aside
    if link.story:
        yield from (link.story.headline, link.story.words)


def _is_next(title: str, then: str, back: int) -> bool:
    """The same but for a number that moved on: "Podcast 11" and "Podcast 10"."""
    ours, theirs = numbers(title), numbers(then)
    here = {int(number) for number in ours - theirs if number.isdecimal()}
    there = {int(number) for number in theirs - ours if number.isdecimal()}
    if is_dated(title) or is_dated(then):
        return False  # one page for all dates is common
    moved = any(0 < now - before <= _NEXT * back for now in here for before in there)
    return moved and share(then, title) > _MUCH
