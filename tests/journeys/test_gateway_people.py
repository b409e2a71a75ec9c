"""What people do about a newsletter that the gateway stopped, from the notice to the inbox."""

import asyncio
import json
import smtplib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sendguard.entrypoints.cli.app import app
from sendguard.gateway import Mail
from tests.journeys.gatehouse import Gatehouse, gatehouse
from tests.journeys.program import sendguard
from tests.mail.newsletters import BAD, GOOD, copies

KEEPS = {"keeps": {"mode": "hold", "blocked": "hold"}, "refuses": {"mode": "hold"}}
WORD = ("--by", "Ada", "--because", "Agreed with the sender")


def gateway(*arguments: str) -> str:
    ran = CliRunner().invoke(app, ["gateway", *arguments], catch_exceptions=False)
    assert ran.exit_code == 0, ran.stderr
    return ran.stdout


def hand_in(port: int, *mails: Mail) -> list[int]:
    """The answer to each."""
    codes = []
    with smtplib.SMTP("127.0.0.1", port) as client:
        for mail in mails:
            try:
                client.sendmail(mail.sender, mail.recipients, mail.data)
                codes.append(250)
            except smtplib.SMTPDataError as refused:
                codes.append(refused.smtp_code)
    return codes


async def stopped(it: Gatehouse, subject: str) -> str:
    """The fingerprint of a campaign with a wrong link, of which two copies are kept."""
    answers = await asyncio.to_thread(hand_in, it.port("keeps"), *copies(subject, 2, link=BAD))
    assert answers == [250, 250]
    ruled = await it.serving.until("ruled", subject=subject, standing="blocked")
    return str(ruled["campaign"])


async def test_the_way_from_the_notice_to_the_inbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with gatehouse(tmp_path, KEEPS, tells=True) as it:
        name = await stopped(it, "Repaired")
        await it.serving.until("told")
        notice = next(json.loads(body) for body in it.web.bodies if body)
        assert f"sendguard gateway show {name}" in notice["message"]
        assert "Five Ways to Lose a Sale" in gateway("show", name)

        repair = ("repair", name, "--link", f"Read article={GOOD}-again", "--by", "Ada")
        told = await asyncio.to_thread(gateway, *repair)
        assert "which opens “Schrodinger's Proposals”" in told
        released = await it.until_arrived("Repaired", 2)
        arrived = sorted(released, key=lambda one: one[0].recipient)

        assert [copy.recipient for copy, _ in arrived] == sorted(
            mail.recipients[0] for mail in copies("Repaired", 2)
        )
        for (_, data), wrong in zip(arrived, copies("Repaired", 2, link=BAD), strict=True):
            assert BAD.encode() not in data
            assert said_besides(data) == said_besides(wrong.data)

        name = await stopped(it, "Approved")
        gateway("approve", name, *WORD, "--yes")
        assert len(await it.until_arrived("Approved", 2)) == 2
        more = list(copies("Approved", 3, link=BAD))[2]
        assert await asyncio.to_thread(hand_in, it.port("refuses"), more) == [250]
        assert len(await it.until_arrived("Approved", 3)) == 3

        link = ("--link", f"Read article={GOOD}-again")
        ran = await sendguard("correct", name, *link, "--yes", here=tmp_path)
        assert ran.code == 0, ran.out + ran.err
        assert f"were written to with {name}-corrected" in gateway("show", name)
        mended = await it.until_arrived("CORRECTED: Approved", 3)
        assert sorted(copy.recipient for copy, _ in mended) == sorted(
            mail.recipients[0] for mail in copies("Approved", 3)
        )

        name = await stopped(it, "Discarded")
        gateway("discard", name, *WORD, "--yes")
        more = list(copies("Discarded", 3, link=BAD))[2]
        assert await asyncio.to_thread(hand_in, it.port("refuses"), more) == [554]
        assert it.arrived("Discarded") == []
        assert gateway("held") == "No message is kept.\n"


def said_besides(data: bytes) -> list[str]:
    """A letter without the addresses of the story that was wrong."""
    text = data.decode()
    head, _, rest = text.partition("<h2><a href=")
    return [head, rest.partition("Schrodinger's Proposals</a>")[2].partition("<a href=")[0]]
