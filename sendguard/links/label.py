"""What a reader sees of a link, and what stands in front of it on its line."""

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from sendguard.links.markup import collapse, shown_text

MOST_LABEL = 300
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul"),
        *("br", "mj-text", "mj-column", "mj-section", "html"),
    }
)


def label_of(tag: Tag) -> str:
    """The visible text of a link; else the alt text of its image; else its title."""
    alts = (str(image.get("alt") or "") for image in (tag, *tag.find_all("img")))
    others = (str(tag.get(name) or "") for name in ("aria-label", "title", "value"))
    texts = (shown_text(tag), " ".join(alts), *others)
    return next((text for text in map(collapse, texts) if text), "")[:MOST_LABEL]


def is_picture(tag: Tag) -> bool:
    """Is the link an image without words of its own?"""
    return tag.name.endswith("-image") or (tag.find("img") is not None and not shown_text(tag))


def before(tag: Tag, most: int = 80) -> str:
    """The words in front of an element on its line, at most the last `most` characters."""
    found: list[str] = []
    line = _block_of(tag)
    node = tag.previous_element
    while node is not None and sum(map(len, found)) < most:
        if isinstance(node, Tag) and node.name in _BLOCKS:
            break
        if type(node) is NavigableString and _block_of(node) is line:
            found.append(str(node))
        node = node.previous_element
    return collapse("".join(reversed(found)))[-most:]


def _block_of(node: PageElement) -> Tag | None:
    return next((parent for parent in node.parents if parent.name in _BLOCKS), None)
