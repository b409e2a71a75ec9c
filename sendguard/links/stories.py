"""Stories: the blocks of a newsletter, each a headline with its words, image and button."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bs4 import Tag

from sendguard.links.link import Story
from sendguard.links.markup import Markup

MOST_WORDS = 2000
LONGEST_HEADLINE = 200

_STYLE = 2_000  # characters of a style or a class that are looked at
_NEAR = 100  # elements above; tables in tables are deep, but thousands are hostile
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MAY_BE_STYLED = frozenset({"td", "th", "div", "p", "span", "font", "strong", "b", "a", "mj-text"})
_PARAGRAPHS = ("p", "li", "td", "th", "dd", "div", "blockquote", "section")
INNER_BLOCKS = ("p", "div", "td", "li", "ul", "ol", "table", *sorted(HEADINGS))
LARGE = re.compile(
    r"font-size:\s*(?:(?:1[89]|[2-9]\d)(?:\.\d+)?px|1[4-9]pt|[2-9]\d pt|1\.[3-9]\d*r?em|[2-9]r?em)",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?:^|[\s_-])(?:head(?:line|ing)|title)(?:$|[\s_-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Headline:
    number: int
    text: str


class Stories:
    """The stories of one markup, found once and asked for each link."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._headlines = _headlines(markup)
        self._numbers = [headline.number for headline in self._headlines]

    def around(self, tag: Tag) -> Story | None:
        """The story that an element stands in; None where there is no headline near it.

        The smallest block around the element that holds a headline is its story. In a block
        with several, the last headline before the element counts: that is how a reader
        takes it. Only a block of its own may have its headline below the element. Its words are
        those of the largest block that holds no other headline.
        """
        own: tuple[int, int, int] | None = None
        for first, last in self._blocks(tag):
            low, high = bisect_left(self._numbers, first), bisect_right(self._numbers, last)
            if high - low == 1:
                own = low, first, last
            elif own:
                break
            elif low < high:
                at = bisect_right(self._numbers, self._markup.number(tag)) - 1
                return self._story(at, self._words_near(tag), own=False) if at >= low else None
        return self._story(own[0], self._words(*own[1:]), own=True) if own else None

    def _blocks(self, tag: Tag) -> Iterator[tuple[int, int]]:
        """Numbers of the first and last element of each block around, the whole text last."""
        for block in islice(tag.parents, _NEAR):
            if block.parent is not None:
                yield self._markup.number(block), self._markup.last(block)
        yield 0, len(self._markup.tags) - 1

    def _story(self, at: int, words: str, *, own: bool) -> Story:
        return Story(number=at + 1, headline=self._headlines[at].text, words=words, own=own)

    def _words_near(self, tag: Tag) -> str:
        """The words of the link's own paragraph: what is told beside it may be another's."""
        near = islice(tag.parents, _NEAR)
        block = next((parent for parent in near if parent.name in _PARAGRAPHS), None)
        if block is None:
            return ""
        return self._words(self._markup.number(block), self._markup.last(block))

    def _words(self, first: int, last: int) -> str:
        return self._markup.words(first, last, most=MOST_WORDS)


def _headlines(markup: Markup) -> tuple[_Headline, ...]:
    found: list[_Headline] = []
    taken_to = -1
    for number, tag in enumerate(markup.tags):
        if number > taken_to and (text := _headline(tag, markup)):
            found.append(_Headline(number, text))
            taken_to = markup.last(tag)
    return tuple(found)


def _headline(tag: Tag, markup: Markup) -> str | None:
    """The text of an element that looks like a headline, or None."""
    if tag.name not in HEADINGS and not _looks_large(tag, markup):
        return None
    text = markup.shown(tag, most=LONGEST_HEADLINE + 1)
    return text if any(map(str.isalpha, text)) and len(text) <= LONGEST_HEADLINE else None


def _looks_large(tag: Tag, markup: Markup) -> bool:
    if tag.name not in MAY_BE_STYLED:
        return False
    style, named = str(tag.get("style") or "")[:_STYLE], str(tag.get("class") or "")[:_STYLE]
    styled = LARGE.search(style) or NAMED.search(named) or LARGE.search(_mjml_size(tag))
    return bool(styled) and not any(one.name in INNER_BLOCKS for one in markup.inside(tag))


def _mjml_size(tag: Tag) -> str:
    return f"font-size:{tag.get('font-size') or ''}" if tag.name == "mj-text" else ""
