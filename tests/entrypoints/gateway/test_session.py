"""Messages as they come in: exactly what the client meant, or a refusal."""

import asyncio
import smtplib

import pytest

from sendguard.send import Reply
from tests.gateways import MESSAGE, client, greeted, open_doors

LETTER = b"Subject: Navigator\r\n\r\nRead article\r\n"


def sent_by_smtplib(port: int) -> object:
    with smtplib.SMTP("127.0.0.1", port) as one:
        return one.sendmail("ada@example.org", ["a@example.net", "b@example.net"], LETTER)


async def send(port: int, body: bytes) -> str:
    async with greeted(port, *MESSAGE) as one:
        await one.send(body)
        return await one.hear()


async def test_a_message_arrives_as_its_client_meant_it() -> None:
    async with open_doors() as doors:
        refused = await asyncio.to_thread(sent_by_smtplib, doors.ports[0])

    (mail,) = doors.mails
    assert not refused
    assert (mail.sender, mail.recipients) == ("ada@example.org", ("a@example.net", "b@example.net"))
    assert mail.data == LETTER


@pytest.mark.parametrize(
    ("wire", "meant"),
    [
        (b"..\r\n.\r\n", b".\r\n"),
        (b"...two dots\r\n.\r\n", b"..two dots\r\n"),
        (b"a\r\n..\r\n..b\r\n.\r\n", b"a\r\n.\r\n.b\r\n"),
        (b".one dot too few\r\n.\r\n", b"one dot too few\r\n"),
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (
            b"\xff\xfe\x80 8-bit \xf0\x9f\x93\xb0\r\n.\r\n",
            b"\xff\xfe\x80 8-bit \xf0\x9f\x93\xb0\r\n",
        ),
        (b"x" * 1_000_000 + b"\r\n.\r\n", b"x" * 1_000_000 + b"\r\n"),
        (b"trailing blanks \t \r\n \r\n.\r\n", b"trailing blanks \t \r\n \r\n"),
    ],
)
async def test_lines_are_kept_byte_for_byte(wire: bytes, meant: bytes) -> None:
    async with open_doors() as doors:
        answer = await send(doors.ports[0], wire)

    assert answer == "250 2.0.0 taken"
    assert doors.bodies == [meant]


async def test_a_message_may_come_a_byte_at_a_time() -> None:
    async with open_doors() as doors, greeted(doors.ports[0], *MESSAGE) as one:
        for byte in b"a\r\n..\r\n.\r\nNOOP\r\n":
            await one.send(bytes([byte]))
            await asyncio.sleep(0)
        heard = [await one.hear(), await one.hear()]

    assert doors.bodies == [b"a\r\n.\r\n"]
    assert heard == ["250 2.0.0 taken", "250 2.0.0 good"]


async def test_what_the_client_says_of_its_message_is_handed_on() -> None:
    async with open_doors() as doors, greeted(doors.ports[0]) as one:
        sender = "MAIL FROM:<ümläut@bücher.example> SIZE=20 BODY=8BITMIME SMTPUTF8 AUTH=<>"
        heard = await one.say(sender, "RCPT TO:<jürgen@example.net>", "DATA", "x\r\n.")

    (mail,) = doors.mails
    assert [reply[:3] for reply in heard] == ["250", "250", "354", "250"]
    assert (mail.sender, mail.recipients) == ("ümläut@bücher.example", ("jürgen@example.net",))
    assert (mail.is_8bit, mail.is_utf8) == (True, True)


async def test_a_bounce_has_no_sender() -> None:
    async with open_doors() as doors, greeted(doors.ports[0]) as one:
        await one.say("MAIL FROM:<>", *MESSAGE[1:], "x\r\n.")

    assert doors.mails[0].sender == ""


async def test_many_messages_come_over_one_connection() -> None:
    async with open_doors() as doors, greeted(doors.ports[0]) as one:
        for number in range(300):
            await one.say(*MESSAGE, f"{number}\r\n.", "RSET")

    assert doors.bodies == [f"{number}\r\n".encode() for number in range(300)]


async def test_commands_that_were_not_waited_with_are_answered_in_order() -> None:
    async with open_doors() as doors, greeted(doors.ports[0]) as one:
        whole = [*MESSAGE, "one\r\n.", *MESSAGE, "two\r\n.", "QUIT"]
        await one.send("".join(f"{line}\r\n" for line in whole).encode())
        heard = await one.hear_all()

    assert [reply[:3] for reply in heard] == ["250", "250", "354", "250"] * 2 + ["221"]
    assert doors.bodies == [b"one\r\n", b"two\r\n"]


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (Reply(code=250, enhanced=None, text="queued as 4XYZ"), "250 queued as 4XYZ"),
        (
            Reply(code=554, enhanced="5.7.1", text="“Schrödinger” opens\r\n250 “Sale” — no"),
            '554 5.7.1 "Schrodinger" opens 250 "Sale" - no',
        ),
        (Reply(code=451, enhanced="4.7.1", text="x" * 600), f"451 4.7.1 {'x' * 487}..."),
        (Reply(code=421, enhanced="4.3.2", text="closing"), "451 4.3.2 closing"),
        (Reply(code=354, enhanced=None, text="more"), "451 4.3.0 SendGuard failed, come again"),
        (RuntimeError("secret"), "451 4.3.0 SendGuard failed, come again"),
    ],
)
async def test_every_answer_is_one_line(reply: Reply | Exception, line: str) -> None:
    async with open_doors(reply=reply) as doors:
        answer = await send(doors.ports[0], b"x\r\n.\r\n")

    assert answer == line
    assert len(answer) <= 510


async def test_a_mistake_of_ours_is_told_to_whoever_looks_after_the_machine() -> None:
    async with open_doors(reply=RuntimeError("oh")) as doors:
        await send(doors.ports[0], b"x\r\n.\r\n")

    assert [event for event, _ in doors.journal.told] == ["mistake"]


async def test_commands_that_are_no_part_of_a_message_are_answered() -> None:
    async with open_doors() as doors, client(doors.ports[0]) as one:
        greeting = await one.hear()
        heard = await one.say("HELO me", "NOOP", "VRFY ada", "EXPN all", "HELP", "RSET", "QUIT")

    assert greeting.startswith("220 sendguard.")
    assert [reply[:3] for reply in heard] == ["250", "250", "252", "502", "214", "250", "221"]


async def test_only_what_is_spoken_is_offered() -> None:
    async with open_doors() as doors, client(doors.ports[0]) as one:
        await one.hear()
        (offers,) = await one.say("EHLO me")

    names = [line[4:] for line in offers.splitlines()][1:]
    assert names == ["SIZE 41943040", "8BITMIME", "SMTPUTF8", "HELP"]
