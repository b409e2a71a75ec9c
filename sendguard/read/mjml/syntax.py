"""The well-formedness of MJML: every element in its place, or the first thing that is broken.

The compiler gives no position for the commonest errors, dies without a word on very deep
nesting, and refuses some harmless spellings that MJML itself allows. So its text is read here
first: errors get a place, and the harmless spellings are tamed without moving a character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sendguard.errors import Unreadable
from sendguard.read.mjml.diagnosis import CLOSING, OPENING, what_is_wrong
from sendguard.values import Lines

DEEPEST = 250
# Elements that have no end, as in HTML.
VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input"),
        *("link", "meta", "param", "source", "track", "wbr"),
    }
)
# Elements in which the compiler refuses comments; nothing is lost without them.
_NO_COMMENTS = frozenset(
    {
        *("mj-attributes", "mj-title", "mj-style", "mj-font", "mj-breakpoint", "mj-include"),
        *("mj-image", "mj-divider", "mj-spacer", "mj-carousel", "mj-carousel-image"),
    }
)
# Stands for a “>” among words: the compiler breaks down over one behind certain characters.
GREATER = "\ufdd0"
_SHORTEST_KEPT = len("<!--=0000000=-->")
_NO_CHARACTER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REVEALED = re.compile(r"<!\[(?:if\b[^\]<>]*+|endif)\]>", re.IGNORECASE)
_DECLARATION = re.compile(r"<!doctype[^<>]*+>|<\?xml[^<>?]*+\?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element as it opens.

    Attributes:
        name: As written.
        attributes: All of them, as written.
        start: Offset of its `<`.
        parent: Name of the element it stands in; empty at the top.
        within: Name of the nearest MJML element around it; empty where there is none.
    """

    name: str
    attributes: str
    start: int
    parent: str
    within: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A file in MJML that is well formed.

    Attributes:
        text: As its editor wrote it.
        tamed: The same, character for character, as the compiler can take it.
        lines: Places in both.
        elements: In the order of their opening.
        comments: What `tamed` holds as `<!--=0000000=-->` and so on.
        outside: Offset of the first words that stand in no element; None where there are none.
    """

    text: str
    tamed: str
    lines: Lines
    elements: tuple[Element, ...]
    comments: tuple[str, ...]
    outside: int | None


def parse(text: str, lines: Lines) -> Markup:
    """Read a whole file, or the first thing that is broken in it.

    Raises:
        Unreadable: An element is unclosed, closed twice or out of turn, a tag is broken, or
            elements stand more than `DEEPEST` deep.
    """
    reader = _Reader(text, lines)
    elements = tuple(reader.read())
    return Markup(
        text=text,
        tamed=reader.tamed(),
        lines=lines,
        elements=elements,
        comments=tuple(reader.comments),
        outside=reader.outside,
    )


class _Reader:
    """Walks through a file once, from tag to tag."""

    def __init__(self, text: str, lines: Lines) -> None:
        self._text = text
        self._lines = lines
        self._open: list[Element] = []
        self._begun = False
        self._tamed: list[str] = []
        self.outside: int | None = None
        self.comments: list[str] = []

    def tamed(self) -> str:
        return _NO_CHARACTER.sub(" ", "".join(self._tamed)).replace("\r", "\n")

    def read(self) -> Iterator[Element]:
        at = 0
        while (tag := self._text.find("<", at)) >= 0:
            self._words(at, tag)
            if self._text[tag + 1 : tag + 2] in {"!", "?"}:
                at = self._aside(tag)
            elif self._text.startswith("</", tag):
                at = self._close(tag)
            else:
                element, at = self._opening(tag)
                yield element
        self._words(at, len(self._text))
        if self._open:
            raise self._unclosed(self._open[-1], "before the end of the file")

    def _words(self, start: int, end: int) -> None:
        words = self._text[start:end].replace("]]>", "   ").replace(">", GREATER)
        if not self._open and self.outside is None and not words.isspace() and words:
            self.outside = start + len(words) - len(words.lstrip())
        # Between some elements the compiler only takes space that begins with a new line.
        self._tamed.append("\n".ljust(len(words)) if words.isspace() else words)

    def _blank(self, start: int, end: int) -> int:
        self._tamed.append("\n".ljust(end - start))
        return end

    def _keep(self, start: int, end: int) -> int:
        self._tamed.append(self._text[start:end])
        return end

    def _aside(self, at: int) -> int:
        """Pass over what is no element; where it ends."""
        if self._text.startswith("<!--", at):
            return self._comment(at)
        if self._text.startswith("<![CDATA[", at):
            return self._blank(at, at + len("<![CDATA["))
        if revealed := _REVEALED.match(self._text, at):
            return self._keep(at, revealed.end())
        declaration = _DECLARATION.match(self._text, at)
        if declaration and not self._begun:
            return self._blank(at, declaration.end())
        begins = self._text[at : at + 2]
        raise self._broken(at, f"“{begins}” cannot stand here: remove it, or write &lt; for “<”")

    def _comment(self, at: int) -> int:
        """Lay a comment aside: the compiler refuses many, and Outlook's in most places."""
        end = self._text.find("-->", at + 4) + 3
        if end < 3:
            raise self._broken(at, "this comment is never closed: write --> where it ends")
        inner = self._open[-1] if self._open else None
        refused = inner and (inner.name in _NO_COMMENTS or inner.within == "mj-attributes")
        if refused or end - at < _SHORTEST_KEPT:
            return self._blank(at, end)
        mark = f"={len(self.comments):07}".ljust(end - at - 7, "=")
        self._tamed.append(f"<!--{mark}-->")
        self.comments.append(self._text[at:end])
        return end

    def _opening(self, at: int) -> tuple[Element, int]:
        tag = OPENING.match(self._text, at)
        if not tag:
            raise self._broken(*what_is_wrong(self._text, at))
        self._begun = True
        element = self._element(tag["name"], tag["attributes"], at)
        void = element.name.lower() in VOID
        if not void and not tag["ends"]:
            self._open.append(element)
        if len(self._open) > DEEPEST:
            raise self._broken(at, f"elements stand more than {DEEPEST} deep: SendGuard stops here")
        name = element.name.lower() if void else element.name
        self._tamed.append(f"<{name}{tag[0][len(name) + 1 :]}")
        return element, tag.end()

    def _element(self, name: str, attributes: str, at: int) -> Element:
        around = self._open[-1] if self._open else None
        parent = around.name if around else ""
        within = parent if parent.lower().startswith("mj") else around.within if around else ""
        return Element(name=name, attributes=attributes, start=at, parent=parent, within=within)

    def _close(self, at: int) -> int:
        tag = CLOSING.match(self._text, at)
        if not tag:
            raise self._broken(*what_is_wrong(self._text, at))
        name = tag["name"].lower()
        if name in VOID:
            return self._blank(at, tag.end())
        if self._open and self._open[-1].name.lower() == name:
            self._open.pop()
            return self._keep(at, tag.end())
        if any(element.name.lower() == name for element in self._open):
            line = self._lines.place(at).line
            raise self._unclosed(self._open[-1], f"before {tag[0]} in line {line}")
        raise self._broken(at, f"{tag[0]} closes nothing: no <{tag['name']}> is open here")

    def _unclosed(self, element: Element, where: str) -> Unreadable:
        name = element.name
        return self._broken(
            element.start, f"<{name}> is never closed: write </{name}> where it ends, {where}"
        )

    def _broken(self, at: int, says: str) -> Unreadable:
        return Unreadable(says, self._lines.place(at))
