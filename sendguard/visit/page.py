"""The facts of a page: what it says about itself in its head and its first heading."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sendguard.read.charset import decode
from sendguard.values import Url
from sendguard.visit.enough import LIMIT
from sendguard.visit.json_ld import read_json_ld
from sendguard.visit.visit import Page

LONGEST_TITLE = 1_000

# A page with more titles or headings before the first with words in it is no page.
MOST_TRIED = 20

# Elements that are never closed; an honest page has images and line breaks, but not so many.
MOST_LEFT_OPEN = 6_000


def read_page(
    body: bytes, *, media_type: str, charset: str | None, url: Url, cut_short: bool = False
) -> Page:
    """What the beginning of an HTML page says about the page; never raises.

    Args:
        body: As much of the page as was read, decompressed.
        media_type: As `Page.media_type`.
        charset: From the Content-Type header; None when it names none.
        url: Where the page stands, to resolve its canonical address.
        cut_short: As `Page.cut_short`.
    """
    tree = parse_page(body, charset)
    return page_facts(tree, media_type=media_type, url=url, cut_short=cut_short)


def parse_page(body: bytes, charset: str | None) -> LexborHTMLParser:
    """The beginning of a page as a tree; `charset` as its Content-Type names it."""
    return LexborHTMLParser(decode(_parsable(body[:LIMIT]), charset))


def without_loose_end(body: bytes) -> bytes:
    """The beginning of a page without a title or first heading that has not come to its end.

    Half a title would be another one: “Five ways to” is not what the page is called.
    """
    for begin, end in _MUST_END:
        ended_at = max((found.end() for found in end.finditer(body)), default=0)
        loose = begin.search(body, ended_at)
        body = body[: loose.start()] if loose else body
    return body


def page_facts(
    tree: LexborHTMLParser, *, media_type: str, url: Url, cut_short: bool = False
) -> Page:
    """As `read_page`, of a page that is a tree already."""
    telling = _Telling.of(tree)
    metas = _metas(telling.metas)
    told = read_json_ld(map(_text, telling.scripts))
    return Page(
        media_type=media_type,
        title=_first_title(telling.titles),
        og_title=metas.get("og:title"),
        twitter_title=metas.get("twitter:title"),
        heading=_first_heading(telling.headings),
        headline=_short(told.headline),
        description=metas.get("og:description") or metas.get("description"),
        site_name=metas.get("og:site_name") or _short(told.site_name),
        canonical=_canonical(telling.links, url),
        language=_language(tree),
        cut_short=cut_short,
    )


def _parsable(body: bytes) -> bytes:
    """The body, or only its beginning where so much stays open that parsing would take seconds."""
    left_open = body.count(b"<") - 2 * body.count(b"</")
    return body if left_open < MOST_LEFT_OPEN else body[: len(body) // 4]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """The elements that tell what a page is, each kind in reading order, found on one way."""

    metas: Sequence[LexborNode]
    scripts: Sequence[LexborNode]
    titles: Sequence[LexborNode]
    headings: Sequence[LexborNode]
    links: Sequence[LexborNode]

    @classmethod
    def of(cls, tree: LexborHTMLParser) -> "_Telling":
        found: dict[str, list[LexborNode]] = {}
        for node in tree.css(_TELLING):
            found.setdefault(node.tag or "", []).append(node)
        return cls(
            metas=found.get("meta", ()),
            scripts=found.get("script", ()),
            titles=found.get("title", ()),
            headings=found.get("h1", ()),
            links=found.get("link", ()),
        )


_TELLING = (
    'meta[content], script[type="application/ld+json" i], title, h1, link[rel~="canonical" i][href]'
)


def _metas(metas: Iterable[LexborNode]) -> dict[str, str]:
    """The first that says something of each kind of meta element, by name in lower case."""
    found: dict[str, str] = {}
    for node in metas:
        name = node.attributes.get("property") or node.attributes.get("name")
        content = _short(node.attributes.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first_title(titles: Sequence[LexborNode]) -> str | None:
    pages = (node for node in titles[:MOST_TRIED] if not _is_inside(node, "svg"))
    return _short(next((_text(node) for node in pages), None))


def _first_heading(headings: Sequence[LexborNode]) -> str | None:
    """The first `h1` with words in it, or with a picture that has some."""
    return next(filter(None, (_heading(node) for node in headings[:MOST_TRIED])), None)


def _heading(node: LexborNode) -> str | None:
    for unseen in node.css("svg, script, style, template"):
        unseen.decompose()
    for apart in node.css("br, div, p, li"):
        apart.insert_before(" ")
    images = node.css("img[alt]")
    return _short(_text(node)) or _short(images[0].attributes.get("alt") if images else None)


def _canonical(links: Iterable[LexborNode], url: Url) -> Url | None:
    for node in links:
        href = (node.attributes.get("href") or "").strip()
        return Url.parse(href, url) if href else None
    return None


def _language(tree: LexborHTMLParser) -> str | None:
    root = tree.css_first("html")
    return ((root.attributes.get("lang") if root else None) or "").strip().lower() or None


def _is_inside(node: LexborNode, tag: str) -> bool:
    above = node.parent
    while above is not None and above.tag != tag:
        above = above.parent
    return above is not None


def _text(node: LexborNode) -> str:
    return node.text(deep=True)


def _short(text: str | None) -> str | None:
    """On one line, with single spaces, cut at a length that no real title has."""
    return " ".join((text or "")[: 4 * LONGEST_TITLE].split())[:LONGEST_TITLE] or None


_MUST_END = (
    (re.compile(rb"<title\b", re.IGNORECASE), re.compile(rb"</title\s{0,9}>", re.IGNORECASE)),
    (re.compile(rb"<h1\b", re.IGNORECASE), re.compile(rb"</h1\s{0,9}>", re.IGNORECASE)),
)
