"""The real program, while the servers that it asks are killed."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import yaml

from tests.journeys.program import LONGEST_S, SENDGUARD, Ran, begun, outcome_of, sendguard
from tests.servers import Reply, Site, after, site, titled

NAMES = ("harbour", "mountain", "river", "desert", "forest", "island")


def prepare(here: Path, near: Mapping[str, Site], *pages: str) -> None:
    """A newsletter, and a config that leads to the sites by their names, two pages at a time.

    Where nothing is said of a site, nothing is there.
    """
    routes = {f"{name}.example:80": f"127.0.0.1:{there.port}" for name, there in near.items()}
    nowhere = {"dead.example:80": "127.0.0.1:1"}
    visit = {"connect_to": {**nowhere, **routes}, "at_once": 2, "timeout_s": 10, "remember_s": 0}
    said = (f'<p><a href="http://{one}">{story(one)}</a></p>' for one in pages)
    (here / "config.yaml").write_text(yaml.safe_dump({"visit": visit}), "utf-8")
    (here / "issue.html").write_text(f"<html><body>{''.join(said)}</body></html>", "utf-8")


def story(where: str) -> str:
    return f"The story of {where.rpartition('/')[2]}"


async def until_asked(web: Site, path: str) -> None:
    async with asyncio.timeout(LONGEST_S):
        while path not in web.asked:  # noqa: ASYNC110 - asked of another process
            await asyncio.sleep(0.01)


def stories(count: int) -> dict[str, Reply]:
    """Pages that take their time, so that there is a middle to kill their server in."""
    return {f"/{at}": after(0.15, titled(story(f"/{at}"))) for at in range(count)}


def spread(count: int) -> list[str]:
    return [f"{NAMES[at % len(NAMES)]}.example/{at}" for at in range(count)]


async def outlived(
    here: Path, names: tuple[str, ...], *pages: str, dies_at: str, options: tuple[str, ...] = ()
) -> Ran:
    """A check whose sites, all of these names, are killed once the page `dies_at` is asked for."""
    async with AsyncExitStack() as network:
        web = await network.enter_async_context(site(stories(len(pages))))
        prepare(here, dict.fromkeys(names, web), *pages)
        async with begun(*SENDGUARD, "check", "issue.html", *options, here=here) as running:
            await until_asked(web, dies_at)
            await network.aclose()
            return await outcome_of(running)


async def test_a_network_that_dies_breaks_no_link(tmp_path: Path) -> None:
    as_json = ("--format", "json")
    ran = await outlived(tmp_path, NAMES, *spread(36), dies_at="/12", options=as_json)

    document: dict[str, Any] = json.loads(ran.out)
    links = document["newsletters"][0]["links"]
    met = Counter(link["visit"]["trouble"] for link in links)
    assert (ran.code, document["decision"]) == (3, "unverified")
    assert set(met) <= {None, "reset", "no-network"}
    assert met[None] > 6
    assert met["no-network"] > 6
    assert "not reached, because your own network seems to be down" in ran.err


async def test_a_dead_site_is_dead_though_the_network_dies_later(tmp_path: Path) -> None:
    ran = await outlived(tmp_path, NAMES, "dead.example/", *spread(36), dies_at="/30")

    assert ran.code == 1
    assert "1 of 37 links blocks the send" in ran.out


async def test_the_only_site_of_a_newsletter_that_falls_over_breaks_no_link(
    tmp_path: Path,
) -> None:
    river = (f"river.example/{at}" for at in range(12))
    ran = await outlived(tmp_path, ("river",), *river, dies_at="/6")

    assert ran.code == 3
    assert "though it answered for another link" in " ".join(ran.out.split())


async def test_a_dead_site_beside_living_ones_is_dead(tmp_path: Path) -> None:
    async with site(stories(20)) as web:
        prepare(tmp_path, dict.fromkeys(NAMES, web), *spread(20), "dead.example/")
        ran = await sendguard("check", "issue.html", here=tmp_path)

    assert ran.code == 1
    assert "1 of 21 links blocks the send" in ran.out
