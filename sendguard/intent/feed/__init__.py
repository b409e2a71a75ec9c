"""What the author's site says of its own articles: feeds and sitemaps read, intents refined."""

from sendguard.intent.feed.known import Articles, FeedContent, Known, KnownArticle, NoFeed, Parts
from sendguard.intent.feed.read import LARGEST, read_feed
from sendguard.intent.feed.refine import refine

__all__ = [
    "LARGEST",
    "Articles",
    "FeedContent",
    "Known",
    "KnownArticle",
    "NoFeed",
    "Parts",
    "read_feed",
    "refine",
]
