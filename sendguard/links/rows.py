"""Lists and menus in which everything is a link but one entry."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from sendguard.links.markup import Markup
from sendguard.links.paragraphs import LINK_BEGINS, LINK_ENDS, Paragraph

_ENOUGH = 4  # entries that are links, to say that all should be
_MOST_ENTRIES = 200
_LONGEST_ENTRY = 200
_MOST_WORDS = 15
_MENU_WORDS = 3
_MOSTLY = 0.6  # of an entry's letters are its link's
_BETWEEN = re.compile(r"\s[|·•]\s")
_A_SENTENCE = re.compile(r"[.!?:…]\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class OddOne:
    """The entry that is no link.

    Attributes:
        words: As readers see it.
        tag: The entry, or what holds it.
        among: How many other entries are links.
    """

    words: str
    tag: Tag
    among: int


def odd_in_lists(markup: Markup) -> Iterator[OddOne]:
    """Of each list whose entries are all links but one: that one."""
    for tag in markup.tags:
        if tag.name in {"ul", "ol"}:
            yield from _odd_entry(tag, markup)


def odd_in_menu(paragraph: Paragraph) -> Iterator[OddOne]:
    """Of a row parted by strokes or dots: a short entry between links that is none."""
    parts = _BETWEEN.split(paragraph.text)[: _MOST_ENTRIES + 1]
    linked = [_is_link(part) for part in parts]
    if linked.count(False) != 1 or linked.count(True) < _ENOUGH:
        return
    at = linked.index(False)
    words = " ".join(parts[at].split())
    inside = 0 < at < len(parts) - 1  # a name in front and a postal address behind are no links
    if inside and LINK_BEGINS not in words and _is_entry(words, _MENU_WORDS):
        start = paragraph.text.find(parts[at])
        yield OddOne(words=words, tag=paragraph.holder(start), among=len(parts) - 1)


def _odd_entry(tag: Tag, markup: Markup) -> Iterator[OddOne]:
    entries = list(tag.find_all("li", recursive=False, limit=_MOST_ENTRIES))
    if len(entries) <= _ENOUGH:
        return
    told = [(entry, markup.shown(entry, most=_LONGEST_ENTRY)) for entry in entries]
    plain = [(entry, words) for entry, words in told if words and not _has_link(entry, markup)]
    others = sum(_is_mostly_link(entry, words, markup) for entry, words in told)
    if len(plain) != 1 or others < max(_ENOUGH, sum(bool(words) for _, words in told) - 1):
        return
    entry, words = plain[0]
    if _is_entry(words, _MOST_WORDS):
        yield OddOne(words=words, tag=entry, among=others)


def _has_link(entry: Tag, markup: Markup) -> bool:
    return any(tag.name == "a" for tag in markup.inside(entry))


def _is_mostly_link(entry: Tag, words: str, markup: Markup) -> bool:
    linked = (
        len(markup.shown(tag, most=_LONGEST_ENTRY))
        for tag in markup.inside(entry)
        if tag.name == "a"
    )
    return sum(linked) >= _MOSTLY * len(words) > 0


def _is_link(part: str) -> bool:
    bare = part.strip()
    return bare.startswith(LINK_BEGINS) and bare.endswith(LINK_ENDS)


def _is_entry(words: str, most: int) -> bool:
    """Words such as a title has, no sentence and no date or price."""
    return (
        any(map(str.isalpha, words))
        and len(words.split()) <= most
        and not _A_SENTENCE.search(words)
        and not re.match(r"\W*[\d©]", words)
    )
