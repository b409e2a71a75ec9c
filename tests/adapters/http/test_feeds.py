import gzip
import zlib

import pytest

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import HttpFeeds, http_asker
from sendguard.intent.feed import LARGEST
from sendguard.ports import Fetched, NotFetched
from sendguard.values import Url
from tests.adapters.http.visiting import settings
from tests.servers import after, moved, page, site

FEED = "<rss version='2.0'></rss>"


async def fetch(address: str, **told: object) -> Fetched | NotFetched:
    async with http_asker(settings(**told), SystemClock()) as asker:
        return await HttpFeeds(asker).fetch(Url(address))


async def body(address: str) -> bytes:
    fetched = await fetch(address)
    assert isinstance(fetched, Fetched), fetched
    return fetched.body


async def complaint(address: str, **told: object) -> str:
    fetched = await fetch(address, **told)
    assert isinstance(fetched, NotFetched), fetched
    return fetched.says


@pytest.mark.parametrize("kind", ["application/rss+xml", "application/json", "image/png", ""])
async def test_a_feed_is_fetched_whatever_it_calls_itself(kind: str) -> None:
    async with site({"/feed": page(FEED, kind=kind)}) as there:
        assert await body(f"{there}/feed") == FEED.encode()


async def test_a_feed_is_fetched_to_its_end() -> None:
    large = b"<rss>" + b" " * (2 * 1024**2)
    async with site({"/feed": page(large)}) as there:
        assert await body(f"{there}/feed") == large


async def test_a_feed_is_found_where_it_has_moved_to() -> None:
    answers = {"/feed": moved("/rss.xml"), "/rss.xml": page(FEED, kind="text/xml; charset=koi8-r")}
    async with site(answers) as there:
        fetched = await fetch(f"{there}/feed")

    assert fetched == Fetched(url=Url(f"{there}/rss.xml"), body=FEED.encode(), charset="koi8-r")


async def test_a_content_encoding_is_undone_and_a_gzip_file_is_not() -> None:
    packed = gzip.compress(FEED.encode())
    answers = {
        "/feed": page(packed, content_encoding="gzip"),
        "/sitemap.xml.gz": page(packed, kind="application/gzip"),
    }
    async with site(answers) as there:
        assert await body(f"{there}/feed") == FEED.encode()
        assert await body(f"{there}/sitemap.xml.gz") == packed


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/nowhere", "is not there (status 404)"),
        ("/closed", "wants a password (status 401)"),
        ("/error", "cannot be had (status 500)"),
        ("/large", "is larger than 5 MB"),
        ("/bomb", "is larger than 5 MB"),
        ("/short", "breaks off before its end, or comes too slowly"),
        ("/slow", "cannot be reached: the server took too long to answer"),
        ("/round", "is redirected without end"),
        ("/to-nothing", "redirects to what is no web address"),
        ("/acts", "leads to an address that does something when it is opened"),
        ("/garbled", "cannot be reached: the answer is packed, and cannot be unpacked"),
    ],
)
async def test_what_keeps_a_feed_from_being_fetched_is_said(path: str, says: str) -> None:
    bomb = zlib.compress(b" " * (40 * 1024**2), 9)
    answers = {
        "/closed": page("", "401 Unauthorized"),
        "/error": page("", "500 Internal Server Error"),
        "/large": page(b" " * (LARGEST + 1)),
        "/bomb": page(bomb, content_encoding="deflate"),
        "/short": page(FEED, content_length="5000", connection="close"),
        "/slow": after(30, page(FEED)),
        "/round": moved("/round"),
        "/to-nothing": moved("http://["),
        "/acts": moved("/unsubscribe/12345"),
        "/garbled": page("nonsense", content_encoding="gzip"),
    }
    async with site(answers) as there:
        assert await complaint(f"{there}{path}", timeout_s=1) == says
        assert "/unsubscribe/12345" not in there.asked


async def test_a_private_address_is_asked_for_no_feed() -> None:
    async with site({"/feed": page(FEED)}) as there:
        says = await complaint(f"{there}/feed", allow_private=())

    assert "which is no public address" in says
    assert there.connections == 0
