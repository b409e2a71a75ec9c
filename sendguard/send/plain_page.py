"""The page of plain text that grows while HTML is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from sendguard.links.merge_tags import has_tag

WIDTH = 76
"""Characters of a line; an address is never cut."""

FIELD = "\ue000"
"""Begins the mark of a merge field."""

LINK, END, CELL = "\x02", "\x03", "\x1f"
"""Stand around an address in a text that is being read, and before the words of a cell."""

# What marks something here, and what nobody can see.
_UNSEEN = str.maketrans("", "", f"{LINK}{END}{CELL}\0\xad\u034f\u200b\u2060\ufeff")
_ADDRESS = re.compile(f"{LINK}([^{END}]*+){END}")
_BLANKS = re.compile(r"\s+")
_PADDING = re.compile("(?:[\u200c\u200d]\\s*+){2,}+")
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_RULE = 40
_MOST_MARGINS = 10
_BLOCKS = frozenset(
    """address article aside blockquote body center div dl fieldset figure footer form h1 h2 h3 h4
    h5 h6 header hr main nav ol p pre section table ul""".split()
)
_LINES = frozenset("tr li dt dd caption figcaption".split())


def address_of(link: LexborNode) -> str:
    """The address of a link, without blanks; empty for none."""
    return "".join(_seen(link.attributes.get("href")).split())


@dataclass(slots=True)
class Page:
    """What has been read so far.

    Attributes:
        labelled: Addresses of which some link has words.
        lines: Finished ones.
        open_text: Of the paragraph that is being read.
        links: Addresses of the links that are open, each with where its words begin.
        margins: What stands before the lines of the lists and quotations that are open.
        mark: What stands before the next line in the place of the last margin.
        numbers: Of the lists that are open; None for those that are not numbered.
    """

    labelled: frozenset[str]
    lines: list[str] = field(default_factory=list)
    open_text: list[str] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    mark: str | None = None
    numbers: list[int | None] = field(default_factory=list)

    def open(self, node: LexborNode) -> None:
        """A node begins."""
        name = node.tag or ""
        if node.is_text_node:
            self.open_text.append(_seen(node.text_content))
        elif name in _BLOCKS or name in _LINES:
            self.flush()
            self._gap(name)
            self._begin(name)
        else:
            self._begin_inside(name, node)

    def close(self, node: LexborNode) -> None:
        """A node ends."""
        name = node.tag or ""
        if name == "a":
            self._link()
        elif name in _BLOCKS or name in _LINES:
            self.flush()
        match name:
            case "blockquote":
                self.margins.pop()
            case "ul" | "ol":
                self.numbers.pop()
            case "li":
                self.margins.pop()
                self.mark = None
        self._gap(name)

    def flush(self) -> None:
        """The paragraph ends, and with it the words of links that are open."""
        for at, (address, start) in enumerate(self.links):
            has_words = self._tell(address, start)
            self.links[at] = ("" if has_words else address, 0)
        text = "".join(self.open_text)
        self.open_text = []
        for line in map(_told, text.split("\n")):
            if line:
                self._write(line)

    def _begin(self, name: str) -> None:
        match name:
            case "hr":
                self.lines += ["-" * _RULE, ""]
            case "blockquote":
                self.margins.append("> ")
            case "ul" | "ol":
                self.numbers.append(1 if name == "ol" else None)
            case "li":
                self._item()

    def _begin_inside(self, name: str, node: LexborNode) -> None:
        match name:
            case "br":
                self.open_text.append("\n")
            case "td" | "th":
                self.open_text.append(CELL)
            case "img":
                self._picture(node)
            case "a":
                self.links.append((address_of(node), len(self.open_text)))

    def _picture(self, node: LexborNode) -> None:
        words = " ".join(_seen(node.attributes.get("alt")).split())
        if words:
            self.open_text.append(f" {words} " if self.links else f" [{words}] ")

    def _link(self) -> None:
        address, start = self.links.pop()
        if not self._tell(address, start) and address and address not in self.labelled:
            self._put(address)

    def _tell(self, address: str, start: int) -> bool:
        """Put the address behind the words of its link, unless there are none; or it is them."""
        words = " ".join("".join(self.open_text[start:]).split())
        if words and address and words not in {address, _shown(address)}:
            self._put(address)
        return bool(words)

    def _put(self, address: str) -> None:
        if _SCHEME.match(address) or has_tag(address) or address.startswith(FIELD):
            self.open_text.append(f"{LINK}{_shown(address)}{END}")

    def _item(self) -> None:
        number = self.numbers[-1] if self.numbers else None
        mark = "- " if number is None else f"{number}. "
        if number is not None:
            self.numbers[-1] = number + 1
        self.margins.append(" " * len(mark))
        self.mark = mark

    def _gap(self, name: str) -> None:
        """A line without words, but at the top, behind another one, and inside lists."""
        if self.lines and self.lines[-1] and name in _BLOCKS and not self.numbers:
            self.lines.append("")

    def _write(self, text: str) -> None:
        margin = "".join(self.margins[-_MOST_MARGINS:])
        first = margin
        if self.mark is not None:
            first = "".join(self.margins[-_MOST_MARGINS:-1]) + self.mark
            self.mark = None
        for at, line in enumerate(_wrapped(text, WIDTH - len(margin))):
            self.lines.append((margin if at else first) + line)


def _shown(address: str) -> str:
    """A web address as it is, another one without its scheme."""
    return address if address[:4].lower() == "http" else _SCHEME.sub("", address, count=1)


def _told(line: str) -> str:
    """A line as it is written: cells parted, addresses behind the words of their links."""
    cells = (" ".join(cell.split()) for cell in _PADDING.sub("", line).split(CELL))
    text = " | ".join(cell for cell in cells if cell.strip(f" {LINK}{END}"))
    if text.count(LINK) == 1 and text.endswith(END):
        words, _, address = text[:-1].partition(LINK)
        between = " " if words.rstrip().endswith((":", "|")) else ": " if words.strip() else ""
        return f"{words.rstrip()}{between}{address}"
    return _ADDRESS.sub(lambda found: f" ({found[1]})", text).strip()


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _seen(text: str | None) -> str:
    return _BLANKS.sub(" ", (text or "").translate(_UNSEEN))
