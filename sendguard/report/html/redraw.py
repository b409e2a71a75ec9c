"""The newsletter's markup written anew: what is known to be harmless, closed where it was opened.

Read by the parser that finds the links, so that an element stands at the same offset for both.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from sendguard.links.forgiving import Forgiving
from sendguard.links.markup import END
from sendguard.report.html.boxes import input_box, picture_box
from sendguard.report.html.styles import safe_style
from sendguard.values import Lines

FORMATTING = frozenset(
    "b big code em font i nobr s small strike strong tt u a".split()  # HTML, 13.2.4.3
)
VOID = frozenset("br hr col slot".split())
TAGS = (
    FORMATTING
    | VOID
    | frozenset(
        "div p span center pre blockquote h1 h2 h3 h4 h5 h6 ul ol li dl dt dd sup sub del ins q"
        " cite abbr mark table caption colgroup thead tbody tfoot tr td th".split()
    )
)
ATTRIBUTES = frozenset(
    "style class id align valign width height bgcolor border cellpadding cellspacing colspan"
    " rowspan dir lang color face size start type".split()
)
_AS_DIV = frozenset(
    "section article header footer nav main aside figure figcaption address form fieldset".split()
)
_DROPPED = frozenset(  # with all that stands in them; of the rest that is unknown only the tags
    "script style title template iframe select textarea noembed noframes xmp".split()
)
_CLOSES = {
    "p": frozenset({"p"}),
    "li": frozenset({"p", "li"}),
    "dt": frozenset({"p", "dt", "dd"}),
    "dd": frozenset({"p", "dt", "dd"}),
    "td": frozenset({"p", "td", "th"}),
    "th": frozenset({"p", "td", "th"}),
    "tr": frozenset({"p", "td", "th", "tr"}),
}
_DEEPEST = 150  # elements in each other; newsletters nest some forty
_MOST_FORMATTING = 20  # in each other: browsers open each anew in every block that it runs into
_LONGEST = 2_000  # characters of an attribute
_HIDES = re.compile(
    r"display\s*:\s*none|(?<![\w-])opacity\s*:\s*0*(?:\.0*)?\s*(?:;|!|\Z)|max-height\s*:\s*0",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What has to be marked.

    Attributes:
        before: For the offset of an element the ids of the links that are marked before it.
        entries: For the offset of an element that is a link the id of its entry in the report.
        numbers: For the offset of a picture that is not marked the id of its link.
    """

    before: Mapping[int, tuple[str, ...]]
    entries: Mapping[int, str]
    numbers: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    hidden: bool


class Redrawing(Forgiving):
    """Reads a part once; then `html` and `css` hold what came of it."""

    def __init__(self, text: str, marks: Marks) -> None:
        super().__init__(convert_charrefs=True)
        self.css = ""
        self._body: dict[str, str] = {}
        self._made: list[str] = []
        self._stack: list[_Open] = []
        self._dropped: list[str] = []
        self._marks, self._size = marks, len(text)
        self._starts = Lines.of("", text).starts
        self.feed(text + END)
        self.close()

    @property
    def html(self) -> str:
        """The whole, in an element that stands for `body`."""
        closed = "".join(f"</{one.name}>" for one in reversed(self._stack))
        colour = self._body.get("bgcolor", "")
        style = f"background-color:{colour};" if colour.strip("#").isalnum() else ""
        style += safe_style(self._body.get("style", ""))
        named = escape(f"sg-body {self._body.get('class', '')}".strip())
        return f'<div class="{named}" style="{escape(style)}">{"".join(self._made)}{closed}</div>'

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element, its mark before it."""
        if self._dropped:
            self._dropped += [tag] if tag == self._dropped[-1] else []
            return
        attributes = {name: value or "" for name, value in reversed(attrs)}
        offset = self._offset()
        hidden = self._is_hidden() or bool(_HIDES.search(attributes.get("style", "")[:_LONGEST]))
        self._close_what_ends_at(tag)
        self._mark(offset, hidden=hidden)
        if tag in _DROPPED:
            self._dropped.append(tag)
        elif tag == "img":
            self._made.append(picture_box(attributes, self._marks.numbers.get(offset, "")))
        elif tag == "input":
            self._made.append(input_box(attributes))
        elif tag == "body":
            self._body = self._body or attributes
        else:
            self._open("div" if tag in _AS_DIV else tag, attributes, offset, hidden=hidden)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As HTML does: the stroke in `<b/>` says nothing."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what stands open inside it."""
        if self._dropped:
            self._dropped.pop() if tag == self._dropped[-1] else None
            return
        name = "div" if tag in _AS_DIV else tag
        if any(one.name == name for one in self._stack):
            while self._close() != name:
                pass

    def handle_data(self, data: str) -> None:
        """Write text; style sheets are kept apart."""
        if self._offset() >= self._size:
            return
        if not self._dropped:
            self._made.append(escape(data.removesuffix(END), quote=False))
        elif self._dropped[-1] == "style":
            self.css += data.removesuffix(END)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[min(line, len(self._starts)) - 1] + column

    def _mark(self, offset: int, *, hidden: bool) -> None:
        ids = () if hidden else self._marks.before.get(offset, ())
        self._made += (f'<slot name="{id_}"></slot>' for id_ in ids)

    def _open(self, name: str, attributes: dict[str, str], offset: int, *, hidden: bool) -> None:
        if name not in TAGS - {"slot"} or self._is_too_deep(name):
            return
        self._made.append(f"<{name}{''.join(self._attributes(name, attributes, offset))}>")
        if name not in VOID:
            self._stack.append(_Open(name, hidden))

    def _attributes(self, name: str, attributes: dict[str, str], offset: int) -> Iterator[str]:
        if name == "a" and (entry := self._marks.entries.get(offset)):
            yield f' href="#{entry}" tabindex="-1"'  # the mark takes the keyboard there
        for key in ATTRIBUTES & attributes.keys():
            value = attributes[key]
            said = safe_style(value) if key == "style" else value
            if len(value) <= _LONGEST:
                yield f' {key}="{escape(said)}"'

    def _is_hidden(self) -> bool:
        return bool(self._stack) and self._stack[-1].hidden

    def _is_too_deep(self, name: str) -> bool:
        formatting = sum(one.name in FORMATTING for one in self._stack)
        return len(self._stack) >= _DEEPEST or (
            name in FORMATTING and formatting >= _MOST_FORMATTING
        )

    def _close_what_ends_at(self, tag: str) -> None:
        """HTML lets many end tags be left out: the next `td` ends a `td`."""
        if tag == "a":
            self.handle_endtag("a") if self._is_in_link() else None
            return
        while self._stack and self._stack[-1].name in _CLOSES.get(tag, ()):
            self._close()

    def _is_in_link(self) -> bool:
        return any(one.name == "a" for one in self._stack)

    def _close(self) -> str:
        name = self._stack.pop().name
        self._made.append(f"</{name}>")
        return name
