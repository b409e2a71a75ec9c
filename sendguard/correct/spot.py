"""Where a block stands on top of a newsletter so that it is as wide as its body."""

import re
from dataclasses import dataclass, field, replace
from html import unescape

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from sendguard.correct.looks import Looks, is_aligned
from sendguard.links.markup import END, Markup, collapse
from sendguard.values import Lines

_DEEPEST = 40  # boxes around boxes; real newsletters have a few
_MOST_LOOKED_AT = 60  # elements inside the first one, to find how wide it is
_MOST_CHILDREN = 2_000
_LONGEST_PREHEADER = 600
_UNSEEN = frozenset("head style script meta title link base template noscript o:p xml".split())
_BOXES = frozenset("html body div center main article section".split())
_TAG = re.compile(r"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
_START = re.compile(r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype[^>]*>\s*)?", re.IGNORECASE)
# What opens a table for Outlook alone, or hides from it what follows.
_REVEALS = re.compile(r"<!--\[if [^\]<>]{1,60}\]>\s*<!-->\s*\Z", re.IGNORECASE)
_CONDITION = "<!--[if"
_CONDITION_ENDS = "<![endif]-->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Part of a text, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a block is to stand, and how wide it is.

    Attributes:
        offset: In the HTML, in characters.
        width: `600px` or `90%`; None for all the room there is.
        centred: Where `width` says less than all: in the middle, or at the side.
        preheader: The hidden words that mail programs show beside the subject; None for none.
        top: Where hidden words of that kind may be put.
    """

    offset: int
    width: str | None = None
    centred: bool = True
    preheader: Span | None = None
    top: int = 0


def find_spot(html: str) -> Spot:
    """On top of all that readers see, behind what is hidden, in the innermost box around all of it.

    Raises:
        Unreadable: It has more tags than any newsletter.
    """
    markup = Markup.parse(html, Lines.of("", html))
    try:
        return _Search(markup, Looks.of(tag for tag in markup.tags if tag.name == "style")).spot()
    finally:
        markup.let_go()


@dataclass(slots=True)
class _Search:
    markup: Markup
    looks: Looks
    hidden: list[Tag] = field(default_factory=list)

    def spot(self) -> Spot:
        if not self.markup.tags:
            start = self._text_start()
            return Spot(offset=start, top=start)
        body = next((tag for tag in self.markup.tags if tag.name == "body"), None)
        spot = self._descend(body or next(iter(self.markup.tags[0].parents)))
        top = self._inside(body) if body else spot.offset
        return replace(spot, preheader=self._preheader(), top=top)

    def _descend(self, box: Tag) -> Spot:
        """Into the only thing that is seen, as long as that is a box."""
        centred, bounded = False, False
        for _ in range(_DEEPEST):
            seen = self._seen(box)
            if not seen or not isinstance(seen[0], Tag):
                return Spot(offset=self._inside(box))
            centred = centred or box.name == "center" or is_aligned(box, "center")
            inner = self._box_in(seen[0]) if len(seen) == 1 and not bounded else None
            if inner is None:
                return self._before(seen[0], bounded=bounded, centred=centred)
            bounded = self.looks.width(seen[0]) is not None
            box = inner
        return Spot(offset=self._inside(box))

    def _seen(self, box: Tag) -> list[PageElement]:
        """The first two children that readers see; what is hidden before them is kept in mind."""
        seen: list[PageElement] = []
        for child in list(box.children)[:_MOST_CHILDREN]:
            if isinstance(child, Tag):
                if child.name in _UNSEEN or _is_pixel(child):
                    continue
                if self.looks.is_hidden(child):
                    self.hidden += [] if seen else [child]
                    continue
            elif isinstance(child, PreformattedString) or not _words(child):
                continue
            seen.append(child)
            if len(seen) > 1:
                break
        return seen

    def _box_in(self, tag: Tag) -> Tag | None:
        """The element itself, or the one cell of a table that only frames; None for no box."""
        if tag.name in _BOXES:
            return tag
        if tag.name != "table" or self.looks.width(tag):
            return None
        parts = (tag, *tag.find_all(("tbody", "thead"), recursive=False))
        rows = [row for part in parts for row in part.find_all("tr", recursive=False)]
        cells = rows[0].find_all(("td", "th"), recursive=False) if len(rows) == 1 else []
        return cells[0] if len(cells) == 1 else None

    def _before(self, tag: Tag, *, bounded: bool, centred: bool) -> Spot:
        offset = _before_conditions(self.markup.text, self.markup.offset(tag))
        if bounded:
            return Spot(offset=offset)
        around = (tag, *self.markup.inside(tag, _MOST_LOOKED_AT))
        wide = next((one for one in around if self._may_be_body(one)), None)
        if wide is None:
            return Spot(offset=offset)
        centred = centred or self.looks.is_centred(wide) or _is_in_middle(wide, tag)
        return Spot(offset=offset, width=self.looks.width(wide), centred=centred)

    def _may_be_body(self, tag: Tag) -> bool:
        """A picture's width says nothing."""
        is_box = tag.name in _BOXES or tag.name in {"table", "td"}
        return is_box and self.looks.width(tag) is not None

    def _inside(self, box: Tag) -> int:
        """The offset right behind the start tag."""
        if box.parent is None:
            return self._text_start()
        found = _TAG.match(self.markup.text, self.markup.offset(box))
        return found.end() if found else self.markup.offset(box)

    def _text_start(self) -> int:
        found = _START.match(self.markup.text)
        return found.end() if found else 0

    def _preheader(self) -> Span | None:
        """The first words that stand alone in a tag which says itself that it is hidden."""
        for tag in self.hidden:
            span = self._content(tag) if Looks({}).is_hidden(tag) else None
            text = self.markup.text[span.start : span.end] if span else ""
            words = collapse(unescape(text)) if "<" not in text else ""
            if 0 < len(words) <= _LONGEST_PREHEADER:
                return span
        return None

    def _content(self, tag: Tag) -> Span | None:
        """What stands between its start tag and its end tag; None where it has no end."""
        text, start = self.markup.text, self._inside(tag)
        depth = 1
        for found in re.finditer(rf"<(/?){re.escape(tag.name)}\b", text[start:], re.IGNORECASE):
            depth += -1 if found[1] else 1
            if depth == 0:
                return Span(start=start, end=start + found.start())
        return None


def _is_in_middle(tag: Tag, top: Tag) -> bool:
    """Does a box around it, up to `top`, set it in the middle?"""
    above: Tag | None = tag
    while above is not None and above is not top:
        above = above.parent
        if above is not None and _centres(above):
            return True
    return False


def _centres(tag: Tag) -> bool:
    return tag.name == "center" or (tag.name != "table" and is_aligned(tag, "center"))


def _is_pixel(tag: Tag) -> bool:
    sides = {str(tag.get(side) or "").removesuffix("px") for side in ("width", "height")}
    return tag.name == "img" and bool(sides & {"0", "1"})


def _words(child: PageElement) -> str:
    return collapse(str(child).removesuffix(END)) if isinstance(child, NavigableString) else ""


def _before_conditions(text: str, offset: int) -> int:
    """In front of the comments that open something for Outlook around what stands at `offset`."""
    for _ in range(4):
        before = text[max(0, offset - 4_000) : offset].rstrip()
        end = offset - len(text[max(0, offset - 4_000) : offset]) + len(before)
        if reveals := _REVEALS.search(before):
            offset = end - (len(before) - reveals.start())
        elif before.endswith(_CONDITION_ENDS):
            start = before.rfind(_CONDITION)
            if start < 0 or "</" in before[start:]:
                return offset
            offset = end - (len(before) - start)
        else:
            return offset
    return offset
