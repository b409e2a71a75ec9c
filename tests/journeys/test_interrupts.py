"""The real program, interrupted by real signals while real servers keep it waiting."""

import asyncio
import json
import os
import pty
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from signal import SIGINT, SIGTERM
from typing import Any

import pytest
import yaml

from sendguard.report import FORMATS
from tests.journeys.program import LONGEST_S, SENDGUARD, Ran, begun, outcome_of
from tests.servers import Site, after, page, site, titled

HANGS = after(60, titled("Too late"))
FEED = """<rss version="2.0"><channel><title>The Navigator</title>
<item><title>A ship of two hulls</title><link>http://navigator.example/hulls</link></item>
</channel></rss>"""
PAGES = {
    "/ship": titled("A ship of two hulls"),
    "/tree": titled("The tree of all trees"),
    "/wrong": titled("Five ways to lose a sale"),
    "/slow": HANGS,
    "/slower": HANGS,
    "/hulls": HANGS,
    "/slow-feed.xml": HANGS,
    "/feed.xml": page(FEED, kind="application/rss+xml"),
}
HOSTS = ("navigator", "feeds")
FINE = {"ship": "A ship of two hulls", "tree": "The tree of all trees"}
HANGING = {"slow": "Good things take their time", "slower": "Better things take longer"}


def newsletter(**links: str) -> str:
    said = (
        f'<p><a href="http://navigator.example/{path}">{label}</a></p>'
        for path, label in links.items()
    )
    return f"<html><body>{''.join(said)}</body></html>"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Site]:
    """The Navigator's site, of which parts never answer, and a config that leads to it."""
    async with site(PAGES) as there:
        config = {
            "timeout_s": 50,
            "at_once_per_host": 1,  # who is asked for a page has been told of those before
            "connect_to": {f"{one}.example:80": f"127.0.0.1:{there.port}" for one in HOSTS},
        }
        (tmp_path / "config.yaml").write_text(yaml.safe_dump({"visit": config}), "utf-8")
        (tmp_path / "issue.html").write_text(newsletter(**FINE, **HANGING), "utf-8")
        yield there


async def until_asked(web: Site, *paths: str) -> None:
    async with asyncio.timeout(LONGEST_S):
        while not set(paths) <= set(web.asked):  # noqa: ASYNC110 - asked of another process
            await asyncio.sleep(0.02)


async def interrupted(
    web: Site, here: Path, *arguments: str, asked: tuple[str, ...] = ("/slow",), by: int = SIGINT
) -> Ran:
    """`sendguard check …`, interrupted once it waits for the pages `asked`."""
    command = (*SENDGUARD, "check", *(arguments or ("issue.html",)))
    async with begun(*command, here=here) as running:
        await until_asked(web, *asked)
        await asyncio.sleep(
            0.5
        )  # for the answer to the last of the pages that it does not wait for

        running.send_signal(by)
        return await outcome_of(running)


async def test_an_interrupt_says_what_is_known(web: Site, tmp_path: Path) -> None:
    ran = await interrupted(web, tmp_path)

    assert ran.code == 130
    assert "UNVERIFIED  issue.html: interrupted: 2 of 4 links were not opened. 2 fine" in ran.out
    assert ran.err == "sendguard: interrupted\n"


async def test_the_end_of_a_jobs_time_is_an_interrupt(web: Site, tmp_path: Path) -> None:
    ran = await interrupted(web, tmp_path, by=SIGTERM)

    assert ran.code == 130
    assert "interrupted: 2 of 4 links were not opened" in ran.out


async def test_a_wrong_article_that_was_seen_by_then_blocks(web: Site, tmp_path: Path) -> None:
    wrong = newsletter(**FINE, wrong="How to recover from a mistake", **HANGING)
    (tmp_path / "issue.html").write_text(wrong, "utf-8")

    ran = await interrupted(web, tmp_path, "issue.html", "--expect", "L3=How to recover")

    assert ran.code == 130
    assert "1 of 5 links blocks the send; interrupted: 2 of 5 links were not opened" in ran.out


async def test_programs_are_told_in_their_contracts_words(web: Site, tmp_path: Path) -> None:
    ran = await interrupted(web, tmp_path, "issue.html", "--format", "json")

    document: dict[str, Any] = json.loads(ran.out)
    visits = [link["visit"] for link in document["newsletters"][0]["links"]]
    assert document["decision"] == "unverified"
    assert [visit["trouble"] for visit in visits] == [None, None, "offline", "offline"]


@pytest.mark.parametrize("form", FORMATS)
async def test_a_report_in_a_file_is_whole(web: Site, tmp_path: Path, form: str) -> None:
    ran = await interrupted(web, tmp_path, "issue.html", "--format", form, "--output", "report")

    assert ran.code == 130
    assert "2 of 4 links were not opened" in ran.err
    assert (tmp_path / "report").read_text("utf-8").strip()
    left = await asyncio.to_thread(lambda: sorted(file.name for file in tmp_path.iterdir()))
    assert left == ["config.yaml", "issue.html", "report"]


async def test_a_newsletter_of_which_all_was_seen_but_the_feed_does_not_pass(
    web: Site, tmp_path: Path
) -> None:
    here = tmp_path / "navigator-42"
    here.mkdir()
    feed = "http://feeds.example/slow-feed.xml"
    (here / "campaign.yaml").write_text(f"newsletter: n.html\nfeed: {feed}\n", "utf-8")
    (here / "n.html").write_text(newsletter(**FINE), "utf-8")

    ran = await interrupted(web, tmp_path, "navigator-42", asked=("/slow-feed.xml", "/tree"))

    assert ran.code == 130
    assert "UNVERIFIED  navigator-42: interrupted before it was done. 2 fine" in ran.out


async def test_the_right_address_is_not_waited_for(web: Site, tmp_path: Path) -> None:
    here = tmp_path / "navigator-42"
    here.mkdir()
    feed = "http://feeds.example/feed.xml"
    (here / "campaign.yaml").write_text(f"newsletter: n.html\nfeed: {feed}\n", "utf-8")
    (here / "n.html").write_text(newsletter(wrong="A ship of two hulls"), "utf-8")

    ran = await interrupted(web, tmp_path, "navigator-42", asked=("/hulls",))

    assert ran.code == 130
    assert "interrupted before it was done" in ran.out


async def test_a_time_limit_that_signals_twice_leaves_the_report(web: Site, tmp_path: Path) -> None:
    async with begun("timeout", "600", *SENDGUARD, "check", "issue.html", here=tmp_path) as running:
        await until_asked(web, "/slow")

        running.terminate()  # `timeout` takes it for the end of the time
        ran = await outcome_of(running)

    assert "interrupted: 2 of 4 links were not opened" in ran.out
    assert "UNVERIFIED" in ran.out


async def test_a_second_interrupt_ends_it_at_once(web: Site, tmp_path: Path) -> None:
    async with begun(*SENDGUARD, "check", "issue.html", here=tmp_path) as running:
        await until_asked(web, "/slow")

        running.send_signal(SIGINT)
        running.send_signal(SIGTERM)
        ran = await outcome_of(running)

    assert ran.code == 130
    assert ran.err == "sendguard: interrupted\n"


async def test_nothing_is_approved_on_what_an_interrupt_left(web: Site, tmp_path: Path) -> None:
    here = tmp_path / "navigator-42"
    here.mkdir()
    (here / "campaign.yaml").write_text("newsletter: n.html", "utf-8")
    (here / "n.html").write_text(newsletter(**HANGING), "utf-8")
    arguments = ("navigator-42", "SG206@L1", "--by", "Ada", "--because", "It is slow")
    async with begun(*SENDGUARD, "approve", *arguments, here=tmp_path) as running:
        await until_asked(web, "/slow")

        running.send_signal(SIGINT)
        ran = await outcome_of(running)

    assert ran == Ran(130, "", "sendguard: interrupted\n")
    assert not (here / "approvals.yaml").exists()


MOMENTS = ["typer", "pydantic", "sendguard.config", "asyncio", "aiohttp", "sendguard.flows.check"]


@pytest.mark.parametrize("loaded", MOMENTS)
async def test_an_interrupt_while_it_is_loaded_leaves_no_traceback(
    tmp_path: Path, loaded: str
) -> None:
    (tmp_path / "issue.html").write_text("<p>Hello</p>", "utf-8")
    command = (sys.executable, "-X", "importtime", "-m", "sendguard", "check", "issue.html")
    async with begun(*command, here=tmp_path) as running:
        assert running.stderr
        while not (await running.stderr.readline()).strip().endswith(b" " + loaded.encode()):
            pass

        running.send_signal(SIGINT)
        ran = await outcome_of(running)

    said = [line for line in ran.err.splitlines() if not line.startswith("import time:")]
    assert (ran.code, said) == (130, ["sendguard: interrupted"])


def show(terminal: int, shown: bytearray) -> None:
    """Add to `shown` what the program writes, until it has left."""
    with suppress(OSError):  # as Linux says that nobody is at the other end any more
        while piece := os.read(terminal, 4096):
            shown += piece


async def test_the_bar_is_gone_and_the_cursor_is_back(web: Site, tmp_path: Path) -> None:
    del web
    ours, its = pty.openpty()
    shown = bytearray()
    command = (*SENDGUARD, "check", "issue.html")
    async with begun(*command, here=tmp_path, stdout=DEVNULL, stderr=its) as running:
        os.close(its)
        watching = asyncio.create_task(asyncio.to_thread(show, ours, shown))
        async with asyncio.timeout(LONGEST_S):
            while b"Opening links" not in shown:  # noqa: ASYNC110 - shown by another process
                await asyncio.sleep(0.02)

        running.send_signal(SIGINT)
        await asyncio.wait_for(running.wait(), timeout=LONGEST_S)
    await watching

    assert shown.rfind(b"\x1b[?25h") > shown.rfind(b"\x1b[?25l")
    assert shown.endswith(b"sendguard: interrupted\r\n")
