"""Two entries of a newsletter that lead to one address: a neighbour's link was copied."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from sendguard.intent import HEADLINE_LIKE
from sendguard.judge.likeness import share, share_a_word
from sendguard.judge.numbering import contradiction
from sendguard.judge.rule import LinkCase
from sendguard.judge.titles import telling, words
from sendguard.links import Role, is_call, is_generic

_MAY_BE_COPIED = frozenset({Role.ARTICLE, Role.BUTTON, Role.IMAGE})
_MOST = 6  # entries with one address; more are no slip of a hand
_ALIKE = 0.6
_FEW = 2
_CALL = 4  # words, of which the first one says whether it is a call
_DATE = re.compile(
    r"^\W*(?:\d{1,2}\.?\s*)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s*"
    r"\d{0,2}(?:st|nd|rd|th)?[.,:–-]*\s*(?:20\d\d)?\W*",
    re.IGNORECASE,
)
_KINDS = frozenset(
    """comment comments demo details discuss discussion homepage notes paper pdf podcast recording
    register registration repo repository slides source transcript website""".split()
)


def sharing(cases: Iterable[LinkCase]) -> Mapping[str, str]:
    """By the id of a link with a neighbour's address the id of that neighbour.

    Of two entries with one address the one whose words the page does not answer to is taken
    for the wrong one; where that cannot be told, the second.
    """
    by_address: defaultdict[str, list[LinkCase]] = defaultdict(list)
    for case in cases:
        if case.link.url and case.link.role in _MAY_BE_COPIED and not says_little(case):
            by_address[case.link.url.text].append(case)
    groups = (group for group in by_address.values() if 1 < len(group) <= _MOST)
    return {wrong.link.id: right.link.id for group in groups for wrong, right in _strangers(group)}


def _strangers(group: Sequence[LinkCase]) -> Iterator[tuple[LinkCase, LinkCase]]:
    for one, other in combinations(group, 2):
        if _are_entries(one, other) and not alike(one, other):
            fits_less = _sureness(one) < _sureness(other)
            yield (one, other) if fits_less else (other, one)
        elif named := _named_otherwise(one, other):
            yield named


def says_little(case: LinkCase) -> bool:
    """Does the label say nothing of its own ("Read more", "Discuss")?"""
    label = case.link.label
    own = set(telling(words(label))) - _KINDS
    return not own or is_generic(label) or is_call(" ".join(label.split()[:_CALL]))


def _are_entries(one: LinkCase, other: LinkCase) -> bool:
    """Does each open an entry of its own in a list, but for a word or two ("Add …")?"""
    links = (one.link, other.link)
    return all(link.entry is not None and len(link.aside.split()) <= _FEW for link in links)


def alike(one: LinkCase, other: LinkCase) -> bool:
    """May the labels of two links speak of one page? A date in front of an event tells no page."""
    ours, theirs = (_DATE.sub("", case.link.label) for case in (one, other))
    if _is_phrase(one) or _is_phrase(other):
        return share_a_word(ours, theirs)
    one_in, other_in = (share(words(a), words(b)) for a, b in ((ours, theirs), (theirs, ours)))
    return max(one_in, other_in) >= _ALIKE and contradiction(ours, theirs) is None


def _is_phrase(case: LinkCase) -> bool:
    return case.intent is None or case.intent.sureness < HEADLINE_LIKE


def _named_otherwise(one: LinkCase, other: LinkCase) -> tuple[LinkCase, LinkCase] | None:
    """`@ann` and `@bob` that both lead to `/bob`: the first one, and the second."""
    mine, yours = (_HANDLE.fullmatch(case.link.label.strip().lower()) for case in (one, other))
    if not mine or not yours or mine["sign"] != yours["sign"]:
        return None
    names, step = (mine["name"], yours["name"]), _last_step(one)
    if step not in names or names[0] in names[1] or names[1] in names[0]:
        return None
    return (one, other) if step == names[1] else (other, one)


# An account as it is written: `@ann`, `/r/ann`, or a bare name in small letters.
_HANDLE = re.compile(r"(?P<sign>@|/\w/|)(?P<name>[\w-]{2,40})")


def _last_step(case: LinkCase) -> str:
    path = case.link.url.path if case.link.url else ""
    return path.rstrip("/").rpartition("/")[2].lower().removeprefix("@")


def _sureness(case: LinkCase) -> float:
    return case.match.sureness if case.match else 0.5
