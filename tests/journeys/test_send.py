"""`sendguard send`: a campaign that passed goes out, once, through a real mail server."""

import signal
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from sendguard.adapters.database.store import open_store
from sendguard.send import Going, State
from tests.journeys.mailing import HTML, NAME, newsroom
from tests.journeys.program import SENDGUARD, begun, outcome_of

MESSAGE = """From: The Navigator <navigator@navigator.example>
Subject: How to recover
{headers}Content-Type: text/html; charset=utf-8

<p>Good morning. <a href="https://navigator.example/leave?x=1">Unsubscribe</a></p>
"""


async def test_what_passes_goes_to_each_reader_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.write(readers=["ada@example.org,Ada", "bob@example.org,", "ADA@example.org,Twice"])

        ran = await room.send()

        ada, bob = room.taken(2)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, f"{NAME}: 2 of 2 sent")
    assert (ada.recipient, bob.recipient) == ("ada@example.org", "bob@example.org")
    assert "Good morning, Ada." in ada.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Good morning, reader." in bob.message.get_body(("html",)).get_content()  # type: ignore[union-attr]


async def test_the_link_that_unsubscribes_is_that_of_the_settings(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.write(readers=["ada&co@example.org,Ada"])

        await room.send()

        (message,) = (one.message for one in room.taken(1))
    own = "https://navigator.example/leave?who=ada%26co%40example.org"
    bodies = [message.get_body((kind,)) for kind in ("html", "plain")]
    assert message["list-unsubscribe"].strip() == f"<{own}>"
    assert [body.get_content().count(own) for body in bodies if body] == [1, 1]


async def test_what_is_blocked_is_not_sent(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        articles = [{"link": "Read article", "title": "Schrodinger's Proposals"}]
        room.write(brief={"articles": articles})
        room.spoil()

        ran = await room.send()

        assert room.tally() == {}
        assert room.states() is None
    assert ran.code == 1
    assert "Five Ways to Lose a Sale" in ran.out
    assert ran.err.endswith("sendguard: nothing was sent\n")


async def test_what_could_not_be_looked_at_is_not_sent(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.change(visit={"proxy": "http://127.0.0.1:1", "connect_to": {}})

        ran = await room.send()

        assert room.tally() == {}
    assert ran.code == 3
    assert ran.err.endswith("sendguard: nothing was sent\n")


async def test_a_pass_of_a_moment_ago_counts(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.run("check", str(room.folder))
        asked = len(room.web.asked)

        ran = await room.send()

        assert (ran.code, len(room.web.asked)) == (0, asked)
        assert len(room.taken(3)) == 3


async def test_what_was_changed_since_is_checked_anew(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.run("check", str(room.folder))
        room.write(HTML.replace("/42/walk", "/42/nothing"))

        ran = await room.send()

        assert room.tally() == {}
    assert ran.code == 1


@pytest.mark.parametrize("said", [(), ("--recipients", "4")])
async def test_more_than_expected_wait_for_a_person(said: tuple[str, ...], tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.write(readers=3, brief={"expected_recipients": 1})

        ran = await room.send(*said)

        assert room.tally() == {}
        assert room.states() is None
    assert ran.code == 1
    assert "say so with --recipients 3" in ran.err


async def test_the_number_that_a_person_says_lets_them_go(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.write(readers=3, brief={"expected_recipients": 1})

        ran = await room.send("--recipients", "3")

        assert (ran.code, len(room.taken(3))) == (0, 3)


async def test_a_copy_goes_to_the_editor_and_nothing_is_queued(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        ran = await room.send("--test-to", "editor@example.org")

        (copy,) = room.taken(1)
        assert room.states() is None
    assert (ran.code, copy.recipient) == (0, "editor@example.org")
    assert copy.message["subject"].startswith("[TEST] ")
    assert "Good morning, Reader 0." in copy.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]


async def test_a_copy_to_no_address_is_refused(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        ran = await room.send("--test-to", "editor")

    assert (ran.code, "--test-to" in ran.err) == (2, True)


async def test_nothing_is_sent_twice(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.send()

        again = await room.send()

        assert set(room.tally().values()) == {1}
    assert again.code == 1
    assert "is not sent twice" in again.err
    assert "outbox resume" not in again.err


async def test_where_the_server_is_not_as_it_should_be_all_stays_queued(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.change(smtp={"security": "starttls"})

        ran = await room.send()
        again = await room.send()

        assert room.states() == {State.PENDING: 3}
    assert ran.code == 5
    assert f"sendguard outbox resume {NAME}" in ran.out
    assert f"sendguard outbox resume {NAME}" in again.err


@pytest.mark.parametrize(
    ("html", "brief", "says"),
    [
        (HTML, {"audience": None}, "names no audience"),
        (HTML, {"audience": "nobody.csv"}, "nobody.csv"),
        (HTML, {"sender": None}, "there is no sender"),
        (HTML, {"subject": "Hello {{ town }}"}, "no column for {{ town }}"),
        (HTML.replace("{{ name |", "{{ town }} {{ name |"), {}, "no column for {{ town }}"),
        (HTML.replace("Good", "*|FNAME|*, good"), {}, "“*|FNAME|*” is filled in by another"),
        (HTML.replace("Good", "{{ {{ name }} }}"), {}, "newsletter.html:4:4: “{{ {{ name }} }}"),
        (HTML, {"subject": "Hello\u202e"}, "U+202E"),
        (HTML.replace("Good", "{% if a %}good{% endif %}"), {}, "“{% if a %}” is filled in by"),
        (HTML.replace("Good", "{{ name | upcase }}, good"), {}, "newsletter.html:4:4: “{{ name |"),
    ],
)
async def test_what_would_go_out_wrong_is_refused_before_the_first_message(
    html: str, brief: dict[str, object], says: str, tmp_path: Path
) -> None:
    async with newsroom(tmp_path) as room:
        room.write(html, brief=brief)

        ran = await room.send()

        assert room.tally() == {}
        assert room.states() is None
    assert ran.code == 4
    assert says in ran.err


def a_key(bits: int, password: bytes | None = None) -> bytes:
    private = (Encoding.PEM, PrivateFormat.PKCS8)
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    return generate_private_key(65_537, bits).private_bytes(*private, lock)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        (None, "cannot be read"),
        (b"no key", "no private key in PEM"),
        (a_key(1024, b"secret"), "asks for a password"),
        (a_key(1024).replace(b"A", b"B"), "no private key in PEM"),
    ],
)
async def test_a_key_that_cannot_sign_is_told_before_anything_is_queued(
    key: bytes | None, says: str, tmp_path: Path
) -> None:
    async with newsroom(tmp_path) as room:
        file = tmp_path / "dkim.pem"
        if key:
            file.write_bytes(key)
        room.change(mail={"dkim_key": str(file), "dkim_selector": "s"})

        ran = await room.send()

        assert room.tally() == {}
        assert room.states() is None
    assert ran.code == 4
    assert says in ran.err


async def test_a_reader_who_is_there_often_counts_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.write(readers=[f"reader{n % 3}@example.org,Ada" for n in range(30)])

        refused = await room.send("--recipients", "30")
        ran = await room.send("--recipients", "3")

        assert len(room.taken(3)) == 3
    assert (refused.code, ran.code) == (1, 0)
    assert "the audience has 3" in refused.err
    assert "To       3 readers (30 rows) in readers.csv" in ran.out


async def test_without_an_address_to_unsubscribe_its_field_is_missing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.change(mail={"unsubscribe": None})

        ran = await room.send()

    assert ran.code == 4
    assert "{{ unsubscribe_url }} is: set mail.unsubscribe" in ran.err


async def test_a_message_goes_out_and_one_that_a_reader_got_does_not(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        headers = "Received: from a by b; Tue, 24 Nov 2026 09:00:00 +0000\n"
        told = {"newsletter": "n.eml", "subject": None, "sender": None, "reply_to": None}
        room.write(files={"n.eml": MESSAGE.format(headers=headers)}, brief=told)

        refused = await room.send()
        room.write(files={"n.eml": MESSAGE.format(headers="")}, brief=told)
        ran = await room.send()

        assert {one.message["subject"] for one in room.taken(3)} == {"How to recover"}
    assert (refused.code, ran.code) == (4, 0)
    assert "went out before, to one reader" in refused.err


async def test_a_bare_newsletter_has_no_audience(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        ran = await room.run("send", str(room.folder / "newsletter.html"))

    assert (ran.code, "without a campaign" in ran.err) == (2, True)


async def test_nobody_who_could_be_asked_agrees_to_nothing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        ran = await room.run("send", str(room.folder))

        assert (room.tally(), room.states()) == ({}, None)
    assert (ran.code, "say --yes" in ran.err) == (2, True)


async def test_those_who_left_get_nothing_and_bad_rows_are_told(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.write(readers=["ada@example.org,Ada", "bob,Bob", "cleo@example.org,Cleo"])
        (tmp_path / "left.txt").write_text("Cleo@example.org\n", "utf-8")
        await room.run("suppress", str(tmp_path / "left.txt"))

        ran = await room.send()

        assert set(room.tally()) == {"ada@example.org"}
    assert (ran.code, ran.out.splitlines()[-1]) == (0, f"{NAME}: 1 of 2 sent, 1 suppressed")
    assert "readers.csv:3: “bob” is no mail address" in ran.err


async def test_what_was_refused_is_told_by_the_exit_code(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "-f", "RCPT") as room:
        ran = await room.send()

    assert ran.code == 5
    assert "refused" in ran.out


async def test_ctrl_c_leaves_a_queue_that_goes_on(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "-w", "1") as room:
        room.write(readers=12)
        room.change(smtp={"at_once": 2})
        told = ("send", str(room.folder), "--yes", "--config", str(tmp_path / "config.yaml"))

        async with begun(*SENDGUARD, *told, here=tmp_path) as sending:
            await room.until_taking()
            sending.send_signal(signal.SIGINT)
            ended = await outcome_of(sending)
        left = room.states() or {}
        with closing(open_store(room.database)) as store:
            found = store.outbox.find(NAME)

    assert ended.code == 130
    assert f"sendguard outbox resume {NAME}" in ended.out
    assert set(left) == {State.SENT, State.PENDING}
    assert found
    assert found.going is Going.OPEN
