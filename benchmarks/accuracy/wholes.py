"""Whole issues as letters: with the mistakes that they had, and with two links swapped."""

import random
from collections import Counter
from collections.abc import Iterator
from html import escape

from rapidfuzz import fuzz
from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.accuracy.addresses import key, ports
from benchmarks.accuracy.shapes import Asked, Issue, Letter
from benchmarks.accuracy.titles import Anchor, anchors, block_of, node_text, pages_of

SEED = 3
NONE_BEFORE = {"previous-issue": "previous-issue, none before"}
"""Kinds of mistake that cannot be told without the issues before, and what they are called then."""

_HEADLINE_LENGTH = range(4, 21)
_ALIKE = 60


def whole_letters(issues: tuple[Issue, ...]) -> Iterator[Letter]:
    """Each issue as it was, and once more with two of its links swapped."""
    draw = random.Random(SEED)  # noqa: S311 - a die, no secret
    for issue in issues:
        letter = _as_it_was(issue)
        yield letter
        if (swapped := _swapped(issue, letter, draw)) is not None:
            yield swapped


def _as_it_was(issue: Issue) -> Letter:
    asked = tuple(
        Asked(
            id=f"{issue.id}-{number}",
            group="issues",
            company=True,
            kind=mistake.kind if issue.previous else NONE_BEFORE.get(mistake.kind, mistake.kind),
            wrong=True,
            label=mistake.label,
            href=mistake.wrong,
        )
        for number, mistake in enumerate(issue.mistakes)
    )
    return Letter(
        id=issue.id,
        html=issue.html,
        pages=pages_of(issue) if issue.pages is None else issue.pages,
        asked=asked,
        previous=issue.previous,
        everything=True,
        suffix=issue.suffix,
        ports=ports(it.href for it in anchors(issue.html)),
    )


def _swapped(issue: Issue, letter: Letter, draw: random.Random) -> Letter | None:
    some = _articles(issue)
    pairs = [(a, b) for n, a in enumerate(some) for b in some[n + 1 :] if _are_distinct(a, b)]
    if not pairs:
        return None
    one, other = draw.choice(pairs)
    asked = Asked(
        id=f"{issue.id}-swap",
        group="swapped",
        company=True,
        kind="swapped",
        wrong=True,
        label=one.label,
        href=other.href,
        other=(other.label, one.href),
    )
    return Letter(
        id=f"{issue.id}-swap",
        html=_swap(issue.html, one.href, other.href),
        pages=letter.pages,
        asked=(asked,),
        previous=issue.previous,
        suffix=issue.suffix,
        ports=letter.ports,
    )


def _articles(issue: Issue) -> list[Anchor]:
    """Links whose label is a headline, and whose address stands in the issue once."""
    mistaken = {key(mistake.wrong) for mistake in issue.mistakes}
    times = Counter(key(it.href) for it in anchors(issue.html))
    tree = LexborHTMLParser(issue.html)
    links = (
        Anchor(node_text(node), node.attributes.get("href") or "", "") for node in _leading(tree)
    )
    return [
        link
        for link in links
        if times[key(link.href)] == 1
        and key(link.href) not in {"", *mistaken}
        and issue.html.count(_attribute(link.href)) == 1
    ]


def _leading(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """Links that open their block and are as long as headlines are."""
    for node in tree.css("a[href]"):
        block, label = block_of(node), node_text(node)
        if block is not None and _is_headline(label) and node_text(block).startswith(label):
            yield node


def _is_headline(label: str) -> bool:
    return len(label.split()) in _HEADLINE_LENGTH and label[0].isupper()


def _are_distinct(one: Anchor, other: Anchor) -> bool:
    return fuzz.token_set_ratio(one.label.lower(), other.label.lower()) < _ALIKE


def _attribute(href: str) -> str:
    return f'href="{escape(href)}"'


def _swap(html: str, one: str, other: str) -> str:
    between = html.replace(_attribute(one), "\0").replace(_attribute(other), _attribute(one))
    return between.replace("\0", _attribute(other))
