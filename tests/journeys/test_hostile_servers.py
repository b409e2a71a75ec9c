"""A newsletter whose every link leads to a server that means harm, checked by the real program."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import yaml

from tests import hostile
from tests.journeys.program import sendguard
from tests.servers import Reply, moved, page, site
from tests.sockets import Listener, listener

MOST_S = 30.0
MOST_MB = 150.0

BROKEN_OFF = page("<html><head><title>Broken off</title></head><body><p>Hello</p></body></html>")
PAGES: Mapping[str, Reply] = {
    **{f"/{name}": reply for name, reply in hostile.HARMS.items()},
    **{f"/step/{n}": moved(f"/step/{n + 1}") for n in range(1_000)},
    **{f"/turn?{n}": moved(f"?{n + 1}") for n in range(1_000)},
    **{f"/reset/{at}": hostile.then_reset(BROKEN_OFF[:at]) for at in range(len(BROKEN_OFF))},
}
HANDSHAKES = {
    "silent": (hostile.says_nothing, "timeout"),
    "half": (hostile.says_half_a_hello, "timeout"),
    "garbage": (hostile.talks_garbage, "no-proper-answer"),
    "gone": (hostile.hangs_up, "reset"),
}
PRIVATE = ("127.0.0.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "localhost")

LINKS = {
    **{name: f"http://{name.partition('/')[0]}.example/{name}" for name in hostile.HARMS},
    **{f"reset {at}": f"http://reset.example/reset/{at}" for at in range(len(BROKEN_OFF))},
    **{f"tls {name}": f"https://{name}.example/" for name in HANDSHAKES},
    **{f"private {host}": f"http://{host}:{{port}}/" for host in PRIVATE},
    "a thousand steps": "http://moved.example/step/0",
    "circles": "http://moved.example/turn?0",
}
TROUBLES = {
    **{name: end for name, end in hostile.EXPECTED.items() if not end[:1].isdigit()},
    **{f"tls {name}": end for name, (_, end) in HANDSHAKES.items()},
    **{f"private {host}": "private-address" for host in PRIVATE},
    "a thousand steps": "too-many-hops",
    "circles": "too-many-hops",
}


@asynccontextmanager
async def harm(
    here: Path, links: Mapping[str, str] = LINKS, pages: Mapping[str, Reply] = PAGES
) -> AsyncIterator[Listener]:
    """Every server, and in `here` a newsletter with these links and the way there."""
    async with AsyncExitStack() as servers:
        flood = await servers.enter_async_context(site(pages))
        doors = {
            name: await servers.enter_async_context(hostile.door(talk))
            for name, (talk, _) in HANDSHAKES.items()
        }
        there = await servers.enter_async_context(listener())
        routes = {f"{name}.example:443": f"127.0.0.1:{port}" for name, port in doors.items()}
        visit = {"timeout_s": 2, "connect_to": {**routes, "*:80": f"127.0.0.1:{flood.port}"}}
        lines = [
            f'<p>Read of <a href="{address.format(port=there.port)}">{name}</a> with us.</p>'
            for name, address in links.items()
        ]
        (here / "config.yaml").write_text(yaml.safe_dump({"visit": visit}))
        (here / "issue.html").write_text("\n".join([*lines, '<a href="#">Unsubscribe</a>']))
        yield there


def told(document: Mapping[str, Any]) -> dict[str, tuple[str | None, list[str]]]:
    """By the name of each harm, the trouble it was and what is said of it."""
    return {
        link["label"]: (
            link["visit"]["trouble"],
            [found["says"] for found in link["findings"]],
        )
        for link in document["newsletters"][0]["links"]
    }


async def test_a_newsletter_of_nothing_but_harm_ends_and_says_what_it_was(tmp_path: Path) -> None:
    async with harm(tmp_path) as inside:
        began = monotonic()
        arguments = ("check", "issue.html", "--format", "json")
        ran = await sendguard(*arguments, here=tmp_path, measured=True)
        took_s = monotonic() - began

    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert took_s < MOST_S
    assert ran.peak_mb < MOST_MB
    assert inside.accepted == []
    seen = told(json.loads(ran.out))
    assert {name: seen[name][0] for name in TROUBLES} == TROUBLES
    assert not [name for name in TROUBLES if not seen[name][1]]


@pytest.mark.soak
@pytest.mark.parametrize("packed_as", ["gzip", "deflate"])
@pytest.mark.parametrize("part", ["", "#part"])
async def test_ten_gigabytes_are_not_unpacked(packed_as: str, part: str, tmp_path: Path) -> None:
    pages = {"/": hostile.bomb(packed_as, 10_000)}
    async with harm(tmp_path, {"A bomb": f"http://bomb.example/{part}"}, pages):
        ran = await sendguard("check", "issue.html", here=tmp_path, measured=True)

    assert "Traceback" not in ran.err
    assert ran.peak_mb < MOST_MB


@pytest.mark.soak
async def test_a_thousand_links_to_harm_on_as_many_hosts_end_soon(tmp_path: Path) -> None:
    names = list(hostile.HARMS) * 12
    links = {f"{name} {n}": f"http://h{n}.example/{name}" for n, name in enumerate(names)}
    async with harm(tmp_path, links):
        began = monotonic()
        ran = await sendguard("check", "issue.html", here=tmp_path, measured=True)

    assert "Traceback" not in ran.err
    assert monotonic() - began < 2 * MOST_S
    assert ran.peak_mb < MOST_MB
