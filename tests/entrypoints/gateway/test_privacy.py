"""TLS and logins: what is said before is forgotten, and no password goes where others hear it."""

import asyncio
import base64
import smtplib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme

from sendguard.adapters.passwords import hash_password
from sendguard.config.gateway import Listener
from sendguard.entrypoints.delivering import loop_factory
from sendguard.entrypoints.gateway.guesses import MOST_TOLD, Guesses
from tests.gateways import (
    MESSAGE,
    Client,
    Doors,
    ToldJournal,
    a_listener,
    client,
    greeted,
    open_doors,
)

PLAIN = base64.b64encode(b"\0ada\0secret").decode()
WRONG = base64.b64encode(b"\0ada\0guess").decode()
NOBODY = base64.b64encode(b"\0eve\0secret").decode()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def hashed() -> str:
    return hash_password("secret")


@pytest.fixture
def files(authority: trustme.CA, hashed: str, tmp_path: Path) -> dict[str, str]:
    """A certificate, its key, and users."""
    leaf = authority.issue_cert("localhost")
    leaf.cert_chain_pems[0].write_to_path(tmp_path / "certificate.pem")
    leaf.private_key_pem.write_to_path(tmp_path / "key.pem")
    (tmp_path / "users").write_text(f"# who may send\n\nada:{hashed}\n")
    return {
        "certificate": str(tmp_path / "certificate.pem"),
        "key": str(tmp_path / "key.pem"),
        "users": str(tmp_path / "users"),
    }


@pytest.fixture
def trust(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def behind_tls(files: dict[str, str], security: str) -> Listener:
    return a_listener(security=security, certificate=files["certificate"], key=files["key"])


@asynccontextmanager
async def with_users(files: dict[str, str], **said: object) -> AsyncIterator[Doors]:
    async with open_doors(a_listener(users=files["users"], **said)) as doors:
        yield doors


async def starttls(port: int, trust: ssl.SSLContext) -> list[bytes]:
    def send() -> list[bytes]:
        with smtplib.SMTP("localhost", port) as one:
            one.starttls(context=trust)
            one.sendmail("ada@example.org", ["a@example.net"], b"private\r\n")
            return [one.esmtp_features.get("starttls", "not offered").encode()]

    return await asyncio.to_thread(send)


async def tls_at_once(port: int, trust: ssl.SSLContext) -> list[bytes]:
    def send() -> list[bytes]:
        with smtplib.SMTP_SSL("localhost", port, context=trust) as one:
            one.sendmail("ada@example.org", ["a@example.net"], b"private\r\n")
            return [one.esmtp_features.get("starttls", "not offered").encode()]

    return await asyncio.to_thread(send)


Send = Callable[[int, ssl.SSLContext], Awaitable[list[bytes]]]


@pytest.mark.parametrize("factory", [asyncio.new_event_loop, loop_factory()])
@pytest.mark.parametrize(("security", "send"), [("starttls", starttls), ("tls", tls_at_once)])
def test_mail_comes_in_behind_tls_on_either_loop(
    factory: Callable[[], asyncio.AbstractEventLoop],
    security: str,
    send: Send,
    files: dict[str, str],
    trust: ssl.SSLContext,
) -> None:
    async def run() -> tuple[list[bytes], list[bytes]]:
        async with open_doors(behind_tls(files, security)) as doors:
            offered = await send(doors.ports[0], trust)
            await doors.until_connections(0)
            return offered, doors.bodies

    with asyncio.Runner(loop_factory=factory) as runner:
        offered, bodies = runner.run(run())

    assert offered == [b"not offered"]
    assert bodies == [b"private\r\n"]


async def test_no_mail_is_taken_before_starttls(files: dict[str, str]) -> None:
    async with open_doors(behind_tls(files, "starttls")) as doors, greeted(doors.ports[0]) as one:
        heard = await one.say("MAIL FROM:<ada@example.org>", "AUTH PLAIN x", "NOOP")

    assert [reply[:3] for reply in heard] == ["530", "530", "250"]


@pytest.mark.parametrize("factory", [asyncio.new_event_loop, loop_factory()])
def test_what_was_pipelined_behind_starttls_is_thrown_away(
    factory: Callable[[], asyncio.AbstractEventLoop], files: dict[str, str], trust: ssl.SSLContext
) -> None:
    async def run() -> list[str]:
        listener = behind_tls(files, "starttls")
        async with open_doors(listener) as doors, greeted(doors.ports[0]) as one:
            await one.send(b"STARTTLS\r\nEHLO eve\r\nMAIL FROM:<eve@example.org>\r\n" + b"x" * 9000)
            assert (await one.hear())[:3] == "220"
            await one.secure(trust)
            return await one.say("RCPT TO:<a@example.net>", MESSAGE[0], "EHLO me", "STARTTLS")

    with asyncio.Runner(loop_factory=factory) as runner:
        heard = runner.run(run())

    assert [reply[:3] for reply in heard] == ["503", "503", "250", "503"]
    assert "STARTTLS" not in heard[2]


async def test_a_client_that_fails_at_tls_is_gone(files: dict[str, str]) -> None:
    async with (
        open_doors(behind_tls(files, "starttls"), behind_tls(files, "tls")) as doors,
        greeted(doors.ports[0]) as one,
        client(doors.ports[1]) as other,
    ):
        await one.say("STARTTLS")
        await one.send(b"EHLO this is no TLS\r\n")
        await other.send(b"EHLO nor is this\r\n")
        await doors.until_connections(0)

    assert not [event for event, _ in doors.journal.told if event == "mistake"]


async def test_old_tls_is_refused(files: dict[str, str], trust: ssl.SSLContext) -> None:
    trust.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        trust.maximum_version = ssl.TLSVersion.TLSv1_1
    async with open_doors(behind_tls(files, "tls")) as doors:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            async with client(doors.ports[0], ssl=trust, server_hostname="localhost"):
                pass


async def log_in(one: Client, how: str, *more: str) -> str:
    heard = await one.say(f"AUTH {how}", *more)
    return heard[-1][:9]


@pytest.mark.parametrize(
    "said",
    [
        (f"PLAIN {PLAIN}",),
        (f"plain {PLAIN}",),
        ("PLAIN", PLAIN),
        ("LOGIN", "YWRh", "c2VjcmV0"),
        ("LOGIN YWRh", "c2VjcmV0"),
    ],
)
async def test_who_has_logged_in_may_send(files: dict[str, str], said: tuple[str, ...]) -> None:
    async with with_users(files) as doors, greeted(doors.ports[0]) as one:
        first = await one.say("MAIL FROM:<ada@example.org>")
        answer = await log_in(one, *said)
        then = await one.say(*MESSAGE, "x\r\n.", f"AUTH PLAIN {PLAIN}")

    assert first[0][:9] == "530 5.7.0"
    assert answer == "235 2.7.0"
    assert [reply[:3] for reply in then] == ["250", "250", "354", "250", "503"]


@pytest.mark.parametrize(
    ("acts_for", "answer"), [(b"ada", "235 2.7.0"), (b"bob", "535 5.7.8"), (b"a\0b", "501 5.5.2")]
)
async def test_nobody_acts_for_somebody_else(
    files: dict[str, str], acts_for: bytes, answer: str
) -> None:
    said = base64.b64encode(acts_for + b"\0ada\0secret").decode()
    async with with_users(files) as doors, greeted(doors.ports[0]) as one:
        assert await log_in(one, f"PLAIN {said}") == answer
    async with with_users(files) as doors, greeted(doors.ports[0]) as one:
        assert await log_in(one, "PLAIN", said) == answer


@pytest.mark.parametrize("said", [WRONG, NOBODY])
async def test_after_three_wrong_passwords_it_is_over(files: dict[str, str], said: str) -> None:
    async with with_users(files) as doors, greeted(doors.ports[0]) as one:
        heard = await one.say(*[f"AUTH PLAIN {said}"] * 3)
        heard += await one.hear_all()

    assert [reply[:9] for reply in heard] == ["535 5.7.8"] * 3 + ["421 4.7.0"]
    (about, *_) = [about for event, about in doors.journal.told if event == "login-refused"]
    assert str(about["client"]) == "127.0.0.1"
    _, user, password = base64.b64decode(said).decode().split("\0")
    assert about["user"] == user
    assert password not in str(doors.journal.told)


def test_who_guesses_all_night_fills_no_log() -> None:
    journal = ToldJournal()
    guesses = Guesses(journal)

    for _ in range(10 * MOST_TOLD):
        guesses.refused(b"a\r\n\xff\xe2\x80\xae" * 9_000, "192.0.2.7", "0.0.0.0:2587")

    assert len(journal.told) < 9 * MOST_TOLD
    assert all(len(str(about["user"])) <= 80 for _, about in journal.told)
    assert "\n" not in str(journal.told[0][1]["user"])


@pytest.mark.parametrize(
    "said",
    [
        ("PLAIN =",),
        ("PLAIN !",),
        ("PLAIN AAAA",),
        ("PLAIN", "*"),
        ("PLAIN", "x" * 3000),
        ("LOGIN", "*"),
        ("LOGIN", "YWRh", "!"),
        ("CRAM-MD5",),
        ("PLAIN a b",),
        (" ",),
    ],
)
async def test_a_login_that_makes_no_sense_is_refused(
    files: dict[str, str], said: tuple[str, ...]
) -> None:
    async with with_users(files) as doors, greeted(doors.ports[0]) as one:
        answer = await log_in(one, *said)
        then = await one.say("MAIL FROM:<ada@example.org>", "NOOP")

    assert answer[:1] == "5"
    assert [reply[:3] for reply in then] == ["530", "250"]
    assert not [event for event, _ in doors.journal.told if event == "mistake"]


async def test_logins_are_offered_behind_tls_and_forgotten_before_it(
    files: dict[str, str], trust: ssl.SSLContext
) -> None:
    keys = {"certificate": files["certificate"], "key": files["key"]}
    async with (
        with_users(files, security="starttls", **keys) as doors,
        greeted(doors.ports[0]) as one,
    ):
        (before,) = await one.say("EHLO me")
        await one.say("STARTTLS")
        await one.secure(trust)
        (after,) = await one.say("EHLO me")
        answer = await log_in(one, f"PLAIN {PLAIN}")

    assert "AUTH" not in before
    assert "250-AUTH PLAIN LOGIN" in after
    assert answer == "235 2.7.0"


async def test_where_nobody_logs_in_no_login_is_offered() -> None:
    async with open_doors() as doors, greeted(doors.ports[0]) as one:
        heard = await one.say("EHLO me", f"AUTH PLAIN {PLAIN}")

    assert "AUTH" not in heard[0]
    assert heard[1][:3] == "503"
