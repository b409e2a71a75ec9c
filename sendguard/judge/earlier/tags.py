"""Tracking tags that most links of an issue share, and that move on with each issue."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from urllib.parse import unquote_plus

from sendguard.judge.earlier.past import OldTag
from sendguard.judge.earlier.seen import Seen, Shown

_FEWEST_ADDRESSES = 3
_OF_ALL = 3  # an own tag is on one link in three at least; a sponsor's is on few
_NEVER_MOVE = frozenset({"utm_source", "utm_medium"})
_FEWEST_ISSUES = 2
_LONGEST = 200  # characters of a value; a longer one is no tag
_MOST_TAGS = 20  # of one address

Tags = Mapping[str, str]
"""Values by name."""


def find_old_tags(now: Seen, earlier: Sequence[Seen]) -> Mapping[str, tuple[OldTag, ...]]:
    """By link id, the tags of an earlier issue (newest first) that this one still carries.

    Where most links carry one, it is told of the first of them only.
    """
    shared, before = _shared(now), [_shared(issue) for issue in earlier]
    old = {name: tags for name in shared if (tags := _old(name, shared[name], before))}
    alike = Counter(pair for one in now.shown for pair in _tags(one).items()) if old else Counter()
    found: defaultdict[str, tuple[OldTag, ...]] = defaultdict(tuple)
    whole: set[str] = set()
    for one in now.shown if old else ():
        for name, value in _tags(one).items():
            back = old.get(name, {}).get(value)
            if back is None or name in whole:
                continue
            others = None if shared[name] == value else shared[name]
            whole |= {name} if others is None else set()
            tag = OldTag(name=name, value=value, back=back, others=others, alike=alike[name, value])
            found[one.link.id] += (tag,)
    return dict(found)


def _old(name: str, value: str, before: Sequence[Tags]) -> Mapping[str, int]:
    """The values of earlier issues that this issue should not carry, and how many issues ago.

    A value that did not move on with each issue is the newsletter's own name, or a sponsor's.
    """
    issues = [(tags[name], back) for back, tags in enumerate(before, 1) if name in tags]
    old = dict(issues)
    if len(old) < len(issues) or (value in old and len(old) < _FEWEST_ISSUES):
        return {}
    return {value: old[value]} if value in old else old


def _shared(issue: Seen) -> Tags:
    """The value that most links with a tag of that name carry, where it is the issue's own."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    opened: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for one in issue.shown:
        for name, value in _tags(one).items():
            counts[name][value] += 1
            opened[name, value].add(one.address)
    leading = {name: values.most_common(1)[0] for name, values in counts.items()}
    return {
        name: value
        for name, (value, count) in leading.items()
        if len(opened[name, value]) >= _FEWEST_ADDRESSES
        and 2 * count > counts[name].total()
        and _OF_ALL * count >= len(issue.shown)
    }


def _tags(one: Shown) -> Tags:
    asked = one.link.url.page.text.partition("?")[2] if one.link.url else ""
    pieces = [piece.partition("=") for piece in asked.split("&", _MOST_TAGS)[:_MOST_TAGS]]
    return {
        name.lower(): unquote_plus(value)
        for name, _, value in pieces
        if name and value and len(value) <= _LONGEST and name.lower() not in _NEVER_MOVE
    }
