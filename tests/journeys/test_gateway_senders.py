"""Real programs send through the gateway: good newsletters arrive as they are, bad ones never."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest
import pytest_asyncio
from typer.testing import CliRunner

from sendguard.entrypoints.cli.app import app
from sendguard.gateway import Mail
from tests.journeys.gatehouse import LONGEST_S, Gatehouse, gatehouse, is_whole
from tests.mail.django_newsletter import django_newsletter
from tests.mail.mailing_list import Round, mailing_list
from tests.mail.newsletters import BAD, GOOD, SITE, a_newsletter, composed, copies, with_attachment
from tests.mail.recipes import gateway_section, recipe, with_ports
from tests.mail.sealed import Signature
from tests.mail.senders import Answer, by_smtplib, nodemailer, swaks
from tests.mail.shapes import HIDDEN, READABLE

pytestmark = pytest.mark.asyncio(loop_scope="module")

Send: TypeAlias = Callable[[int, Mail], Awaitable[Answer]]


def listener_of(heading: str) -> Mapping[str, object]:
    """That of a recipe of docs/gateway.md, at an address of the test's."""
    (listener,) = gateway_section(recipe(heading)["config.yaml"])["listeners"]
    return {key: value for key, value in listener.items() if key != "listen"}


LISTENERS: Mapping[str, Mapping[str, object]] = {
    "hold": {"mode": "hold"},
    "defer": {"mode": "defer"},
    "wait": {"mode": "wait"},
    "bulk": {"mode": "wait", "bulk_only": True},
    "django": listener_of("Django"),
    "listmonk": listener_of("listmonk"),
    "lists": listener_of("Mailman 3"),
}
MEMBERS = [f"member{number}@inbox.example" for number in range(4)]


async def by_nodemailer(port: int, mail: Mail) -> Answer:
    return (await nodemailer(port, [mail]))[0]


async def by_python(port: int, mail: Mail) -> Answer:
    return (await by_smtplib(port, mail))[0]


SENDERS: dict[str, Send] = {"swaks": swaks, "nodemailer": by_nodemailer, "smtplib": by_python}
each_sender = pytest.mark.parametrize("name", SENDERS)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gate(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Gatehouse]:
    here: Path = tmp_path_factory.mktemp("gateway")
    async with gatehouse(here, LISTENERS) as running:
        yield running


@each_sender
async def test_a_good_newsletter_arrives_to_the_byte(gate: Gatehouse, name: str) -> None:
    mail = a_newsletter(f"Good by {name}", more="\n.\n..two\n")

    answer = await SENDERS[name](gate.port("wait"), mail)

    assert answer.code == 250, answer
    ((copy, data),) = gate.arrived(f"Good by {name}")
    assert is_whole(mail, copy, data)


@each_sender
async def test_a_bad_one_never_leaves_and_its_sender_reads_why(gate: Gatehouse, name: str) -> None:
    mail = a_newsletter(f"Bad by {name}", link=BAD)

    answer = await SENDERS[name](gate.port("wait"), mail)

    assert answer.code == 554, answer
    assert answer.says.startswith("5.7.1")
    assert "Five Ways to Lose a Sale" in answer.says
    assert "sendguard gateway show" in answer.says
    assert not gate.arrived(f"Bad by {name}")


@pytest.mark.parametrize("shape", READABLE)
async def test_every_shape_is_released_as_it_came(gate: Gatehouse, shape: str) -> None:
    mail = READABLE[shape](f"Shape {shape}")

    (answer,) = await by_smtplib(gate.port("hold"), mail)

    assert answer.code == 250, answer
    ((copy, data),) = await gate.until_arrived(f"Shape {shape}")
    assert is_whole(mail, copy, data)


@pytest.mark.parametrize("shape", HIDDEN)
async def test_what_nobody_can_read_waits_for_a_person(gate: Gatehouse, shape: str) -> None:
    mail = HIDDEN[shape](f"Hidden {shape}")

    (answer,) = await by_smtplib(gate.port("wait"), mail)

    assert answer.code == 451, answer
    assert answer.says.startswith("4.7.1 stopped by SendGuard: it is encrypted")
    assert answer.says.endswith("--by NAME --because REASON)")
    assert not gate.arrived(f"Hidden {shape}")


async def test_who_defers_is_let_in_once_it_is_checked(gate: Gatehouse) -> None:
    first, again = copies("Deferred", 2)

    (early,) = await by_smtplib(gate.port("defer"), first)
    await gate.serving.until("ruled", subject="Deferred")
    (late,) = await by_smtplib(gate.port("defer"), again)

    assert (early.code, early.says[:5]) == (451, "4.7.1")
    assert late.code == 250
    assert [copy.recipient for copy, _ in gate.arrived("Deferred")] == list(again.recipients)


async def test_a_signature_of_nodemailers_still_holds_behind_the_gate(gate: Gatehouse) -> None:
    key = Signature()
    _, text, html = composed("Signed")
    letter = {
        "from": "The Navigator <editor@navigator.example>",
        "to": "ada@example.org",
        "subject": "Signed",
        "text": text,
        "html": html,
        "headers": {"List-Id": "<signed.navigator.example>"},
        "attachments": [{"filename": "map.txt", "content": "Grüße\n.\n"}],
    }
    signing = {"domainName": "navigator.example", "keySelector": "spring"}

    (answer,) = await nodemailer(
        gate.port("wait"), [letter], dkim={**signing, "privateKey": key.pem.decode()}
    )

    assert answer.code == 250, answer
    ((_, data),) = gate.arrived("Signed")
    assert key.holds(data)


async def test_all_copies_of_one_are_checked_once(gate: Gatehouse) -> None:
    mails = list(copies("Personal", 60, link=f"{SITE}/42/proposals-again"))

    answers = await nodemailer(gate.port("hold"), mails, pool=True, maxConnections=10)

    assert {answer.code for answer in answers} == {250}
    arrived = await gate.until_arrived("Personal", len(mails))
    assert {(copy.recipient, data) for copy, data in arrived} == {
        (mail.recipients[0], mail.data) for mail in mails
    }
    assert len(arrived) == len(mails)
    assert gate.web.asked.count("/42/proposals-again") == 1
    assert not [path for path in gate.web.asked if "mc_eid" in path or "leave" in path]


async def test_of_readers_with_codes_at_most_the_firsts_is_asked_for(
    gate: Gatehouse,
) -> None:
    page = "/41/five-ways"
    more = f'<a href="{SITE}/42/walk?c={{0}}">Walk</a> <a href="{SITE}{page}?c={{0}}">Ways</a>'
    mails = [
        a_newsletter("Coded", number, more=more.format(code))
        for number, code in enumerate(("X7K2P9", "Q8M4T1", "HOUSEK"))
    ]
    before = gate.web.asked.count(page)

    answers = await nodemailer(gate.port("hold"), mails)

    assert {answer.code for answer in answers} == {250}
    assert len(await gate.until_arrived("Coded", len(mails))) == len(mails)
    assert gate.web.asked.count(page) == before + 1
    # On a slow day the second copy comes after the check has begun.
    codes = {path.partition("?c=")[2] for path in gate.web.asked if "?c=" in path}
    assert len(codes) <= 1


async def test_a_receipt_is_let_through_where_only_bulk_mail_is_checked(gate: Gatehouse) -> None:
    receipt = a_newsletter("Your receipt", link=BAD, is_bulk=False)

    (answer,) = await by_smtplib(gate.port("bulk"), receipt)

    assert answer.code == 250, answer
    ((copy, data),) = gate.arrived("Your receipt")
    assert is_whole(receipt, copy, data)
    assert not gate.serving.of("ruled", subject="Your receipt")


async def test_django_newsletter_takes_for_sent_what_is_kept_for_a_person(
    gate: Gatehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(gate.here)
    lines = with_ports(recipe("Django")["settings.py"], {"2525": gate.port("django")})
    issues = {
        "An issue": ("Schrodinger's Proposals", GOOD),
        "Another": ("Schrodinger's Proposals", BAD),
    }

    sent = await django_newsletter(lines, MEMBERS, issues)
    blocked = await gate.serving.until("ruled", subject="The Navigator - Another")

    assert sent == {"An issue": True, "Another": True}
    assert blocked["standing"] == "blocked"
    good = await gate.until_arrived("The Navigator - An issue", len(MEMBERS))
    assert sorted(copy.recipient for copy, _ in good) == MEMBERS
    assert readers(gate, "The Navigator - Another") == []
    gateway("approve", blocked["campaign"], "--by", "Ada", "--because", "Agreed", "--yes")
    late = await gate.until_arrived("The Navigator - Another", len(MEMBERS))
    assert sorted(copy.recipient for copy, _ in late) == MEMBERS


async def test_in_listmonks_manner_every_copy_arrives_once(gate: Gatehouse) -> None:
    campaign = "X-Listmonk-Campaign: 7c1f2f2e-1b8e-4f7e-9a53-1d2a3b4c5d6e\r\n"
    mails = [
        a_newsletter(
            "From listmonk", number, own=f"{campaign}X-Listmonk-Subscriber: {number:032x}\r\n"
        )
        for number in range(30)
    ]
    pools = [mails[start::10] for start in range(10)]

    answers = await asyncio.gather(*(by_smtplib(gate.port("listmonk"), *some) for some in pools))

    assert {answer.code for some in answers for answer in some} == {250}
    arrived = await gate.until_arrived("From listmonk", len(mails))
    assert sorted(data for _, data in arrived) == sorted(mail.data for mail in mails)


async def test_mailman_waits_for_the_check_and_takes_a_block_for_no_bounce(
    gate: Gatehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(gate.here)
    lines = with_ports(recipe("Mailman 3")["mailman.cfg"], {"2525": gate.port("lists")})
    posts = [
        a_newsletter("By Mailman", is_bulk=False),
        a_newsletter("Wrong by Mailman", link=BAD, is_bulk=False),
    ]
    async with mailing_list(tmp_path, lines, members=MEMBERS, posts=posts) as news:
        assert await news.go_round() == Round(put_off=2, bounces=0)
        await gate.serving.until("ruled", subject="[News] By Mailman", standing="passed")
        blocked = await gate.serving.until("ruled", subject="[News] Wrong by Mailman")

        assert await news.go_round() == Round(put_off=1, bounces=0)
        assert readers(gate, "[News] By Mailman") == MEMBERS
        assert await news.go_round() == Round(put_off=1, bounces=0)
        assert readers(gate, "[News] Wrong by Mailman") == []

        gateway("approve", blocked["campaign"], "--by", "Ada", "--because", "Agreed", "--yes")
        assert await news.go_round() == Round(put_off=0, bounces=0)
        assert readers(gate, "[News] Wrong by Mailman") == MEMBERS
        await until_told(blocked["campaign"], "4 readers got it")


def readers(gate: Gatehouse, subject: str) -> list[str]:
    """To whom it went."""
    return sorted(copy.recipient for copy, _ in gate.arrived(subject))


def gateway(*arguments: str) -> str:
    ran = CliRunner().invoke(app, ["gateway", *arguments], catch_exceptions=False)
    assert ran.exit_code == 0, ran.stderr
    return ran.stdout


async def until_told(name: str, words: str) -> None:
    """Wait until `show` has the words: who got it is written down right after it went on."""
    async with asyncio.timeout(LONGEST_S):
        while words not in gateway("show", name):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)


@pytest.mark.soak
async def test_five_thousand_copies_are_checked_once(gate: Gatehouse) -> None:
    mails = list(copies("Many", 5_000))

    answers = await nodemailer(gate.port("hold"), mails, pool=True, maxConnections=10)

    assert {answer.code for answer in answers} == {250}
    arrived = await gate.until_arrived("Many", len(mails))
    assert len({copy.recipient for copy, _ in arrived}) == len(arrived) == 5_000
    assert len(gate.serving.of("ruled", subject="Many")) == 1


async def test_thirty_megabytes_arrive_to_the_byte(gate: Gatehouse) -> None:
    mail = with_attachment(22_000_000)("Large")

    (answer,) = await by_smtplib(gate.port("hold"), mail)

    assert answer.code == 250, answer
    ((copy, data),) = await gate.until_arrived("Large")
    assert is_whole(mail, copy, data)


@pytest.mark.soak
async def test_large_messages_at_once_take_little_more_than_their_share(gate: Gatehouse) -> None:
    mail = with_attachment(22_000_000)("Large at once")

    async def send_until_taken(number: int) -> int:
        one = replace(mail, recipients=(f"reader{number}@inbox.example",))
        while True:
            (answer,) = await by_smtplib(gate.port("hold"), one)
            if answer.code != 452:
                return answer.code
            await asyncio.sleep(0.5)

    codes = await asyncio.gather(*(send_until_taken(number) for number in range(20)))

    assert set(codes) == {250}
    assert peak_mb(gate.serving.process.pid) < 700


def peak_mb(process: int) -> int:
    """The most memory that it had until now."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) >> 10
