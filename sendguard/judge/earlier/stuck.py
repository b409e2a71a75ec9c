"""Links that moved on with every issue and did not this time."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sendguard.judge.earlier.address import is_article, is_dated, numberless
from sendguard.judge.earlier.past import By, Outrun, Stuck
from sendguard.judge.earlier.seen import Key, Seen, Shown
from sendguard.links import Link, Role, plain

_FEWEST = {By.LABEL: 2, By.STORY: 2, By.ADDRESS: 3}
_FEWEST_LABELS = 2
_FEWEST_ISSUES = 2
_SEEN_OFTEN = 3
_NUMBERS = re.compile(r"\d+(?:\.\d+)*")


def find_stuck(shown: Shown, now: Seen, earlier: Sequence[Seen]) -> Stuck | None:
    """A link that opened something else in every earlier issue (newest first), and not now."""
    if _is_profile(shown.link):
        return None
    for key in shown.keys:
        if key in now.crowded or any(key in issue.crowded for issue in earlier):
            continue
        before = [
            (back, issue.slots[key]) for back, issue in enumerate(earlier, 1) if key in issue.slots
        ]
        if len(before) >= _FEWEST[key[0]]:
            return _stuck(shown, key, before)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Labels that differ in numbers and dates alone, each with an address of its own.

    Attributes:
        labels: All of them, plain.
        then: Label as written and how many issues ago, by address.
        numbered: Every address holds its label's own number.
    """

    labels: frozenset[str]
    then: Mapping[str, tuple[str, int]]
    numbered: bool


def find_rows(earlier: Sequence[Seen]) -> Mapping[str, Row]:
    """The rows of all earlier issues, newest first, by label without its numbers."""
    told: defaultdict[str, dict[tuple[str, str], tuple[str, int]]] = defaultdict(dict)
    for back, issue in enumerate(earlier, 1):
        for timeless, pairs in issue.named.items():
            for pair, written in pairs.items():
                told[timeless].setdefault(pair, (written, back))
    return {timeless: row for timeless, pairs in told.items() if (row := _row(pairs))}


def find_outrun(shown: Shown, rows: Mapping[str, Row]) -> Outrun | None:
    """A label whose number moved on while its address, for once, did not."""
    row = rows.get(shown.keys[0][1])
    if row is None or shown.label in row.labels or shown.address not in row.then:
        return None
    then, back = row.then[shown.address]
    proven = (
        row.numbered and not is_dated(shown.label) and not _share_number(shown.label, shown.address)
    )
    return Outrun(was=then, back=back, numbered=proven)


def _row(pairs: Mapping[tuple[str, str], tuple[str, int]]) -> Row | None:
    labels = frozenset(label for label, _ in pairs)
    then = {address: told for (_, address), told in pairs.items()}
    if not _FEWEST_LABELS <= len(labels) == len(then) == len(pairs):
        return None
    if len({back for _, back in pairs.values()}) < _FEWEST_ISSUES:
        return None
    numbered = all(_share_number(label, address) for label, address in pairs)
    return Row(labels=labels, then=then, numbered=numbered)


def _share_number(label: str, address: str) -> bool:
    return bool({*_NUMBERS.findall(label)} & {*_NUMBERS.findall(address)})


def _stuck(shown: Shown, key: Key, before: Sequence[tuple[int, Shown]]) -> Stuck | None:
    addresses = [then.address for _, then in before]
    if shown.address not in addresses or len(set(addresses)) < len(addresses):
        return None
    if len(before) < _SEEN_OFTEN and shown.address != addresses[0]:
        return None
    back, then = before[addresses.index(shown.address)]
    others = [one for _, one in before if one is not then]
    named_again = shown.label == then.label and numberless(shown.label) != shown.label
    repeats = named_again or _repeats(shown, then, others)
    if not _are_alike(addresses) or (named_again and is_dated(shown.label)):
        return None
    if repeats and len(before) < _SEEN_OFTEN:
        return None
    return Stuck(by=key[0], seen=len(before), back=back, repeats=repeats)


def _is_profile(link: Link) -> bool:
    """Is it a person's or a project's page on a network, and no post?"""
    return link.role is Role.SOCIAL and link.url is not None and not is_article(link.url)


def _are_alike(addresses: Sequence[str]) -> bool:
    """Are they of one site and made alike, so that one follows on another?"""
    return len(set(map(_shape, addresses))) == 1


def _shape(address: str) -> tuple[str, int, bool]:
    """The site of a bare address and how deep in it, for telling whether it is one of a row."""
    parts = urlsplit(f"//{address}")
    return parts.netloc, parts.path.count("/"), bool(parts.query)


def _repeats(now: Shown, then: Shown, others: Sequence[Shown]) -> bool:
    """Does it stand in the very words that it stood in then, which were others before?"""
    words = _around(now)
    return words == _around(then) and all(_around(other) != words for other in others)


def _around(shown: Shown) -> tuple[str, str, str]:
    story = shown.link.story
    return (
        shown.label,
        plain(story.headline) if story else "",
        plain(story.words) if story else plain(shown.link.aside),
    )
