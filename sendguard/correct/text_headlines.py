"""The headline above a line of plain text, where that is sure: it names the line as in HTML."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from sendguard.correct.text_lines import by_part, said_before
from sendguard.links import Link, Story, plain
from sendguard.links.merge_tags import tags_in
from sendguard.links.stories import LONGEST_HEADLINE
from sendguard.read import Campaign, Medium

_BULLETS = " \t\r-–—*•·>#=_~|"
_ENDS = (".", ",", ";", ":", "…")
_RULE = re.compile(r"([-=~*_#])\1{2,}")


def with_headlines(campaign: Campaign, links: Sequence[Link]) -> tuple[Link, ...]:
    """The links; where plain text is all there is, each line with the headline above it.

    Args:
        campaign: What went out.
        links: All of its links.
    """
    if any(part.medium is Medium.HTML for part in campaign.parts):
        return tuple(links)
    stories = dict(_stories(campaign, links))
    return tuple(replace(link, story=stories.get(link.id)) for link in links)


def _stories(campaign: Campaign, links: Sequence[Link]) -> Iterator[tuple[str, Story]]:
    for every in by_part(campaign, links):
        before = {after.id: link for link, after in pairwise(every)}
        for number, link in enumerate(every, start=1):
            words = said_before(campaign, link, before.get(link.id))
            # What stands behind an address on its line is that one's.
            begins = 0 if len(words) == link.offset else 1
            told = _headline(words.split("\n")[begins:-1])
            if told and plain(told) != plain(link.label):
                yield link.id, Story(number=number, headline=told)


def _headline(lines: Iterable[str]) -> str | None:
    """Of the last paragraph that begins with one."""
    found = (_first_line(paragraph) for paragraph in _paragraphs(lines))
    return next((told for told in reversed(list(found)) if told), None)


def _paragraphs(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines with nothing between; a rule under the first of them stands for an empty line."""
    paragraph: list[str] = []
    for line in lines:
        words = line.strip(_BULLETS)
        if words:
            paragraph.append(words)
            continue
        if _RULE.fullmatch(line.strip()) and len(paragraph) > 1:
            yield paragraph[:-1]
            paragraph = paragraph[-1:]
        if paragraph:
            yield paragraph
        paragraph = []
    if paragraph:
        yield paragraph


def _first_line(paragraph: Sequence[str]) -> str | None:
    """The first line where it is a headline: no sentence, and nothing that goes on in the next."""
    first, *rest = paragraph
    if first.endswith(_ENDS) or len(first) > LONGEST_HEADLINE or tags_in(first):
        return None
    if not any(map(str.isalpha, first)):
        return None
    if rest:
        room = max(map(len, paragraph)) - len(first)
        return first if len(rest[0].split(" ", 1)[0]) < room else None
    return first
