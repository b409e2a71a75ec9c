import gzip
from collections.abc import Mapping

from sendguard.flows.know import MOST_PARTS, know_all
from sendguard.intent.feed import Known
from sendguard.ports import Fetched, NotFetched
from sendguard.values import Url
from tests.fakes import ToldFeeds
from tests.intent.feed.feeds import INDEX, RSS, SITEMAP

FEED, MAP = "https://x.org/feed", "https://x.org/sitemap.xml"


async def known(files: Mapping[str, str], address: str = FEED) -> Known:
    return (await know_all([address], ToldFeeds(files)))[address]


def names(known: Known) -> list[str]:
    return [one.title for one in known.articles]


async def test_a_feeds_articles_are_known() -> None:
    assert names(await known({FEED: RSS})) == ["A ship of two hulls", "The tree of all trees"]


async def test_a_feed_that_is_not_there_is_trouble_and_no_more() -> None:
    assert await known({}) == Known(trouble="is not there (status 404)")


async def test_what_is_no_feed_is_trouble_too() -> None:
    assert await known({FEED: "Hello"}) == Known(trouble="is neither a feed nor a sitemap")


async def test_a_feed_that_several_campaigns_share_is_fetched_once() -> None:
    feeds = ToldFeeds({FEED: RSS})

    await know_all([FEED, FEED], feeds)

    assert feeds.trips == [FEED]


async def test_the_parts_of_a_sitemap_are_put_together() -> None:
    files = {MAP: INDEX, "https://x.org/old.xml": SITEMAP, "https://x.org/new.xml.gz": RSS}

    assert len(names(await known(files, MAP))) == 4


async def test_one_part_that_is_missing_keeps_the_others_from_nothing() -> None:
    found = await known({MAP: INDEX, "https://x.org/old.xml": SITEMAP}, MAP)

    assert (len(names(found)), found.trouble) == (2, None)


async def test_parts_that_are_all_missing_are_trouble() -> None:
    found = await known({MAP: INDEX}, MAP)

    assert found == Known(trouble="names sitemaps of which none could be read")


async def test_a_sitemap_that_names_itself_for_ever_is_followed_once() -> None:
    feeds = ToldFeeds({MAP: f"<sitemapindex><sitemap><loc>{MAP}</loc></sitemap></sitemapindex>"})

    await know_all([MAP], feeds)

    assert feeds.trips == [MAP, MAP]


async def test_of_many_parts_the_last_are_read() -> None:
    parts = "".join(f"<sitemap><loc>/{number}.xml</loc></sitemap>" for number in range(300))
    feeds = ToldFeeds({MAP: f"<sitemapindex>{parts}</sitemapindex>"})

    await know_all([MAP], feeds)

    assert len(feeds.trips) == 1 + MOST_PARTS
    assert feeds.trips[-1] == "https://x.org/299.xml"


class PackedFeeds:
    """A `ports.Feeds` whose every file is packed with gzip."""

    async def fetch(self, url: Url) -> Fetched | NotFetched:
        return Fetched(url=url, body=gzip.compress(RSS.encode()))


async def test_a_packed_feed_is_known() -> None:
    found = await know_all([FEED], PackedFeeds())

    assert len(found[FEED].articles) == 2
