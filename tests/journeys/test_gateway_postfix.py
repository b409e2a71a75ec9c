"""The recipes of docs/gateway.md with a real Postfix, its lines taken from that page."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path

from tests.journeys.gatehouse import Gatehouse, gatehouse
from tests.mail.newsletters import BAD, GOOD, a_newsletter
from tests.mail.ports import free_ports
from tests.mail.postfix import PASSWORD, USER, Postfix, postfix
from tests.mail.recipes import gateway_section, recipe, with_ports
from tests.mail.sealed import Signature
from tests.mail.senders import Answer, by_smtplib, swaks

KEY = Signature()
# Without an end of its own, what is put off waits twice as long each time.
QUICK = "\nminimal_backoff_time = 1s\nmaximal_backoff_time = 1s\nqueue_run_delay = 1s\n"
QUEUE = ("submission", "10026")
"""What the page calls the ports of Postfix before SendGuard and behind it."""


@asynccontextmanager
async def a_postfix(files: Mapping[str, str], ports: Mapping[str, int]) -> AsyncIterator[Postfix]:
    """One with the lines of a recipe."""
    running = postfix(
        main=files.get("main.cf", "") + QUICK,
        master=with_ports(files.get("master.cf", ""), ports),
        opens=[ports[name] for name in QUEUE if name in ports],
    )
    server = await asyncio.to_thread(running.__enter__)
    try:
        yield server
    finally:
        await asyncio.to_thread(running.__exit__, None, None, None)


@asynccontextmanager
async def a_gate(
    here: Path, config: str, ports: Mapping[str, int], **more: object
) -> AsyncIterator[Gatehouse]:
    """One with the settings of a recipe."""
    section = gateway_section(with_ports(config, ports)) | more
    (listener,) = section.pop("listeners")
    async with gatehouse(here, {"2525": listener}, **section) as gate:
        yield gate


async def submit(server: Postfix, port: int, *, link: str = GOOD) -> Answer:
    mail = KEY.sign(a_newsletter("An issue" if link == GOOD else "Another", link=link))
    login = (USER, PASSWORD)
    return (await by_smtplib(port, mail, login=login, ca_file=server.ca_file))[0]


async def arrived(server: Postfix, count: int) -> Sequence[EmailMessage]:
    return await asyncio.to_thread(server.arrived, count)


def are_whole(*messages: EmailMessage) -> bool:
    subjects = [message["Subject"] for message in messages]
    return subjects == ["An issue"] and KEY.holds(messages[0].as_bytes())


async def test_in_front_of_postfix_with_a_login_and_without(tmp_path: Path) -> None:
    files = recipe("SendGuard in front of Postfix")
    plain, private = free_ports(2)
    async with (
        a_postfix(files, {}) as server,
        a_gate(tmp_path, files["config.yaml"], {"2525": plain, "25": server.plain}) as gate,
    ):
        bad = await swaks(plain, a_newsletter("Another", link=BAD))
        await gate.serving.until("ruled", subject="Another")
        late = await swaks(plain, a_newsletter("Another", 2, link=BAD))
        good = await swaks(plain, KEY.sign(a_newsletter("An issue")))
        assert are_whole(*await arrived(server, 1))

        ports = {"2525": private, "587": server.submission}
        trust = {"next_hop_ca_file": str(server.ca_file)}
        (tmp_path / "login").mkdir()
        login = files["config.yaml, with a login"]
        async with a_gate(tmp_path / "login", login, ports, **trust):
            again = await swaks(private, KEY.sign(a_newsletter("An issue", 2)))
            assert are_whole(*await arrived(server, 1))
        assert f"sasl_username={USER}@example.org" in server.log

    assert [answer.code for answer in (bad, late, good, again)] == [250, 554, 250, 250]


async def test_before_the_queue_mail_is_judged_or_put_off(tmp_path: Path) -> None:
    files = recipe("Before the queue: smtpd_proxy_filter")
    ports = dict(zip((*QUEUE, "2525"), free_ports(3), strict=True))
    async with a_postfix(files, ports) as server:
        async with a_gate(tmp_path, files["config.yaml"], ports):
            good = await submit(server, ports["submission"])
            bad = await submit(server, ports["submission"], link=BAD)

            assert are_whole(*await arrived(server, 1))
        unguarded = await submit(server, ports["submission"])

    assert (unguarded.code, unguarded.says[:5]) == (451, "4.3.0")  # there was no gateway
    assert good.code == 250
    assert bad.code == 554
    assert "Five Ways to Lose a Sale" in bad.says


async def test_behind_the_queue(tmp_path: Path) -> None:
    files = recipe("Behind the queue: content_filter")
    ports = dict(zip((*QUEUE, "2525"), free_ports(3), strict=True))
    async with (
        a_postfix(files, ports) as server,
        a_gate(tmp_path, files["config.yaml"], ports),
    ):
        answers = [
            await submit(server, ports["submission"]),
            await submit(server, ports["submission"], link=BAD),
        ]
        messages = {str(one["Subject"]): one for one in await arrived(server, 2)}

        assert "status=deferred (host 127.0.0.1[127.0.0.1] said: 451 4.7.1" in server.log
    assert [answer.code for answer in answers] == [250, 250]
    assert set(messages) == {"An issue", "Undelivered Mail Returned to Sender"}
    assert are_whole(messages["An issue"])
    bounce = messages["Undelivered Mail Returned to Sender"]
    assert bounce["X-Original-To"] == "bounces@navigator.example"
    assert "Five Ways to Lose a Sale" in bounce.as_string()
