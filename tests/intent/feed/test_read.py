import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.intent.feed import LARGEST, Articles, NoFeed, Parts, read_feed
from sendguard.intent.feed.known import FeedContent
from sendguard.intent.feed.xml_pass import (
    DEEPEST,
    MANY_NODES,
    MOST_ADDRESSES,
    MOST_ENTRIES,
    MOST_NODES,
)
from sendguard.values import Url
from tests.intent.feed.feeds import (
    ATOM,
    INDEX,
    JSON,
    NEWS_SITEMAP,
    OLD_RSS,
    PAGE,
    RDF,
    RSS,
    SITEMAP,
)

HERE = Url("https://x.org/feed")
BOTH = [
    ("A ship of two hulls", "https://x.org/ship"),
    ("The tree of all trees", "https://x.org/tree"),
]


def read(body: str | bytes, charset: str | None = None) -> FeedContent:
    raw = body.encode() if isinstance(body, str) else body
    return read_feed(raw, charset=charset, url=HERE)


def articles(body: str | bytes, charset: str | None = None) -> list[tuple[str, str]]:
    content = read(body, charset)
    assert isinstance(content, Articles), content
    return [(one.title, one.url.text) for one in content.known]


def complaint(body: str | bytes, charset: str | None = None) -> str:
    content = read(body, charset)
    assert isinstance(content, NoFeed), content
    return content.says


def rss(items: str) -> str:
    return f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"


@pytest.mark.parametrize("feed", [RSS, OLD_RSS, RDF, ATOM, JSON])
def test_every_form_of_feed_names_its_articles(feed: str) -> None:
    assert articles(feed) == BOTH


def test_a_sitemap_lends_the_words_of_its_addresses_as_titles() -> None:
    content = read(SITEMAP)

    assert isinstance(content, Articles)
    assert [(one.title, one.url.text, one.named) for one in content.known] == [
        ("a ship of two hulls", "https://x.org/a-ship-of-two-hulls", False),
        ("the tree", "https://x.org/trees/the_tree.html", False),
    ]


def test_a_news_sitemap_has_titles() -> None:
    assert articles(NEWS_SITEMAP) == BOTH[:1]


def test_a_sitemap_of_sitemaps_names_its_parts() -> None:
    assert read(INDEX) == Parts((Url("https://x.org/old.xml"), Url("https://x.org/new.xml.gz")))


@pytest.mark.parametrize("feed", [RSS, JSON])
def test_a_packed_feed_is_unpacked(feed: str) -> None:
    assert articles(gzip.compress(feed.encode())) == BOTH


def test_an_address_loses_what_only_counts_visitors() -> None:
    item = "<item><title>A</title><link>https://x.org/a?utm_source=rss&amp;p=1</link></item>"

    assert articles(rss(item)) == [("A", "https://x.org/a?p=1")]


def test_the_address_behind_a_feed_services_counter_is_taken() -> None:
    feed = RSS.replace(
        "<rss ", '<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
    )
    feed = feed.replace(
        "<link>https://x.org/ship</link>",
        "<link>https://feeds.example/~3/abc</link>"
        "<feedburner:origLink>https://x.org/ship</feedburner:origLink>",
    )

    assert articles(feed) == BOTH


def test_a_permanent_id_stands_in_for_a_missing_link() -> None:
    assert articles(rss("<item><title>A</title><guid>https://x.org/a</guid></item>")) == [
        ("A", "https://x.org/a")
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("AT&amp;T grows", "AT&T grows"),
        ("AT&amp;amp;T grows", "AT&T grows"),
        ("<![CDATA[Caf&eacute; <b>Noir</b>]]>", "Café Noir"),
        ("  Two\n lines ", "Two lines"),
        ("x" * 3000, "x" * 400),
    ],
)
def test_a_title_is_told_as_a_reader_sees_it(title: str, shown: str) -> None:
    item = f"<item><title>{title}</title><link>https://x.org/a</link></item>"

    assert articles(rss(item)) == [(shown, "https://x.org/a")]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "mailto:a@x.org", "http://[", ""])
def test_what_is_no_web_address_is_left_out(address: str) -> None:
    item = f"<item><title>A</title><link>{address}</link></item>"

    assert complaint(rss(item)) == "names no article"


@pytest.mark.parametrize(
    ("raw", "charset"),
    [
        (rss("<item><title>Café Noir</title><link>/a</link></item>").encode("latin-1"), "utf-8"),
        (rss("<item><title>Café Noir</title><link>/a</link></item>").encode("utf-16"), None),
        (
            b"<?xml version='1.0' encoding='utf-32'?>"
            + rss("<item><title>Café Noir</title><link>/a</link></item>").encode(),
            "no-such-charset",
        ),
    ],
)
def test_a_wrong_charset_keeps_no_feed_from_being_read(raw: bytes, charset: str | None) -> None:
    assert articles(raw, charset) == [("Café Noir", "https://x.org/a")]


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("<item><title>Cheap &nbsp; Chic & Co</title><link>https://x.org/a</link></item>", None),
        ("<item><title>A\x0b\x01B</title><link>https://x.org/a</link></item>", "AB"),
        ("<item><title>Open</title><link>https://x.org/a</link>", "Open"),
    ],
)
def test_a_small_flaw_is_forgiven(item: str, title: str | None) -> None:
    ((told, address),) = articles(rss(item))

    assert address == "https://x.org/a"
    assert title in {None, told}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "is empty"),
        (" \n\ufeff", "is empty"),
        ("Hello", "is neither a feed nor a sitemap"),
        ("<svg></svg>", "is neither a feed nor a sitemap"),
        ("<opml", "is damaged in line 1, so that it cannot be read as XML"),
        (SITEMAP[:300], "is damaged in line 6, so that it cannot be read as XML"),
        (rss(""), "names no article"),
        ("<urlset></urlset>", "names no page"),
        ("{", "is damaged, so that it cannot be read as JSON"),
        ('{"items": {}}', "has no list of items, so it is no JSON Feed"),
        ('{"items": [1, {"title": 2}, {"url": "https://x.org/"}]}', "names no article"),
        ('{"items": ' + "[" * 200_000, "is damaged, so that it cannot be read as JSON"),
        (PAGE, "is a web page, whose feed is at https://x.org/feed.xml"),
        ("<html><body>Hello", "is a web page, no feed"),
        ("\x1f\x8bnonsense", "is a gzip file that cannot be unpacked"),
        (gzip.compress(RSS.encode())[:-20], "is a gzip file that breaks off"),
        (gzip.compress(b" " * (LARGEST + 1)), "is larger than 5 MB"),
        ("<a>" * (DEEPEST + 2), "is nested more deeply than any feed"),
        (rss("<b a='1' c='2'/>" * (MOST_NODES // 3 + 1)), "has more parts than any feed"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: str | bytes, says: str) -> None:
    raw = body.encode("latin-1") if isinstance(body, str) and "\x8b" in body else body

    assert complaint(raw) == says


@pytest.mark.parametrize(
    "doctype",
    [
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;',
    ],
)
def test_a_feed_with_entities_of_its_own_is_refused(doctype: str) -> None:
    feed = f"<!DOCTYPE rss [{doctype}]>" + rss(
        "<item><title>&b;&x;</title><link>https://x.org/a</link></item>"
    )

    assert complaint(feed) == "declares entities of its own, which no feed needs"


@pytest.mark.parametrize(
    "oddity",
    [
        "<gml:pos xmlns:gml='http://www.opengis.net/gml'>x</gml:pos>",
        "<url>&#xD800;",
        "<email>&#99999999999;",
        "<!<link>&#x110000;",
    ],
)
def test_an_oddity_that_feedparser_stumbles_over_ends_no_check(oddity: str) -> None:
    assert complaint(rss(oddity)) == "is so odd that it cannot be read"


def test_of_a_huge_feed_the_newest_entries_are_read() -> None:
    items = "".join(
        f"<item><title>A{n}</title><link>/{n}</link></item>" for n in range(MOST_ENTRIES + 500)
    )

    assert len(articles(rss(items))) == MOST_ENTRIES


def test_of_a_feed_with_long_entries_fewer_are_read() -> None:
    entry = f"<item><title>A</title><link>/a</link>{'<b/>' * 500}</item>"

    assert len(articles(rss(entry * 150))) == MANY_NODES // 503 + 1


def test_of_a_huge_sitemap_as_much_is_read_as_its_standard_allows() -> None:
    urls = "".join(f"<url><loc>https://x.org/{n}</loc></url>" for n in range(MOST_ADDRESSES + 500))

    assert len(articles(f"<urlset>{urls}</urlset>")) == MOST_ADDRESSES


def test_a_large_feed_that_is_damaged_is_not_guessed_at() -> None:
    items = "".join(f"<item><title>A & B</title><link>/{n}</link></item>" for n in range(9_000))

    assert complaint(rss(items)).startswith("is damaged in line 1")


def test_half_a_character_in_json_is_shown_as_a_question_mark() -> None:
    feed = r'{"items": [{"title": "A\ud800", "url": "/a\udfff"}]}'

    assert articles(feed) == [("A?", "https://x.org/a")]


def test_a_long_list_in_json_is_cut() -> None:
    items = [{"title": f"A{n}", "url": f"/{n}"} for n in range(MOST_ENTRIES + 1)]

    assert len(articles(json.dumps({"items": items}))) == MOST_ENTRIES


PIECES = st.sampled_from(
    [
        *("<rss>", "</rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>"),
        *("</link>", "<entry>", "<feed>", "<urlset>", "<url>", "<loc>", "</loc>", "</url>", "<"),
        *("<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x [", "&amp;", "&", "&#0;", "&x;", "{"),
        *('{"items":[', '{"title":"a","url":"b"}', "]}", "<html>", "https://x.org/a", "\0", "é"),
        *("<div xmlns='http://www.w3.org/1999/xhtml'>", "<?xml version='1.0' encoding='x'?>"),
        *("<a:b>", "</a:b>", "<sitemapindex>", "<sitemap>", "<pubDate>99</pubDate>", "<base>"),
    ]
)


@given(st.one_of(st.binary(), st.lists(PIECES).map(lambda pieces: "".join(pieces).encode())))
def test_no_feed_makes_the_reader_stumble(body: bytes) -> None:
    read(body)


@given(st.lists(PIECES).map("".join))
def test_no_item_makes_the_reader_stumble(item: str) -> None:
    read(rss(item))
