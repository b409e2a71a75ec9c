"""The real program checks twice: what it saw and was good, it does not ask for again."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.journeys.program import Ran, sendguard
from tests.servers import Reply, Site, in_turn, page, site, titled

PAGES = {"/ships": titled("A ship of two hulls"), "/trees": titled("The tree of all trees")}


class Web:
    """A site whose pages may change, and a newsletter about them."""

    def __init__(self, there: Site, pages: dict[str, Reply], folder: Path) -> None:
        self.there = there
        self.pages = pages
        self.folder = folder

    def write(self, **links: str) -> None:
        places = (
            f'<p><a href="{self.there}{path}">{label}</a></p>' for path, label in links.items()
        )
        (self.folder / "issue.html").write_text("".join(places), "utf-8")

    def configure(self, **told: object) -> None:
        config = {"visit": {"allow_private": ["127.0.0.0/8"], **told}}
        (self.folder / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")

    async def check(self, *arguments: str) -> Ran:
        return await sendguard("check", "issue.html", *arguments, here=self.folder)


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Web]:
    pages: dict[str, Reply] = dict(PAGES)
    async with site(pages) as there:
        web = Web(there, pages, tmp_path)
        web.write(**{"/ships": "A ship of two hulls", "/trees": "The tree of all trees"})
        web.configure()
        yield web


def cache() -> Path:
    return Path(os.environ["XDG_CACHE_HOME"])


def seen_at(ran: Ran) -> list[Any]:
    links = json.loads(ran.out)["newsletters"][0]["links"]
    return [link["visit"].get("seen_at") for link in links]


async def test_a_second_check_asks_for_nothing_and_says_so(web: Web) -> None:
    first = await web.check()
    asked = sorted(web.there.asked)
    second = await web.check()

    assert (first.code, second.code) == (0, 0)
    assert sorted(web.there.asked) == asked == ["/ships", "/trees"]
    assert "seen" not in first.out
    assert "2 of 2 links fine (2 compared with the articles meant, 2 seen " in second.out
    assert second.out.count("seen ") == 1


async def test_a_program_is_told_when_a_page_was_seen(web: Web) -> None:
    first = await web.check("--format", "json")
    checked_at = json.loads(first.out)["checked_at"]
    second = await web.check("--format", "json")

    assert seen_at(first) == [None, None]
    assert all(instant >= checked_at for instant in seen_at(second))


async def test_what_is_no_longer_fresh_is_asked_for_if_it_has_changed(web: Web) -> None:
    web.configure(remember_s=0.001)
    seen = page("<title>A ship of two hulls</title>", etag='"1"')
    web.pages["/ships"] = in_turn(seen, page("", "304 Not Modified", etag='"1"'))
    await web.check()
    second = await web.check()

    assert second.code == 0
    assert "2 of 2 links fine (2 compared with the articles meant)." in second.out
    again = [request.lower() for request in web.there.requests if "/ships" in request]
    assert ["if-none-match" in request for request in again] == [False, True]


async def test_a_fresh_check_asks_for_all(web: Web) -> None:
    await web.check()
    web.pages["/ships"] = titled("Page not found")
    second = await web.check("--fresh")
    third = await web.check()

    assert (second.code, third.code) == (1, 1)
    assert sorted(web.there.asked).count("/trees") == 2


async def test_a_link_that_is_wrong_now_is_asked_for_before_it_is_told(web: Web) -> None:
    await web.check()
    web.write(**{"/ships": "The tree of all trees", "/trees": "A ship of two hulls"})
    ran = await web.check()

    assert ran.code == 1
    assert "SG302" in ran.out
    assert sorted(web.there.asked) == ["/ships", "/ships", "/trees", "/trees"]


async def test_with_other_settings_all_is_asked_for(web: Web) -> None:
    await web.check()
    web.configure(user_agent="Another")
    await web.check()

    assert len(web.there.asked) == 4


async def test_two_checks_at_once_do_each_other_no_harm(web: Web) -> None:
    runs = await asyncio.gather(*(web.check() for _ in range(4)))
    after = await web.check("--format", "json")

    assert [(ran.code, ran.err) for ran in runs] == [(0, "")] * 4
    assert None not in seen_at(after)


async def test_a_memory_that_is_broken_is_as_good_as_none(web: Web) -> None:
    (cache() / "sendguard").mkdir(mode=0o700)
    (cache() / "sendguard" / "visits.db").write_bytes(b"nonsense")
    ran = await web.check()

    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("arguments", [["check", "issue.html", "--offline"], ["demo"]])
async def test_some_commands_leave_it_alone(web: Web, arguments: list[str]) -> None:
    await sendguard(*arguments, here=web.folder)

    assert list(cache().iterdir()) == []


async def test_one_who_wants_nothing_remembered_has_nothing_written(web: Web) -> None:
    web.configure(remember_s=0)
    await web.check()
    await web.check()

    assert len(web.there.asked) == 4
    assert list(cache().iterdir()) == []
