"""People are told through Apprise: real servers take the notice, refuse it, hang or go away."""

import asyncio
import json
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme

from sendguard.adapters.notifier import AppriseNotifier, why_not
from sendguard.adapters.notifier.reasons import LONGEST_LINE, UNKNOWN, reason_from
from sendguard.ports.telling import NotTold
from sendguard.watch import Verdict
from tests.servers import Post, Site, after, in_turn, moved, page, post, site, tls_for

TITLE = "navigator-42 is blocked: 1 link opens another article"
BODY = "“Read article” opens “Five Ways”.\n\nTo be sent on Tuesday at 09:00."
SECRET = "x5e3c2r9e1t"  # noqa: S105 - stands for one


class Log(logging.Handler):
    """A log that keeps all it can get."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(autouse=True)
def nothing_secret_is_logged() -> Iterator[None]:
    log, root = Log(), logging.getLogger()
    before = root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    yield
    root.setLevel(before)
    root.removeHandler(log)
    assert not [line for line in log.lines if SECRET in line or "apprise" in line]


def hook(site: Site, path: str = f"/{SECRET}") -> str:
    return f"json://ada:{SECRET}@127.0.0.1:{site.port}{path}"


def mail(post: Post, *to: str, password: str = "secret") -> str:  # noqa: S107 - known to `post`
    asked = f"from=sendguard@example.org&to={','.join(to)}&mode=insecure"
    return f"mailto://ada:{password}@127.0.0.1:{post.port}?{asked}"


async def tell(address: str, body: str = BODY, *, longest_wait_s: float = 20) -> NotTold | None:
    return await AppriseNotifier(longest_wait_s).tell(address, TITLE, body)


def sent(site: Site) -> dict[str, Any]:
    (body,) = site.bodies
    told = json.loads(body)
    assert isinstance(told, dict)
    return told


async def test_a_webhook_is_told_title_and_body() -> None:
    async with site({f"/{SECRET}": page("")}) as origin:
        trouble = await tell(hook(origin))

    assert trouble is None
    assert (sent(origin)["title"], sent(origin)["message"]) == (TITLE, BODY)


@pytest.mark.parametrize(
    ("decision", "kind"),
    [
        (Verdict.BLOCK, "failure"),
        (Verdict.UNREADABLE, "failure"),
        (Verdict.UNVERIFIED, "warning"),
        (Verdict.PASS, "success"),
        (None, "info"),
    ],
)
async def test_a_webhook_is_told_how_grave_it_is(decision: Verdict | None, kind: str) -> None:
    async with site({f"/{SECRET}": page("")}) as origin:
        await AppriseNotifier().tell(hook(origin), TITLE, BODY, decision)

    assert sent(origin)["type"] == kind


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("500 Sorry", "it has trouble of its own (status 500)"),
        ("401 No", "it does not accept the password or token (status 401)"),
        ("429 Slowly", "it is sent too much (status 429)"),
        ("418 Teapot", "it did not take the notice (status 418)"),
    ],
)
async def test_a_webhook_that_refuses_says_why_in_our_own_words(status: str, says: str) -> None:
    async with site({f"/{SECRET}": page(f"the token {SECRET} is bad", status)}) as origin:
        trouble = await tell(hook(origin))

    assert trouble == NotTold(says)


async def test_a_redirect_is_not_followed_since_the_notice_would_be_lost_on_the_way() -> None:
    async with site({f"/{SECRET}": moved("/other"), "/other": page("")}) as origin:
        trouble = await tell(hook(origin))

    assert origin.asked == [f"/{SECRET}"]
    assert trouble
    assert trouble.says.startswith("it sends on to another address")


async def test_a_webhook_that_is_gone_is_a_value() -> None:
    async with site({}) as origin:
        pass

    assert await tell(hook(origin)) == NotTold("nothing answers there (connection refused)")


async def test_a_certificate_that_nobody_vouches_for_is_not_believed_unless_so_configured() -> None:
    certificate = trustme.CA().issue_cert("127.0.0.1")
    async with site({f"/{SECRET}": page("")}, tls_for(certificate)) as origin:
        address = hook(origin).replace("json:", "jsons:")
        believed = await tell(address)
        anyway = await tell(f"{address}?verify=no")

    assert believed == NotTold("its certificate is not trusted")
    assert anyway is None


async def test_a_host_that_is_not_known_is_a_value() -> None:
    trouble = await tell(f"json://{SECRET}.invalid/{SECRET}")

    assert trouble
    assert trouble.says.startswith("its host is not known")


async def test_a_webhook_that_hangs_is_not_waited_for_and_not_asked_again_meanwhile() -> None:
    notifier = AppriseNotifier(longest_wait_s=2)
    async with site({f"/{SECRET}": after(600, page(""))}) as origin, asyncio.timeout(45):
        hangs = f"{hook(origin)}?rto=50"
        first = await notifier.tell(hangs, TITLE, BODY)
        again = await notifier.tell(hangs, TITLE, BODY)

    assert first == NotTold("it did not answer within 2 s")
    assert again == NotTold("it has not answered the last time yet")
    assert len(origin.asked) == 1


async def test_who_took_it_after_we_stopped_waiting_is_not_told_again() -> None:
    notifier = AppriseNotifier(longest_wait_s=2)
    async with site({f"/{SECRET}": after(3, page(""))}) as origin:
        first = again = await notifier.tell(hook(origin), TITLE, BODY)
        async with asyncio.timeout(60):
            while again:
                again = await notifier.tell(hook(origin), TITLE, BODY)
                await asyncio.sleep(0.1)

    assert first == NotTold("it did not answer within 2 s")
    assert again is None
    assert len(origin.asked) == 1


async def test_a_webhook_that_comes_back_is_told() -> None:
    notifier = AppriseNotifier()
    replies = in_turn(page("", "503 Later"), page(""))
    async with site({f"/{SECRET}": replies}) as origin:
        first = await notifier.tell(hook(origin), TITLE, BODY)
        again = await notifier.tell(hook(origin), TITLE, BODY)

    assert first
    assert again is None


async def test_an_address_cannot_have_a_failure_pass_for_a_success() -> None:
    async with site({f"/{SECRET}": page("", "500 Sorry")}) as origin:
        trouble = await tell(f"{hook(origin)}?optional=yes&retry=5&wait=0")

    assert trouble
    assert len(origin.asked) == 1


async def test_nothing_in_a_notice_is_interpreted() -> None:
    body = r":smile: <b>bold</b> *x* \n \u0041 ${HOME} [click](https://example.org)"
    async with site({f"/{SECRET}": page("")}) as origin:
        await tell(f"{hook(origin)}?emojis=yes", body)

    assert sent(origin)["message"] == body


@pytest.mark.parametrize("call", ["@everyone", "@here", "<!channel>", "<@123>"])
async def test_a_pages_title_does_not_call_a_channel_together(call: str) -> None:
    async with site({f"/{SECRET}": page("")}) as origin:
        await tell(hook(origin), f"opens “{call}”")

    message = sent(origin)["message"]
    assert call not in message
    assert message.replace("\u2060", "") == f"opens “{call}”"


async def test_a_notice_is_bounded() -> None:
    async with site({f"/{SECRET}": page("")}) as origin:
        await tell(hook(origin), "long " * 100_000)

    assert len(sent(origin)["message"]) <= 4_000


async def test_a_mail_server_is_told_with_plain_text() -> None:
    async with post() as server:
        trouble = await tell(mail(server, "editor@example.org"))

    (envelope,) = server.taken
    message = message_from_bytes(envelope.original_content or b"", policy=default)
    assert trouble is None
    assert envelope.rcpt_tos == ["editor@example.org"]
    assert message["subject"] == TITLE
    assert message.get_content_type() == "text/plain"
    assert message.get_content().split() == BODY.split()


async def test_a_mail_server_that_does_not_accept_the_password_says_so() -> None:
    async with post() as server:
        trouble = await tell(mail(server, "editor@example.org", password=SECRET))

    says = "the mail server does not accept the name or the password (reply 535)"
    assert trouble == NotTold(says)


async def test_of_several_readers_only_those_who_did_not_get_it_are_tried_again() -> None:
    notifier = AppriseNotifier()
    async with post(refuses=("gone@example.org",)) as server:
        address = mail(server, "editor@example.org", "gone@example.org")
        first = await notifier.tell(address, TITLE, BODY)
        again = await notifier.tell(address, TITLE, BODY)

    assert first
    assert again
    assert [envelope.rcpt_tos for envelope in server.taken] == [["editor@example.org"]]


async def test_no_secret_is_on_the_screen_or_in_what_is_said(
    capfd: pytest.CaptureFixture[str],
) -> None:
    async with site({}) as origin, post() as server:
        addresses = [
            hook(origin),
            f"jsons://ada:{SECRET}@127.0.0.1:{origin.port}/{SECRET}",
            mail(server, "editor@example.org", password=SECRET),
            f"slack://{SECRET}",
            f"slak://{SECRET}/{SECRET}",
            f"https://example.org/{SECRET}",
            SECRET,
        ]
        troubles = [await tell(address) for address in addresses]

    said = "".join(capfd.readouterr())
    assert all(troubles)
    assert SECRET not in f"{troubles}{said}"


def test_nothing_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))

    async def tell_by_mail() -> None:
        async with post() as server:
            await tell(mail(server, "editor@example.org"))

    asyncio.run(tell_by_mail())

    assert not list(tmp_path.rglob("*"))


@pytest.mark.parametrize(
    "address",
    [
        "json://127.0.0.1/hook",
        "mailto://ada:secret@example.org?from=ada@example.org&to=editor@example.org",
        "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "syslog://",
    ],
)
def test_an_address_of_the_right_form_is_good(address: str) -> None:
    assert why_not(address) is None


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"slak://{SECRET}", "Apprise knows no such scheme; is slack:// meant?"),
        ("frob://x", "Apprise knows no such scheme: see https://appriseit.com/services/"),
        ("file:///etc/passwd", "Apprise knows no such scheme: see https://appriseit.com/services/"),
        ("https://example.org/hook", "write jsons:// in place of https://"),
        (f"slack://{SECRET}", "not of the form that it needs: see https://appriseit.com/"),
        ("json://[", "not of the form that it needs: see https://appriseit.com/"),
        ("json://", "not of the form that it needs: see https://appriseit.com/"),
        ("mailto://", "not of the form that it needs: see https://appriseit.com/"),
        ("ada@example.org", "it has no scheme: an address begins like mailto:// or slack://"),
        ("", "it has no scheme: an address begins like mailto:// or slack://"),
        (" MACOSX://", "macosx:// starts a program on this computer, which is not done"),
    ],
)
def test_an_address_of_a_wrong_form_says_what_to_write(address: str, says: str) -> None:
    assert says in (why_not(address) or "")


def test_of_what_was_logged_only_our_own_words_are_passed_on() -> None:
    assert reason_from([f"Sent to {SECRET}", f"wrong: {SECRET}"]) == UNKNOWN
    assert reason_from(["x" * LONGEST_LINE + "timed out"]) == UNKNOWN


def test_a_program_leaves_without_waiting_for_one_that_hangs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"json://127.0.0.1:{silent.getsockname()[1]}/?rto=300"
        program = (
            "import asyncio; from sendguard.adapters.notifier import AppriseNotifier; "
            f"print(asyncio.run(AppriseNotifier(1).tell({address!r}, 'a', 'b')))"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, timeout=60, check=True
        )

    assert b"it did not answer within 1 s" in ran.stdout
    assert not ran.stderr


def test_apprise_is_not_loaded_before_there_is_something_to_tell() -> None:
    program = (
        "import sys, sendguard.adapters.notifier as n; n.AppriseNotifier(); "
        "sys.exit('apprise' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
