"""RSS and Atom in all their versions, read by feedparser."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from sendguard.intent.feed.known import (
    MOST_TITLE,
    Articles,
    FeedContent,
    KnownArticle,
    NoFeed,
    article,
)
from sendguard.values import Url


def read_rss(raw: bytes, url: Url) -> FeedContent:
    """The articles of a feed, or why it is none.

    Args:
        raw: In UTF-8, and looked over before.
        url: Where it stands, to resolve addresses.
    """
    try:
        known = tuple(_articles(_entries(raw, url), url))
    except Exception:  # noqa: BLE001 - over odd feeds feedparser raises all kinds
        return NoFeed("is so odd that it cannot be read")
    return Articles(known) if known else NoFeed("names no article")


def _entries(raw: bytes, url: Url) -> Iterable[Mapping[str, Any]]:
    # Slow to import, and most campaigns have no feed.
    import feedparser  # noqa: PLC0415

    # A stream: of a text feedparser might think that it is an address to be fetched.
    read = feedparser.parse(
        BytesIO(raw),
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            "content-location": url.text,
        },
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    entries: Iterable[Mapping[str, Any]] = read.entries
    return entries


def _articles(entries: Iterable[Mapping[str, Any]], url: Url) -> Iterator[KnownArticle]:
    for entry in entries:
        title = _title(entry)
        address = str(entry.get("feedburner_origlink") or entry.get("link") or "")
        found = article(title, address, url) if title and address else None
        if found:
            yield found


def _title(entry: Mapping[str, Any]) -> str:
    title = str(entry.get("title") or "")[: 4 * MOST_TITLE]
    kind = (entry.get("title_detail") or {}).get("type")
    if kind == "text/plain" or not {"<", "&"} & set(title):
        return title
    return LexborHTMLParser(title).text()
