"""Two people who correct the same mistake at the same instant: readers get one correction."""

import asyncio
from email import message_from_bytes, policy
from pathlib import Path

from tests.journeys.program import Ran, sendguard
from tests.journeys.sending import NAME, Desk, a_desk
from tests.mail.counting import CountingServer, counting_server
from tests.servers import site, titled

HTML = """<html><body><h2>A ship of two hulls</h2><p>It sails faster than any other.</p>
<p><a href="http://navigator.example/ship">Read article</a></p>
<p><a href="http://navigator.example/u?x={{ email }}">Unsubscribe</a></p></body></html>"""
RIGHT = "http://navigator.example/hulls"
READERS = 60


async def correct(desk: Desk) -> Ran:
    said = ("--link", f"Read article={RIGHT}", "--yes")
    return await sendguard("correct", NAME, *said, here=desk.here)


def subjects(server: CountingServer) -> dict[str, list[str]]:
    """What each reader got, in order."""
    got: dict[str, list[str]] = {}
    for copy in server.copies():
        message = message_from_bytes(server.bytes_of(copy), policy=policy.default)
        got.setdefault(copy.recipient, []).append(str(message["Subject"]))
    return got


async def test_of_two_corrections_at_the_same_instant_one_is_sent(tmp_path: Path) -> None:
    pages = {"/ship": titled("A ship of two hulls"), "/hulls": titled("A ship of two hulls")}
    async with site(pages) as web, counting_server(tmp_path) as server:
        visit = {"connect_to": {"navigator.example:80": f"127.0.0.1:{web.port}"}}
        desk = a_desk(tmp_path, server.port, readers=READERS, html=HTML, visit=visit)
        sent = await desk.send()
        assert sent.code == 0, sent
        pages["/ship"] = titled("Five ways to lose a sale")

        ran = await asyncio.gather(correct(desk), correct(desk))

        assert sorted(one.code == 0 for one in ran) == [False, True]
        assert not any("Traceback" in one.err for one in ran)
        got = subjects(server)
        once = ["It is spring", "CORRECTED: It is spring"]
        assert got == {f"reader{number}@example.org": once for number in range(READERS)}
