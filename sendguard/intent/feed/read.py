"""From the bytes of a feed or a sitemap to the articles that it names; never raises."""

import re
import zlib

from selectolax.lexbor import LexborHTMLParser

from sendguard.intent.feed.json_feed import read_json_feed
from sendguard.intent.feed.known import FeedContent, NoFeed
from sendguard.intent.feed.rss import read_rss
from sendguard.intent.feed.xml_pass import look_over
from sendguard.read.charset import decode
from sendguard.values import Url

LARGEST = 5 * 1024 * 1024
"""Bytes of a feed, packed or not; the feeds of real sites stay far below."""

_GZIP = b"\x1f\x8b"
_HEAD = 2_000  # characters, in which a document says what it is
_LARGEST_PAGE = 100_000
_PAGE = re.compile(r"<!doctype html|<html\b", re.IGNORECASE)
_NO_PAGE = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b", re.IGNORECASE)
_FEED_KINDS = {"application/rss+xml", "application/atom+xml", "application/feed+json"}
# What XML cannot have, and careless programs write all the same; and marks of byte order.
_UNFIT = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFEFF, 0xFFFE, 0xFFFF])


def read_feed(body: bytes, *, charset: str | None, url: Url) -> FeedContent:
    """What a feed or a sitemap names, or why it is none.

    Args:
        body: All of it; a gzip file is unpacked.
        charset: From the Content-Type header; None when it names none.
        url: Where it stands, to resolve addresses.
    """
    whole = _gunzipped(body) if body.startswith(_GZIP) else body
    if isinstance(whole, NoFeed):
        return whole
    if len(whole) > LARGEST:
        return NoFeed(f"is larger than {LARGEST // 1024**2} MB")
    text = decode(whole, charset).translate(_UNFIT).strip()
    if not text:
        return NoFeed("is empty")
    if text.startswith("{"):
        return read_json_feed(text, url)
    if _PAGE.search(text[:_HEAD]) and not _NO_PAGE.search(text[:_HEAD]):
        return NoFeed(_says_of_page(text, url))
    return _read_xml(text, url)


def _read_xml(text: str, url: Url) -> FeedContent:
    if not text.startswith("<"):
        return NoFeed("is neither a feed nor a sitemap")
    seen = look_over(text.encode("utf-8", "replace"), url)
    return read_rss(seen, url) if isinstance(seen, bytes) else seen


def _gunzipped(body: bytes) -> bytes | NoFeed:
    """The content of a gzip file, never more than is needed to see that it is too large."""
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        content = unzip.decompress(body, LARGEST + 1)
    except zlib.error:
        return NoFeed("is a gzip file that cannot be unpacked")
    if not unzip.eof and len(content) <= LARGEST:
        return NoFeed("is a gzip file that breaks off")
    return content


def _says_of_page(text: str, url: Url) -> str:
    tree = LexborHTMLParser(text[:_LARGEST_PAGE])
    links = tree.css('link[rel~="alternate" i][href]')
    hrefs = (
        link.attributes.get("href") or ""
        for link in links
        if (link.attributes.get("type") or "").strip().lower() in _FEED_KINDS
    )
    found = next(filter(None, (Url.parse(href, url) for href in hrefs if href.strip())), None)
    return f"is a web page, whose feed is at {found.text}" if found else "is a web page, no feed"
