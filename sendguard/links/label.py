"""What a reader sees of a link, and what stands around it on its line."""

from collections.abc import Iterable, Iterator
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from sendguard.links.addresses import Hit
from sendguard.links.markup import Markup, collapse

MOST_LABEL = 300
_FAR = 60  # elements looked at on one line, or above; a hostile newsletter has thousands
BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul"),
        *("br", "mj-text", "mj-column", "mj-section", "html"),
    }
)


def label_of(hit: Hit) -> str:
    """The visible text of a link; else the alt text of its image; else its title."""
    tag = hit.tag
    alts = (str(image.get("alt") or "")[:MOST_LABEL] for image in (tag, *_pictures(hit)))
    others = (str(tag.get(name) or "")[:MOST_LABEL] for name in ("aria-label", "title", "value"))
    texts = (_words(hit), " ".join(alts), *others)
    return next((text for text in map(collapse, texts) if text), "")[:MOST_LABEL]


def is_picture(hit: Hit) -> bool:
    """Is the link an image without words of its own?"""
    return hit.tag.name.endswith("-image") or (bool(_pictures(hit)) and not _words(hit))


def _words(hit: Hit) -> str:
    return hit.markup.shown(hit.tag, most=MOST_LABEL)


def _pictures(hit: Hit) -> tuple[Tag, ...]:
    return tuple(tag for tag in hit.markup.inside(hit.tag) if tag.name == "img")


def before(tag: Tag, most: int = 80) -> str:
    """The words in front of an element on its line, at most the last `most` characters."""
    found: list[str] = []
    line = _block_of(tag)
    for node in islice(tag.previous_elements, _FAR):
        if (isinstance(node, Tag) and node.name in BLOCKS) or sum(map(len, found)) > most:
            break
        if type(node) is NavigableString and _block_of(node) is line:
            found.append(str(node)[-most:])
    return collapse("".join(reversed(found)))[-most:]


def behind(tag: Tag, most: int = 80) -> str:
    """The words behind an element on its line, at most the first `most` characters."""
    found: list[str] = []
    line = _block_of(tag)
    for node in _following(tag):
        if (isinstance(node, Tag) and node.name in BLOCKS) or sum(map(len, found)) > most:
            break
        if type(node) is NavigableString and _block_of(node) is line:
            found.append(str(node)[:most])
    return collapse("".join(found))[:most]


def first_in_entries(hits: Iterable[Hit], markup: Markup) -> dict[int, int]:
    """The number of the list entry (`li`) that a hit is the first link of, by the hit's `id()`."""
    first: dict[int, int] = {}
    for hit in hits:
        near = islice(hit.tag.parents, _NEAR_ENTRY) if hit.followed else ()
        entry = next((above for above in near if above.name == "li"), None)
        if entry is not None:
            first.setdefault(markup.number(entry), id(hit))
    return {hit: number for number, hit in first.items()}


_NEAR_ENTRY = 5


def _following(tag: Tag) -> Iterator[PageElement]:
    """What comes behind all that is inside an element, until its line's block ends."""
    above: Tag | None = tag
    for _ in range(_FAR):
        if above is None or above.name in BLOCKS:
            return
        if above.next_sibling is not None:
            yield above.next_sibling
            yield from islice(above.next_sibling.next_elements, _FAR)
            return
        above = above.parent


def _block_of(node: PageElement) -> Tag | None:
    near = islice(node.parents, _FAR)
    return next((parent for parent in near if parent.name in BLOCKS), None)
