"""What the pages behind a whole issue are called, worked out from the issue itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32

from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.accuracy.addresses import fragment, key, site_name, slug_words
from benchmarks.accuracy.shapes import Issue, Mistake, Served

OTHER_ARTICLE = frozenset(
    """
    wrong-article duplicate-of-neighbour previous-issue wrong-number wrong-repo wrong-site
    parent-page-instead homepage-instead number-mismatch
    """.split()
)
"""Mistakes that open a page, only not the one that was meant; most others open none."""

_SAYS_NOTHING = frozenset(
    """
    here link this that read more article post blog video source code docs details discuss website
    slides demo github twitter tweet continue reading full story story page learn watch now
    """.split()
)
_TITLE_LENGTH = range(3, 25)
_BLOCKS = frozenset("p li td th div h1 h2 h3 h4 h5 h6 dd dt blockquote".split())
_VOWELS = frozenset("aeiouyäöüéèáíóú")
_SENTENCE = 12  # words


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link of an issue: its label, its address, and the text of the block that it stands in."""

    label: str
    href: str
    around: str


def anchors(html: str) -> tuple[Anchor, ...]:
    """Every link of an issue, in order."""
    return tuple(_anchors(LexborHTMLParser(html)))


def _anchors(tree: LexborHTMLParser) -> Iterator[Anchor]:
    for node in tree.css("a[href]"):
        block = block_of(node)
        around = node_text(block) if block is not None else ""
        yield Anchor(_label(node), node.attributes.get("href") or "", around)


def block_of(node: LexborNode) -> LexborNode | None:
    """The paragraph, list item, cell or heading that a link stands in."""
    above = node.parent
    while above is not None and above.tag not in _BLOCKS:
        above = above.parent
    return above


def _label(node: LexborNode) -> str:
    images = (image.attributes.get("alt") or "" for image in node.css("img"))
    return node_text(node) or next(filter(None, images), "")


def node_text(node: LexborNode) -> str:
    """What a reader sees of it, on one line."""
    return " ".join(node.text(deep=True).split())


def pages_of(issue: Issue) -> dict[str, Served | None]:
    """The web of an issue: right links answer with what they are called, wrong ones as it was."""
    found = anchors(issue.html)
    mistaken = {(it.label, it.wrong) for it in issue.mistakes}
    right = [it for it in found if (it.label, it.href) not in mistaken]
    called = _called(right)
    pages: dict[str, Served | None] = {
        address: _served(address, title, right) for address, title in called.items()
    }
    pages |= {key(source): Served(title="") for source in _loaded(issue.html)}
    earlier = _called(it for html in issue.previous for it in anchors(html))
    for mistake in issue.mistakes:
        address = key(mistake.wrong)
        page = _behind(mistake, called, earlier)
        if page is None or address not in called:
            pages[address] = page
    return pages


def _called(links: Iterable[Anchor]) -> dict[str, str]:
    """A title for each address: of several labels the first that could be one."""
    labels = defaultdict[str, list[Anchor]](list)
    for link in links:
        labels[key(link.href)].append(link)
    return {address: _title(some) for address, some in labels.items() if address}


def _title(links: list[Anchor]) -> str:
    for link in links:
        if len(link.label.split()) in _TITLE_LENGTH and not _is_generic(link.label):
            return link.label
    first = next((link for link in links if not _is_generic(link.label)), None)
    return first.label if first else _untold(links[0])


def _untold(link: Anchor) -> str:
    """A title for what no label names: its address tells, or else the words around it."""
    words = [word for word in slug_words(link.href) if _is_word(word) or word.isdigit()]
    if sum(map(_is_word, words)) >= _TITLE_LENGTH.start:
        return " ".join(words).capitalize()
    return " ".join(link.around.split()[:_SENTENCE]) or link.label or "Home"


def _is_word(text: str) -> bool:
    return text.isalpha() and len(text) > 2 and text.islower() and bool(_VOWELS & set(text))


def _is_generic(label: str) -> bool:
    return all(word.strip(".,:!→»()[]").lower() in _SAYS_NOTHING for word in label.split())


def _served(address: str, title: str, links: Iterable[Anchor]) -> Served:
    """A page with every place that the issue names; every other site adds its name to titles."""
    there = (it.href for it in links if "#" in it.href and key(it.href) == address)
    named = crc32(address.encode()) % 2
    site = site_name(f"https://{address}") if named else ""
    return Served(title=title, site=site, places=frozenset(map(fragment, there)))


def _behind(
    mistake: Mistake, called: Mapping[str, str], earlier: Mapping[str, str]
) -> Served | None:
    address = key(mistake.wrong)
    if mistake.kind == "anchor-fragment":
        return Served(title=mistake.label, places=frozenset({fragment(mistake.wrong)}))
    if not address or mistake.kind not in OTHER_ARTICLE:
        return None
    title = called.get(address) or earlier.get(address)
    if title is None or (title == mistake.label and mistake.kind != "previous-issue"):
        title = " ".join(slug_words(mistake.wrong)).capitalize() or site_name(mistake.wrong)
    return Served(title=title)


def _loaded(html: str) -> Iterator[str]:
    for node in LexborHTMLParser(html).css("[src], [background], [poster]"):
        for name in ("src", "background", "poster"):
            yield node.attributes.get(name) or ""
