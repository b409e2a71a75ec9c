"""JSON Feed (jsonfeed.org, versions 1 and 1.1)."""

import json
from collections.abc import Iterator

from sendguard.intent.feed.known import Articles, FeedContent, KnownArticle, NoFeed, article
from sendguard.intent.feed.xml_pass import MOST_ENTRIES
from sendguard.values import Url


def read_json_feed(text: str, url: Url) -> FeedContent:
    """The articles of a JSON Feed, or why it is none."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return NoFeed("is damaged, so that it cannot be read as JSON")
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        return NoFeed("has no list of items, so it is no JSON Feed")
    known = tuple(_articles(items[:MOST_ENTRIES], url))
    return Articles(known) if known else NoFeed("names no article")


def _articles(items: list[object], url: Url) -> Iterator[KnownArticle]:
    for item in items:
        if not isinstance(item, dict):
            continue
        title, address = item.get("title"), item.get("url")
        if isinstance(title, str) and title.strip() and isinstance(address, str):
            found = article(_sound(title), _sound(address), url)
            if found:
                yield found


def _sound(text: str) -> str:
    """The text without halves of characters, which JSON can spell and nothing can write."""
    return text.encode("utf-8", "replace").decode("utf-8")
