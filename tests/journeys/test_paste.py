"""Corrections of what another program sent: what to paste there, and what is refused."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from sendguard.entrypoints.cli.demo.site import navigator_site
from tests.journeys.program import Ran, sendguard

SITE = "http://navigator.example"
HTML = f"""<html lang="en"><body><h2>Schrodinger's Proposals</h2>
<p><a href="{SITE}/41/five-ways-to-lose-a-sale">Read article</a></p>
<p><a href="*|UNSUB|*">Unsubscribe</a></p></body></html>"""


class Desk:
    """An editor's folder with a newsletter that went out elsewhere."""

    def __init__(self, here: Path, site: str) -> None:
        self.here = here
        self.env = {"SENDGUARD_VISIT__CONNECT_TO": f'{{"navigator.example:80": "{site}"}}'}
        (here / "readers.csv").write_text("email\nada@example.org\nben@example.org\n", "utf-8")
        self.write()

    def write(self, html: str = HTML, **more: str) -> None:
        message = EmailMessage()
        headers = {"From": "The Navigator <editor@navigator.example>", "Subject": "How to recover"}
        for name, value in {**headers, **more}.items():
            message[name] = value
        message.set_content(html, subtype="html")
        (self.here / "issue.eml").write_bytes(bytes(message))

    async def correct(self, **more: str) -> Ran:
        link = f"Read article={SITE}/42/schrodingers-proposals"
        told = ("--original", "issue.eml", "--audience", "readers.csv", "--link", link, "--yes")
        return await sendguard("correct", *told, here=self.here, env={**self.env, **more})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with navigator_site() as site:
        yield Desk(tmp_path, site)


async def test_without_a_mail_server_there_is_what_to_paste(desk: Desk) -> None:
    ran = await desk.correct()

    there = desk.here / "issue-corrected"
    assert (ran.code, "All 2 got it." in ran.out) == (0, True)
    assert "nothing was sent: no mail server is set" in ran.err
    assert (there / "subject.txt").read_text("utf-8") == "CORRECTED: How to recover\n"
    assert f"{SITE}/42/schrodingers-proposals" in (there / "newsletter.html").read_text("utf-8")
    assert "ben@example.org" in (there / "readers.csv").read_text("utf-8")


async def test_a_bare_file_needs_somebody_to_say_who_it_is_from(desk: Desk) -> None:
    (desk.here / "bare.html").write_text(HTML.replace("<body>", "<title>Bare</title><body>"))
    link = ("--link", f"Read article={SITE}/42/schrodingers-proposals", "--yes")

    silent = await sendguard("correct", "--original", "bare.html", *link, here=desk.here)
    told = ("--sender", "Ada <ada@navigator.example>")
    ran = await sendguard(
        "correct", "--original", "bare.html", *told, *link, here=desk.here, env=desk.env
    )

    assert (silent.code, "--sender" in silent.err) == (2, True)
    assert ran.code == 0
    subject = (desk.here / "bare-corrected/subject.txt").read_text("utf-8")
    assert subject == "CORRECTED: Bare\n"


async def test_settings_that_init_wrote_name_no_mail_server(desk: Desk) -> None:
    await sendguard("init", here=desk.here)

    assert "nothing was sent: no mail server is set" in (await desk.correct()).err


async def test_what_another_platform_fills_in_is_not_sent_as_it_stands(desk: Desk) -> None:
    ran = await desk.correct(SENDGUARD_SMTP__HOST="127.0.0.1", SENDGUARD_SMTP__PORT="1")

    assert ran.code == 4
    assert "*|UNSUB|*” is filled in by another platform" in ran.err


@pytest.mark.parametrize(
    ("settings", "subject", "says"),
    [
        ({}, "Hello {{ town }}", "no column for {{ town }}"),
        ({"SENDGUARD_MAIL__DKIM_KEY": "no.pem"}, "Hello", "no.pem cannot be read"),
    ],
)
async def test_what_cannot_be_sent_is_told_before_anything_is_queued(
    settings: dict[str, str], subject: str, says: str, desk: Desk
) -> None:
    html = HTML.replace("*|UNSUB|*", f"{SITE}/leave")
    desk.write(html, Subject=subject)
    selector = {"SENDGUARD_MAIL__DKIM_SELECTOR": "s", "SENDGUARD_SMTP__PORT": "1"}
    ran = await desk.correct(SENDGUARD_SMTP__HOST="127.0.0.1", **selector, **settings)

    queued = await sendguard("outbox", here=desk.here)
    assert ran.code == 4
    assert says in ran.err
    assert "issue-corrected" not in queued.out


async def test_a_copy_that_one_reader_got_is_corrected_for_nobody(desk: Desk) -> None:
    desk.write(Received="from mx.example.org by mail.example.org; Tue, 24 Nov 2026 09:00:00 +0000")
    ran = await desk.correct()

    assert ran.code == 4
    assert "this message went out before, to one reader" in ran.err
    assert not (desk.here / "issue-corrected").exists()
