"""The paragraphs of a newsletter as running text, with what is a link in it marked."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from sendguard.links.label import BLOCKS
from sendguard.links.markup import END, Markup

LINK_BEGINS, LINK_ENDS = "\x02", "\x03"
"""Stand around the words of a link in the text of a paragraph."""

MOST_TEXT = 4_000
"""Characters of one paragraph that are looked at."""

_NOT_READ = frozenset(
    {"style", "script", "title", "template", "noscript", "head", "pre", "textarea"}
)
_LINKS = frozenset({"a"})
_CODE = frozenset({"code", "kbd", "samp", "tt", "var"})
_QUOTES = frozenset({"blockquote", "q"})
_NO_MARKS = str.maketrans("", "", f"{LINK_BEGINS}{LINK_ENDS}")
# Brackets in code and in the words of a link are no markup of the text around them.
_NO_BRACKETS = str.maketrans("", "", f"[]()<>`{LINK_BEGINS}{LINK_ENDS}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Text that stands together.

    Attributes:
        text: As written, white space and all, at most `MOST_TEXT` characters; words of links
            stand between `LINK_BEGINS` and `LINK_ENDS`, brackets of code are left out.
        pieces: Where in `text` each piece begins, and the element that holds it.
        quoted: Somebody else's words.
    """

    text: str
    pieces: tuple[tuple[int, Tag], ...]
    quoted: bool

    def holder(self, at: int) -> Tag:
        """The element that holds the character at `at`."""
        return next(tag for start, tag in reversed(self.pieces) if start <= at)


def paragraphs(markup: Markup) -> Iterator[Paragraph]:
    """Every paragraph that readers see, but not samples of code."""
    walk = _Walk(markup)
    for node in markup.nodes():
        if isinstance(node, Tag):
            yield from walk.enter(node)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield from walk.read(node)
    yield from walk.close()


@dataclass(slots=True)
class _Walk:
    """What is open on the way through the markup.

    Attributes:
        spans: For each kind of element the numbers of the outermost one met last, and of the
            last element in it.
        blocks: The block that each element stands in, by the identity of the element.
    """

    markup: Markup
    number: int = -1
    spans: dict[frozenset[str], tuple[int, int]] = field(default_factory=dict)
    block: Tag | None = None
    text: list[str] = field(default_factory=list)
    pieces: list[tuple[int, Tag]] = field(default_factory=list)
    length: int = 0
    blocks: dict[int, Tag | None] = field(default_factory=dict)

    def enter(self, tag: Tag) -> Iterator[Paragraph]:
        """An element opens."""
        self.number += 1
        if tag.name == "br":
            self._put("\n", tag)
        elif tag.name in BLOCKS:
            yield from self.close()
        for kind in (_NOT_READ, _LINKS, _CODE, _QUOTES):
            if tag.name in kind and self.spans.get(kind, (0, -1))[1] < self.number:
                self.spans[kind] = self.number, self.markup.last(tag)

    def read(self, node: NavigableString) -> Iterator[Paragraph]:
        """A string comes."""
        holder = node.parent
        if holder is None or self._stands_in(holder, _NOT_READ):
            return
        block = self._block_of(holder)
        if block is not self.block:
            yield from self.close()
            self.block = block
        self._put(self._marked(str(node), holder), holder)

    def close(self) -> Iterator[Paragraph]:
        """The paragraph, if there is one, ends."""
        text = "".join(self.text)[:MOST_TEXT]
        if text.strip():
            quoted = self._stands_in(self.pieces[0][1], _QUOTES)
            yield Paragraph(text=text, pieces=tuple(self.pieces), quoted=quoted)
        self.text, self.pieces, self.length, self.block = [], [], 0, None

    def _put(self, text: str, holder: Tag) -> None:
        if self.length < MOST_TEXT:
            self.pieces.append((self.length, holder))
            self.text.append(text)
            self.length += len(text)

    def _marked(self, written: str, holder: Tag) -> str:
        text = written.removesuffix(END)[:MOST_TEXT]
        if self._stands_in(holder, _LINKS) and text.strip():
            return f"{LINK_BEGINS}{text.translate(_NO_BRACKETS)}{LINK_ENDS}"
        return text.translate(_NO_BRACKETS if self._stands_in(holder, _CODE) else _NO_MARKS)

    def _stands_in(self, tag: Tag, kind: frozenset[str]) -> bool:
        first, last = self.spans.get(kind, (0, -1))
        return tag.parent is not None and first <= self.markup.number(tag) <= last

    def _block_of(self, tag: Tag) -> Tag | None:
        """The block that an element stands in; each element is asked once."""
        way: list[int] = []
        above: Tag | None = tag
        while above is not None and id(above) not in self.blocks and above.name not in BLOCKS:
            way.append(id(above))
            above = above.parent
        found = self.blocks.get(id(above), above) if above is not None else None
        self.blocks.update(dict.fromkeys(way, found))
        return found
