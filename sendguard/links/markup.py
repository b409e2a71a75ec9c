"""HTML as its parser sees it: elements in reading order, each with its offset in the text."""

import re
import warnings
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.builder._htmlparser import BeautifulSoupHTMLParser, HTMLParserTreeBuilder
from bs4.element import NavigableString, PageElement, PreformattedString

from sendguard.errors import Unreadable
from sendguard.links.forgiving import Forgiving
from sendguard.values import Lines

NEAR = 200
"""Elements or pieces of text that are looked at around one link; real ones have a few."""

MOST_TAGS = 250_000
"""More than any newsletter that a person wrote; above it parsing takes minutes."""

# Ends whatever construct the text leaves open, as HTML does at its end: without it the parser
# starts anew at each of n unclosed tags and takes n² steps.
END = "-->\">'>]]>"
_CONDITIONAL = re.compile(r"<!--\[if[^\]]*\]>(.*?)-->", re.DOTALL | re.IGNORECASE)
_NOT_SHOWN = frozenset({"style", "script", "title", "template", "noscript", "head"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _String:
    """A piece of shown text.

    Attributes:
        after: Number of the last element opened before it.
        inside: Number of the element that holds it.
        linked: It stands in a link.
        text: With single spaces.
    """

    after: int
    inside: int
    linked: bool
    text: str


class _Tally(list[str]):
    """A list that counts: Beautiful Soup looks for each end tag among all `img` and `br` so far."""

    def __init__(self) -> None:
        super().__init__()
        self._counts = Counter[str]()

    def __contains__(self, name: object) -> bool:
        return self._counts[str(name)] > 0

    def append(self, name: str) -> None:
        self._counts[name] += 1

    def remove(self, name: str) -> None:
        self._counts[name] -= 1


class _Parser(Forgiving, BeautifulSoupHTMLParser):
    def feed(self, data: str) -> None:
        self.already_closed_empty_element = _Tally()
        super().feed(data)


class _Builder(HTMLParserTreeBuilder):
    def feed(self, markup: str) -> None:  # type: ignore[override] # text is all it is given
        super().feed(markup, _Parser)


@dataclass(frozen=True)
class Markup:
    """One HTML or MJML text, parsed.

    Attributes:
        text: As it was given.
        lines: Places in it.
        tags: Every element, in reading order.
    """

    text: str
    lines: Lines
    tags: tuple[Tag, ...]

    @classmethod
    def parse(cls, text: str, lines: Lines) -> "Markup":
        """Parse, however damaged it is.

        Raises:
            Unreadable: It has more than `MOST_TAGS` tags.
        """
        if text.count("<") > MOST_TAGS:
            says = f"has {text.count('<'):,} tags; SendGuard reads at most {MOST_TAGS:,}"
            raise Unreadable(says, lines.place(0))
        with warnings.catch_warnings():
            for beside_the_point in (XMLParsedAsHTMLWarning, MarkupResemblesLocatorWarning):
                warnings.simplefilter("ignore", beside_the_point)
            soup = BeautifulSoup(
                text + END,
                builder=_Builder,
                multi_valued_attributes=None,
                on_duplicate_attribute="ignore",  # the first one counts, as in browsers
            )
        return cls(text=text, lines=lines, tags=tuple(soup.find_all()))

    def conditional(self) -> "Markup":
        """What only Outlook sees: the insides of MSO comments, each at its own offset."""
        pieces, end = [], 0
        for comment in _CONDITIONAL.finditer(self.text + END):
            start, stop = comment.span(1)
            pieces += [_blank(self.text[end:start]), self.text[start:stop]]
            end = stop
        if not pieces:
            return Markup(text="", lines=self.lines, tags=())
        text = "".join(pieces)
        return Markup.parse(text, Lines.of(self.lines.file, text))

    def let_go(self) -> None:
        """Free the elements, which point at each other, now and not when garbage is looked for.

        Of a large newsletter they take more memory than all else; nothing else may be asked
        of the markup any more.
        """
        for top in list(self.tags[0].parents)[-1:] if self.tags else ():
            top.decompose()

    def offset(self, tag: Tag) -> int:
        """Where the element begins, in characters from the start of the text."""
        return self._starts[tag.sourceline or 1] + (tag.sourcepos or 0)

    def number(self, tag: Tag) -> int:
        """The element's number in reading order, from 0."""
        return self._numbers[id(tag)]

    def last(self, tag: Tag) -> int:
        """The number of the last element inside it; its own when it holds none."""
        return self._last[self.number(tag)]

    def inside(self, tag: Tag, most: int = NEAR) -> tuple[Tag, ...]:
        """The elements inside it, in reading order, at most the first `most`.

        Beautiful Soup's own search walks to the end of the element first, which takes n² steps
        where thousands stand in each other.
        """
        number = self.number(tag)
        return self.tags[number + 1 : min(self._last[number], number + most) + 1]

    def shown(self, tag: Tag, *, most: int) -> str:
        """The text of an element as a reader sees it, cut at `most` characters."""
        number = self.number(tag)
        return self._text(number, self._last[number], most, links=True)

    def words(self, first: int, last: int, *, most: int) -> str:
        """The shown text of the elements numbered `first` to `last`, cut at `most` characters.

        The words of links are left out: they are headlines of what those links open.
        """
        return self._text(first, last, most, links=False)

    def _text(self, first: int, last: int, most: int, *, links: bool) -> str:
        found, length = [], 0
        start = bisect_left(self._strings, first, key=lambda string: string.after)
        for string in self._strings[start : start + NEAR]:
            if string.after > last or length > most:
                break
            if string.inside >= first and (links or not string.linked):
                found.append(string.text)
                length += len(string.text)
        return collapse(" ".join(found))[:most]

    @cached_property
    def _starts(self) -> dict[int, int]:
        """The offset of each line, as the parser counts lines: by line feeds alone."""
        return dict(enumerate(Lines.of("", self.text).starts, start=1))

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(tag): number for number, tag in enumerate(self.tags)}

    @cached_property
    def _last(self) -> list[int]:
        last = list(range(len(self.tags)))
        for number in range(len(self.tags) - 1, -1, -1):
            above = self._numbers.get(id(self.tags[number].parent))
            if above is not None:
                last[above] = max(last[above], last[number])
        return last

    @cached_property
    def _strings(self) -> list["_String"]:
        return list(self._shown())

    def _shown(self) -> Iterator["_String"]:
        number, hidden, link = -1, range(0), range(0)
        for node in self.nodes():
            if isinstance(node, Tag):
                number += 1
                if node.name in _NOT_SHOWN and number not in hidden:
                    hidden = range(number, self._last[number] + 1)
                if node.name == "a" and number not in link:
                    link = range(number, self._last[number] + 1)
            elif _is_text(node) and (text := collapse(str(node))):
                inside = self._numbers.get(id(node.parent), -1)
                text = text.removesuffix(END)
                if inside not in hidden:
                    yield _String(after=number, inside=inside, linked=inside in link, text=text)

    def nodes(self) -> Iterator[PageElement]:
        """Every element and string, in reading order; the last string may end in `END`."""
        node: PageElement | None = self.tags[0] if self.tags else None
        while node is not None:
            yield node
            node = node.next_element


def collapse(text: str) -> str:
    """Text with every run of white space and invisible filler as one space, ends stripped."""
    return " ".join(_FILLER.sub(" ", text).split())


def _is_text(node: object) -> bool:
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def _blank(text: str) -> str:
    return _NO_LINE_FEED.sub(" ", text)


_NO_LINE_FEED = re.compile(r"[^\n]")


# Zero-width characters, soft hyphens and kin that mailers put into preview text.
_FILLER = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufeff\u2028\u2029]")
