"""Whatever readers and authors write, sent by the real program: right bytes, or a refusal."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.journeys.sending import Desk, a_desk, all_got_one
from tests.mail.counting import CountingServer, counting_server

INJECTED = "\r\nBcc: victim@example.net\r\nX-Evil: yes\r\n\r\nGotcha"
LINE_BREAKS = ("\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c")
FOOT = '<p><a href="https://example.org/u?x=1">Unsubscribe</a></p>'


async def arrived(desk: Desk, server: CountingServer) -> dict[str, EmailMessage]:
    """What each reader got, once all of it is sent."""
    ran = await desk.send()
    assert ran.code == 0, ran
    all_got_one(desk, server)
    return {copy.recipient: parsed(server.bytes_of(copy)) for copy in server.copies()}


def parsed(data: bytes) -> EmailMessage:
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    message = message_from_bytes(data, policy=policy.default)
    assert not message.defects
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


async def test_line_breaks_in_merge_fields_begin_no_header_and_no_body(tmp_path: Path) -> None:
    readers = [
        (f"reader{number}@example.org", f"Ada{broken}Bcc: victim@example.net{INJECTED}")
        for number, broken in enumerate(LINE_BREAKS)
    ]
    brief = 'subject: "News for {{ name }}"\nsender: The Navigator <navigator@example.org>\n'
    async with counting_server(tmp_path) as server:
        desk = a_desk(tmp_path, server.port, readers=readers, brief=brief)

        messages = await arrived(desk, server)

        assert len(messages) == len(LINE_BREAKS)
        for message in messages.values():
            assert str(message["Subject"]).startswith("News for Ada")
            assert "Gotcha" in part(message, "html")
            assert [one.get_content_type() for one in message.iter_parts()] == [
                "text/plain",
                "text/html",
            ]


@pytest.mark.parametrize(
    "brief",
    [
        'subject: "Spring\\r\\nBcc: victim@example.net"\nsender: navigator@example.org\n',
        'subject: Spring\nsender: "Ada\\r\\nBcc: victim@example.net <navigator@example.org>"\n',
        'subject: Spring\nsender: "navigator@example.org\\r\\nBcc: victim@example.net"\n',
        'subject: Spring\nsender: a@example.org\nreply_to: "c@example.org\\r\\nBcc: b@b.example"\n',
    ],
    ids=["subject", "name", "address", "reply-to"],
)
async def test_line_breaks_in_the_brief_are_refused_or_harmless(tmp_path: Path, brief: str) -> None:
    async with counting_server(tmp_path) as server:
        desk = a_desk(tmp_path, server.port, readers=1, brief=brief)

        ran = await desk.send()

        assert "Traceback" not in ran.err
        assert ran.code in {0, 1, 4}, ran
        for copy in server.copies():
            parsed(server.bytes_of(copy))
        assert len(server.copies()) == (ran.code == 0)


async def test_rows_whose_address_is_more_than_one_are_left_out_and_told(tmp_path: Path) -> None:
    bad = [
        "ada@example.org\r\nBcc: victim@example.net",
        "ada@example.org> SIZE=1\r\nRCPT TO:<victim@example.net",
        "ada@example.org, victim@example.net",
        "ada@example.org\x00",
        "Ada <ada@example.org>\nvictim@example.net",
    ]
    async with counting_server(tmp_path) as server:
        rows = [(one, "Ada") for one in [*bad, "bob@example.org"]]
        desk = a_desk(tmp_path, server.port, readers=rows)

        ran = await desk.send()

        assert ran.code == 0, ran
        assert set(server.taken()) == {"bob@example.org"}
        assert "readers.csv" in ran.err


async def test_unusual_addresses_get_theirs(tmp_path: Path) -> None:
    unusual = {
        "o'hara@example.org": "o'hara@example.org",
        '"ada..lovelace"@example.org': '"ada..lovelace"@example.org',
        "ada+news=1@example.org": "ada+news=1@example.org",
        "ada@bücher.example.com": "ada@xn--bcher-kva.example.com",
        "zoë@example.org": "zoë@example.org",
        "用户@例え.jp": "用户@xn--r8jz45g.jp",
    }
    async with counting_server(tmp_path) as server:
        desk = a_desk(tmp_path, server.port, readers=[(one, "Ada") for one in unusual])

        ran = await desk.send()

        assert ran.code == 0, ran
        for copy in server.copies():
            parsed(server.bytes_of(copy))
        assert sorted(server.taken()) == sorted(unusual.values())


async def test_a_server_without_smtputf8_gets_all_others(tmp_path: Path) -> None:
    async with counting_server(tmp_path, "--offer", "PIPELINING") as server:
        rows = [("zoë@example.org", "Zoë"), ("ada@bücher.example.com", "Ada")]
        desk = a_desk(tmp_path, server.port, readers=rows)

        ran = await desk.send()

        assert ran.code == 5
        assert "SMTPUTF8" in (desk.results()["zoë@example.org"].says or "")
        assert set(server.taken()) == {"ada@xn--bcher-kva.example.com"}


async def test_dots_and_long_lines_arrive_as_they_were_written(tmp_path: Path) -> None:
    text = "\n".join([".", "..", ".hidden", "<p>" + "word " * 2_000 + "</p>", "x" * 10_000, "."])
    html = f"<html><body><pre>\n{text}\n</pre>{FOOT}</body></html>"
    async with counting_server(tmp_path) as server:
        desk = a_desk(tmp_path, server.port, readers=3, html=html)

        messages = await arrived(desk, server)

        for message in messages.values():
            assert part(message, "html").replace("\r\n", "\n").strip() == html


async def test_a_newsletter_of_almost_5_megabytes_arrives_whole(tmp_path: Path) -> None:
    html = f"<html><body><p>{'Long. ' * 800_000}</p>{FOOT}</body></html>"
    async with counting_server(tmp_path) as server:
        desk = a_desk(tmp_path, server.port, readers=2, html=html)

        messages = await arrived(desk, server)

        assert {part(one, "html").strip() for one in messages.values()} == {html}


async def test_a_newsletter_of_30_megabytes_is_refused(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, 9, html=f"<html><body><p>{'Long. ' * 5_000_000}</p></body></html>")

    ran = await desk.send()

    assert ran.code == 4
    assert "n.html is 30.0 MB; SendGuard reads at most 5 MB" in ran.out
    assert "nothing was sent" in ran.err
