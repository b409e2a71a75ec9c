"""A campaign with a feed, checked by the real program on a real site."""

import gzip
import json
from pathlib import Path

import pytest
import yaml

from tests.journeys.program import Ran, sendguard
from tests.servers import Reply, page, site, titled

HOST = "http://navigator.example"
FEED = f"""<rss version="2.0"><channel><title>The Navigator</title>
<item><title>Schrodinger's Proposals</title><link>{HOST}/proposals?utm_source=rss</link></item>
<item><title>Five Ways to Lose a Sale</title><link>{HOST}/five-ways</link></item>
</channel></rss>"""
SITEMAP = f"""<urlset><url><loc>{HOST}/stories/a-cat-in-a-box</loc></url>
<url><loc>{HOST}/five-ways</loc></url></urlset>"""
PAGES: dict[str, Reply] = {
    "/proposals": titled("Schrodinger's Proposals | The Navigator"),
    "/five-ways": titled("Five Ways to Lose a Sale | The Navigator"),
    "/stories/a-cat-in-a-box": titled("A cat in a box | The Navigator"),
    "/feed.xml": page(FEED, kind="application/rss+xml"),
    "/sitemap.xml.gz": page(gzip.compress(SITEMAP.encode()), kind="application/gzip"),
}
STORY = """<td><h2>Schrodinger's Proposals</h2><p>Open the box.</p>
<a href="http://navigator.example/{}">Read article</a></td>
<p><a href="http://navigator.example/unsubscribe">Unsubscribe</a></p>"""


async def checked(here: Path, leads_to: str, feed: str, *arguments: str) -> tuple[Ran, list[str]]:
    """What the check says of the story, and what the site was asked for."""
    (here / "issue").mkdir()
    campaign = f"newsletter: n.html\nfeed: {HOST}/{feed}\n"
    (here / "issue/campaign.yaml").write_text(campaign, "utf-8")
    (here / "issue/n.html").write_text(STORY.format(leads_to), "utf-8")
    async with site(PAGES) as there:
        routes = {"navigator.example:80": f"127.0.0.1:{there.port}"}
        settings = {"visit": {"connect_to": routes, "timeout_s": 4}}
        (here / "config.yaml").write_text(yaml.safe_dump(settings), "utf-8")
        return await sendguard("check", "issue", *arguments, here=here), there.asked


async def test_a_button_that_opens_the_wrong_article_is_told_the_right_one(tmp_path: Path) -> None:
    ran, _ = await checked(tmp_path, "five-ways", "feed.xml")

    assert ran.code == 1
    assert "SG301 wrong-article" in ran.out
    assert "Did you mean http://navigator.example/proposals?" in ran.out


async def test_a_right_button_passes(tmp_path: Path) -> None:
    ran, _ = await checked(tmp_path, "proposals", "feed.xml")

    assert ran.code == 0
    assert ran.err.splitlines()[1:] == []  # the first says that a store was made


async def test_a_page_that_is_gone_is_found_in_the_sitemap(tmp_path: Path) -> None:
    ran, _ = await checked(tmp_path, "stories/a-cat-in-a-bx", "sitemap.xml.gz")

    assert ran.code == 1
    assert "Did you mean http://navigator.example/stories/a-cat-in-a-box?" in ran.out


@pytest.mark.parametrize(("leads_to", "code"), [("proposals", 0), ("five-ways", 1)])
async def test_a_feed_that_is_missing_loses_no_check(
    tmp_path: Path, leads_to: str, code: int
) -> None:
    ran, _ = await checked(tmp_path, leads_to, "nowhere.xml")

    assert ran.code == code
    assert "SG401 feed-unreadable" in ran.out
    assert "issue/campaign.yaml:2" in ran.out


async def test_offline_reads_no_feed(tmp_path: Path) -> None:
    ran, asked = await checked(tmp_path, "proposals", "feed.xml", "--offline")

    assert (ran.code, asked) == (3, [])
    assert "SG401" not in ran.out


async def test_a_program_is_told_that_the_feed_says_so(tmp_path: Path) -> None:
    ran, _ = await checked(tmp_path, "five-ways", "feed.xml", "--format", "json")

    button = json.loads(ran.out)["newsletters"][0]["links"][0]
    assert (button["intent"]["source"], button["intent"]["url"]) == ("feed", f"{HOST}/proposals")
    assert button["findings"][0]["advice"].startswith(f"Did you mean {HOST}/proposals?")


async def test_the_right_address_is_asked_for_once_and_only_where_one_is_missing(
    tmp_path: Path,
) -> None:
    _, asked = await checked(tmp_path, "five-ways", "feed.xml")

    assert sorted(asked) == ["/feed.xml", "/five-ways", "/proposals"]
