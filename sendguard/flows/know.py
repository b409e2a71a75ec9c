"""Read the feeds of a run: what the authors' sites say of their own articles."""

import asyncio
from collections.abc import Iterable, Mapping

from sendguard.flows.until import all_until
from sendguard.intent.feed import FeedContent, Known, NoFeed, Parts, read_feed
from sendguard.intent.feed.known import Articles, KnownArticle
from sendguard.ports import Feeds, NotFetched
from sendguard.values import Url

MOST_PARTS = 10
"""Sitemaps that are read of those that an index names."""

LONGEST_READING_S = 30.0
"""A last resort: what reaches the parsers is bounded, and is read in a few seconds."""

_INTERRUPTED = Known(trouble="was not there yet when the check was interrupted")


async def know_all(
    addresses: Iterable[str], feeds: Feeds, stop: asyncio.Event | None = None
) -> Mapping[str, Known]:
    """What each different feed says, by its address as written; trouble is a value.

    One that is not read when `stop` is set is trouble, too.
    """
    named = tuple(dict.fromkeys(addresses))
    known = await all_until(stop or asyncio.Event(), (_know(address, feeds) for address in named))
    return {address: one or _INTERRUPTED for address, one in zip(named, known, strict=True)}


async def _know(address: str, feeds: Feeds) -> Known:
    url = Url.parse(address)
    if url is None:
        return Known(trouble="is no web address")
    match await _content(url, feeds):
        case Articles(known=known):
            return Known(articles=known)
        case NoFeed(says=says):
            return Known(trouble=says)
        case Parts(urls=urls):
            return await _know_parts(urls, feeds)


async def _know_parts(urls: tuple[Url, ...], feeds: Feeds) -> Known:
    """The articles of the last parts, where most sites keep their newest."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_content(url, feeds)) for url in urls[-MOST_PARTS:]]
    contents = [task.result() for task in tasks]
    known = tuple(one for content in contents for one in _articles(content))
    if known:
        return Known(articles=known)
    return Known(trouble="names sitemaps of which none could be read")


async def _content(url: Url, feeds: Feeds) -> FeedContent:
    fetched = await feeds.fetch(url)
    if isinstance(fetched, NotFetched):
        return NoFeed(fetched.says)
    try:
        async with asyncio.timeout(LONGEST_READING_S):
            # In a thread, so that a large feed does not hold up the visits.
            return await asyncio.to_thread(
                read_feed, fetched.body, charset=fetched.charset, url=fetched.url
            )
    except TimeoutError:
        return NoFeed("takes too long to read")


def _articles(content: FeedContent) -> tuple[KnownArticle, ...]:
    return content.known if isinstance(content, Articles) else ()
