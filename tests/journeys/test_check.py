"""A newsletter with everything wrong, checked by the real program on a real HTTPS site."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml

from sendguard.values import Url
from sendguard.visit.likeness import beside
from tests.journeys.program import LONGEST_S, SENDGUARD, Ran, begun, sendguard
from tests.servers import Reply, Site, after, moved, page, site, titled, tls_for

HOST = "https://navigator.example"
MADE_UP = beside(Url(f"{HOST}/stories/gone")) or Url(HOST)
GONE = page("<title>Page not found | The Navigator</title><h1>Page not found</h1>We are sorry.")
LOGIN = page("<title>Log in | The Navigator</title><form><input type=password></form>")
GUIDE = page('<title>The guide to knots</title><h2 id="bowline">Bowline</h2><p>A good knot.</p>')
SALE = page("<title>navigator.example is for sale</title><p>Ask for its price.</p>")
PAGES: Mapping[str, Reply] = {
    "/stories/gone": GONE,
    MADE_UP.path: GONE,
    "/members": LOGIN,
    "/guide": GUIDE,
    "/sale": SALE,
    "/ships": titled("A ship of two hulls | The Navigator"),
    "/trees": titled("The tree of all trees | The Navigator"),
    "/old-ships": moved("/ships", "301 Moved Permanently"),
    "/": titled("The Navigator"),
    "/stories/gone-home": moved("/"),
    "/loop": moved("/loop-again"),
    "/loop-again": moved("/loop"),
    "/broken": page("oops", "500 Internal Server Error"),
    "/robots": page("Just a moment...", "403 Forbidden", cf_mitigated="challenge"),
    "/slow": after(30, titled("Too late")),
    "/inside": moved("http://127.0.0.1:9/secret"),
    "/picture.png": page(b"\x89PNG", kind="image/png"),
}
NEWSLETTER = f"""<!doctype html><html><head><meta charset="utf-8"><title>All wrong</title></head>
<body>
<p><a href="{HOST}/ships">A ship of two hulls</a></p>
<p><a href="{HOST}/ships">The tree of all trees</a></p>
<p><a href="{HOST}/old-ships">A ship of two hulls, again</a></p>
<p><a href="{HOST}/missing">An article that is no more</a></p>
<p><a href="{HOST}/stories/gone-home">An article that went home</a></p>
<p><a href="{HOST}/loop">Round and round it goes</a></p>
<p><a href="{HOST}/broken">The server of all errors</a></p>
<p><a href="{HOST}/robots">Only people may read this</a></p>
<p><a href="{HOST}/slow">Good things take their time</a></p>
<p><a href="{HOST}/inside">The secret of our network</a></p>
<p><a href="https://other.example/">A site of another name</a></p>
<p><a href="https://nobody.invalid/">A site of no name</a></p>
<p><a href="{HOST}/stories/gone">An article that went quietly</a></p>
<p><a href="{HOST}/members">An article for some of us</a></p>
<p><a href="{HOST}/guide#bowlin">The guide to knots</a></p>
<p><a href="{HOST}/sale">A site that was let go</a></p>
<p><a href="">Nothing at all to open</a></p>
<img src="{HOST}/picture.png" alt="">
<a href="{HOST}/unsubscribe/12345">Unsubscribe</a>
</body></html>"""
EXPECTED = {
    "A ship of two hulls": [],
    "The tree of all trees": ["SG301"],
    "A ship of two hulls, again": [],
    "An article that is no more": ["SG201"],
    "An article that went home": ["SG305"],
    "Round and round it goes": ["SG204"],
    "The server of all errors": ["SG205"],
    "Only people may read this": ["SG207"],
    "Good things take their time": ["SG206"],
    "The secret of our network": ["SG210"],
    "A site of another name": ["SG203"],
    "A site of no name": ["SG202"],
    "An article that went quietly": ["SG212"],
    "An article for some of us": ["SG214"],
    "The guide to knots": ["SG216"],
    "A site that was let go": ["SG213"],
    "Nothing at all to open": ["SG101"],
    "": [],
    "Unsubscribe": [],
}


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Site]:
    """The Navigator's site over TLS, and a config that leads to it from every name."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    async with site(PAGES, tls_for(authority.issue_cert("navigator.example"))) as there:
        near = f"127.0.0.1:{there.port}"
        config = {
            "timeout_s": 4,
            "ca_file": str(tmp_path / "ca.pem"),
            "connect_to": {"navigator.example:443": near, "other.example:443": near},
        }
        (tmp_path / "config.yaml").write_text(yaml.safe_dump({"visit": config}), "utf-8")
        (tmp_path / "issue.html").write_text(NEWSLETTER, "utf-8")
        yield there


async def checked(web: Site, here: Path, *arguments: str) -> dict[str, Any]:
    assert web.port
    ran = await sendguard("check", "issue.html", "--format", "json", *arguments, here=here)
    document: dict[str, Any] = json.loads(ran.out)
    return document


async def test_each_link_is_called_what_it_is(web: Site, tmp_path: Path) -> None:
    document = await checked(web, tmp_path)

    links = document["newsletters"][0]["links"]
    found = {link["label"]: [finding["code"] for finding in link["findings"]] for link in links}
    assert found == EXPECTED


async def test_each_link_has_its_decision(web: Site, tmp_path: Path) -> None:
    document = await checked(web, tmp_path)

    decisions = [link["decision"] for link in document["newsletters"][0]["links"]]
    blocked, unverified = ["block"] * 3, ["unverified"] * 4
    assert decisions == [
        *("pass", "block", "pass"),
        *blocked,
        *unverified,
        *("block", "block"),
        *("block", "unverified", "pass", "block"),
        *("block", "pass", "pass"),
    ]


async def test_what_is_called_broken_was_asked_for_twice(web: Site, tmp_path: Path) -> None:
    document = await checked(web, tmp_path)

    links = document["newsletters"][0]["links"]
    says = {link["label"]: found["says"] for link in links for found in link["findings"]}
    assert web.asked.count("/missing") == 2
    assert says["An article that is no more"].endswith("answered 404 (not found) twice")
    assert says["A site of no name"].endswith("called nobody.invalid (looked up twice)")


async def test_nobody_was_unsubscribed(web: Site, tmp_path: Path) -> None:
    await checked(web, tmp_path)

    assert "/ships" in web.asked
    assert not [path for path in web.asked if "unsubscribe" in path]


async def test_each_address_was_asked_once(web: Site, tmp_path: Path) -> None:
    await checked(web, tmp_path)

    # Once for its own links and once as the end of a redirect.
    assert web.asked.count("/ships") == 2


async def test_offline_asks_nobody(web: Site, tmp_path: Path) -> None:
    await checked(web, tmp_path, "--offline")

    assert web.connections == 0


async def test_a_person_is_told_what_is_wrong_first_and_totals_last(
    web: Site, tmp_path: Path
) -> None:
    ran: Ran = await sendguard("check", "issue.html", here=tmp_path)

    assert web.connections
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert lines[0] == "block  L2 “The tree of all trees”  SG301 wrong-article"
    assert "Open these yourself:" in lines
    assert lines[-1].startswith("BLOCKED  issue.html: 9 of 19 links and pictures block the send.")


async def test_a_newsletter_from_standard_input_has_lines_and_no_file(
    web: Site, tmp_path: Path
) -> None:
    ran = await sendguard(
        "check", "-", "--format", "github", here=tmp_path, given=NEWSLETTER.encode()
    )

    assert web.connections
    assert ran.code == 1
    assert ran.out.startswith("::error line=4,col=4,")


async def test_an_interrupt_ends_a_check_that_waits_for_its_input(tmp_path: Path) -> None:
    async with begun(*SENDGUARD, "check", "-", here=tmp_path) as running:
        assert running.stdin
        running.stdin.write(b"<p>Hello</p>" * 100_000)
        await running.stdin.drain()  # returns when the program reads

        running.send_signal(signal.SIGINT)
        code = await asyncio.wait_for(running.wait(), timeout=LONGEST_S)

        assert running.stderr
        assert (code, await running.stderr.read()) == (130, b"sendguard: interrupted\n")
