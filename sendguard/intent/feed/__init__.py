"""What the author's site says of its own articles: feeds and sitemaps read, intents refined."""

from sendguard.intent.feed.known import (
    NOTHING_KNOWN,
    Articles,
    FeedContent,
    Known,
    KnownArticle,
    NoFeed,
    Parts,
)
from sendguard.intent.feed.read import LARGEST, read_feed
from sendguard.intent.feed.refine import refine

__all__ = [
    "LARGEST",
    "NOTHING_KNOWN",
    "Articles",
    "FeedContent",
    "Known",
    "KnownArticle",
    "NoFeed",
    "Parts",
    "read_feed",
    "refine",
]
