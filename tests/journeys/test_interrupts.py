"""The real program, interrupted by real signals while real servers keep it waiting."""

import asyncio
import json
import os
import pty
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from sendguard.report import FORMATS
from tests.journeys.program import Ran, begin
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
            "connect_to": {"navigator.example:80": f"127.0.0.1:{there.port}"},
        }
        (tmp_path / "config.yaml").write_text(yaml.safe_dump({"visit": config}), "utf-8")
        (tmp_path / "issue.html").write_text(newsletter(**FINE, **HANGING), "utf-8")
        yield there


async def until_asked(web: Site, *paths: str) -> None:
    async with asyncio.timeout(30):
        while not set(paths) <= set(web.asked):  # noqa: ASYNC110 - asked of another process
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.2)  # for what else was asked to be answered


async def interrupted(
    web: Site, here: Path, *arguments: str, asked: str = "/slow", by: int = signal.SIGINT
) -> Ran:
    """`sendguard check …`, interrupted once it waits for the page `asked`."""
    running = await begin("check", *(arguments or ("issue.html",)), here=here)
    await until_asked(web, asked, *(f"/{path}" for path in FINE if asked == "/slow"))

    running.send_signal(by)
    out, err = await asyncio.wait_for(running.communicate(), timeout=10)
    return Ran(running.returncode or 0, out.decode(), err.decode())


async def test_an_interrupt_says_what_is_known(web: Site, tmp_path: Path) -> None:
    ran = await interrupted(web, tmp_path)

    assert ran.code == 130
    assert "UNVERIFIED  issue.html: interrupted: 2 of 4 links were not opened. 2 fine" in ran.out
    assert ran.err == "sendguard: interrupted\n"


async def test_the_end_of_a_jobs_time_is_an_interrupt(web: Site, tmp_path: Path) -> None:
    ran = await interrupted(web, tmp_path, by=signal.SIGTERM)

    assert ran.code == 130
    assert "interrupted: 2 of 4 links were not opened" in ran.out


async def test_a_wrong_article_that_was_seen_by_then_blocks(web: Site, tmp_path: Path) -> None:
    wrong = newsletter(**FINE, **HANGING, wrong="How to recover from a mistake")
    (tmp_path / "issue.html").write_text(wrong, "utf-8")

    ran = await interrupted(web, tmp_path, "issue.html", "--expect", "L5=How to recover")

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
    feed = "http://navigator.example/slow-feed.xml"
    (here / "campaign.yaml").write_text(f"newsletter: n.html\nfeed: {feed}\n", "utf-8")
    (here / "n.html").write_text(newsletter(**FINE), "utf-8")

    ran = await interrupted(web, tmp_path, "navigator-42", asked="/slow-feed.xml")

    assert ran.code == 130
    assert "UNVERIFIED  navigator-42: interrupted before it was done. 2 fine" in ran.out


async def test_the_right_address_is_not_waited_for(web: Site, tmp_path: Path) -> None:
    here = tmp_path / "navigator-42"
    here.mkdir()
    feed = "http://navigator.example/feed.xml"
    (here / "campaign.yaml").write_text(f"newsletter: n.html\nfeed: {feed}\n", "utf-8")
    (here / "n.html").write_text(newsletter(wrong="A ship of two hulls"), "utf-8")

    ran = await interrupted(web, tmp_path, "navigator-42", asked="/hulls")

    assert ran.code == 130
    assert "interrupted before it was done" in ran.out


async def test_a_time_limit_that_signals_twice_leaves_the_report(web: Site, tmp_path: Path) -> None:
    del web
    ran = await asyncio.create_subprocess_exec(
        *("timeout", "4", sys.executable, "-m", "sendguard", "check", "issue.html"),
        cwd=tmp_path,
        stdout=PIPE,
        stderr=PIPE,
    )

    out, _ = await asyncio.wait_for(ran.communicate(), timeout=20)

    assert b"interrupted: 2 of 4 links were not opened" in out
    assert b"UNVERIFIED" in out


async def test_a_second_interrupt_ends_it_at_once(web: Site, tmp_path: Path) -> None:
    running = await begin("check", "issue.html", here=tmp_path)
    await until_asked(web, "/slow")

    running.send_signal(signal.SIGINT)
    running.send_signal(signal.SIGTERM)
    _, err = await asyncio.wait_for(running.communicate(), timeout=5)

    assert running.returncode == 130
    assert err == b"sendguard: interrupted\n"


async def test_nothing_is_approved_on_what_an_interrupt_left(web: Site, tmp_path: Path) -> None:
    here = tmp_path / "navigator-42"
    here.mkdir()
    (here / "campaign.yaml").write_text("newsletter: n.html", "utf-8")
    (here / "n.html").write_text(newsletter(**HANGING), "utf-8")
    arguments = ("navigator-42", "SG206@L1", "--by", "Ada", "--because", "It is slow")
    running = await begin("approve", *arguments, here=tmp_path)
    await until_asked(web, "/slow")

    running.send_signal(signal.SIGINT)
    out, err = await asyncio.wait_for(running.communicate(), timeout=10)

    assert (running.returncode, out, err) == (130, b"", b"sendguard: interrupted\n")
    assert not (here / "approvals.yaml").exists()


MOMENTS = ["typer", "pydantic", "sendguard.config", "asyncio", "aiohttp", "sendguard.flows.check"]


@pytest.mark.parametrize("loaded", MOMENTS)
async def test_an_interrupt_while_it_is_loaded_leaves_no_traceback(
    tmp_path: Path, loaded: str
) -> None:
    (tmp_path / "issue.html").write_text("<p>Hello</p>", "utf-8")
    command = (sys.executable, "-X", "importtime", "-m", "sendguard", "check", "issue.html")
    running = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, stderr=PIPE)
    assert running.stderr
    while not (await running.stderr.readline()).strip().endswith(b" " + loaded.encode()):
        pass

    running.send_signal(signal.SIGINT)
    rest = await asyncio.wait_for(running.stderr.read(), timeout=20)

    said = [line for line in rest.splitlines() if not line.startswith(b"import time:")]
    assert (await running.wait(), said) == (130, [b"sendguard: interrupted"])


def all_shown(terminal: int) -> str:
    """What the program writes, until it has left."""
    shown = b""
    with suppress(OSError):  # as Linux says that nobody is at the other end any more
        while piece := os.read(terminal, 4096):
            shown += piece
    return shown.decode()


async def test_the_bar_is_gone_and_the_cursor_is_back(web: Site, tmp_path: Path) -> None:
    ours, its = pty.openpty()
    command = (sys.executable, "-m", "sendguard", "check", "issue.html")
    running = await asyncio.create_subprocess_exec(
        *command, cwd=tmp_path, stdout=asyncio.subprocess.DEVNULL, stderr=its
    )
    os.close(its)
    watching = asyncio.create_task(asyncio.to_thread(all_shown, ours))
    await until_asked(web, "/slow")

    running.send_signal(signal.SIGINT)
    await asyncio.wait_for(running.wait(), timeout=10)

    shown = await watching
    assert "Opening links" in shown
    assert shown.rfind("\x1b[?25h") > shown.rfind("\x1b[?25l")
    assert shown.endswith("sendguard: interrupted\r\n")
