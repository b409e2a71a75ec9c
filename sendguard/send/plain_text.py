"""The plain text part of a newsletter whose author wrote none, made from its HTML."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sendguard.errors import Unreadable
from sendguard.send.merge import Found, find_fields
from sendguard.send.plain_page import FIELD, Page, address_of

DEEPEST = 20_000
"""Elements that stand in each other; what the parser takes grows by the square of it."""

_FIELD_END = "\ue001"
_FIELDS = re.compile(f"{FIELD}([0-9]{{1,9}}){_FIELD_END}")
_NO_MARKS = str.maketrans("", "", f"{FIELD}{_FIELD_END}")
_HIDING = re.compile(r"display:none|visibility:hidden|max-height:0(?:px)?(?:;|!|$)")
_NOT_READ = frozenset("head title style script template noscript textarea select svg".split())
_TAG = re.compile(r"<(/?)(?!(?:area|br|col|hr|img|input|link|meta|wbr)\b)[A-Za-z]", re.IGNORECASE)


def plain_text(markup: str) -> str:
    """The text that readers see, with the address of each link behind its words.

    Merge fields stay as they are. What is hidden, commented out, or meant for Outlook alone is
    left out.

    Raises:
        Unreadable: Its elements stand more than `DEEPEST` deep in each other.
    """
    if max(accumulate(-1 if tag[1] else 1 for tag in _TAG.finditer(markup)), default=0) > DEEPEST:
        says = "the HTML is too deep to make a text part from: name one of your own with `text:`"
        raise Unreadable(says)
    clean = markup.encode("utf-8", "replace").decode("utf-8").translate(_NO_MARKS)
    fields = tuple(find_fields(clean, markup=True))
    written = [html.unescape(clean[found.start : found.end]) for found in fields]
    text = _FIELDS.sub(lambda mark: _field(mark, written), _text_of(_marked(clean, fields)))
    return text.translate(_NO_MARKS)


def _marked(markup: str, fields: Iterable[Found]) -> str:
    """The markup with a mark in each field's place: a field's quotes are none of the markup's."""
    pieces, end = [], 0
    for number, found in enumerate(fields):
        pieces += [markup[end : found.start], f"{FIELD}{number}{_FIELD_END}"]
        end = found.end
    return "".join([*pieces, markup[end:]])


def _field(mark: re.Match[str], written: Sequence[str]) -> str:
    """The field that a mark stands for; nothing for one that the author wrote."""
    number = int(mark[1])
    return " ".join(written[number].split()) if number < len(written) else ""


def _text_of(markup: str) -> str:
    root = LexborHTMLParser(markup).body
    if root is None:
        return ""
    page = Page(labelled=frozenset(_labelled(root)))
    for node, opens in _steps(root):
        page.open(node) if opens else page.close(node)
    page.flush()
    return "\n".join(page.lines).strip("\n") + "\n"


def _labelled(root: LexborNode) -> Iterator[str]:
    """Addresses of the links that have words."""
    for link in root.css("a[href]"):
        if link.text().strip():
            yield address_of(link)


def _steps(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every node that is read, as it opens and as it closes, however deep they stand."""
    node, depth = root, 0
    while True:
        is_read = not _is_hidden(node)
        if is_read:
            yield node, True
        child = node.child if is_read else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        if is_read:
            yield node, False
        while depth and node.next is None:
            above = node.parent
            if above is None:
                return
            node, depth = above, depth - 1
            yield node, False
        if not depth or node.next is None:
            return
        node = node.next


def _is_hidden(node: LexborNode) -> bool:
    if node.is_text_node:
        return False
    if not node.is_element_node or node.tag in _NOT_READ:
        return True
    attributes = node.attributes
    style = (attributes.get("style") or "").lower().replace(" ", "")
    return "hidden" in attributes or bool(_HIDING.search(style))
