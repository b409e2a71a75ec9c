"""Reports of mail that came back: those of a real Postfix, those of others, and hostile ones."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.send.bounce import Bounce, read_bounces
from sendguard.send.mbox import part_messages

REAL = Path(__file__).parent / "bounces"
ENCODED = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64"
MAC = "00112233445566778899aabbccddeeff"


def a_report(
    *recipients: str,
    kind: str = "message/delivery-status",
    returned: str = "Content-Type: message/rfc822\n\nMessage-ID: <2s.mac@example.net>\n\nHello\n",
    headers: str = "",
) -> bytes:
    blocks = "\n".join(["Reporting-MTA: dns; mail.example.net\n", *recipients])
    return (
        "From: MAILER-DAEMON@example.net\n"
        f"{headers}"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="cut"\n\n'
        "--cut\nContent-Type: text/plain\n\nI'm sorry.\n"
        f"--cut\nContent-Type: {kind}\n\n{blocks}\n"
        f"--cut\n{returned}"
        "--cut--\n"
    ).encode()


def a_recipient(
    address: str = "rfc822; ada@example.org",
    *,
    action: str = "failed",
    status: str = "5.1.1",
    more: str = "",
) -> str:
    fields = f"Final-Recipient: {address}\nAction: {action}\nStatus: {status}\n"
    return f"{fields}Diagnostic-Code: smtp; 550 no such user\n{more}"


def test_a_refusal_that_postfix_reports_is_a_bounce() -> None:
    raw = (REAL / "refused.eml").read_bytes()

    assert read_bounces(raw) == (
        Bounce(
            message_id=f"2s.{MAC}@sender.example",
            key="ada@example.org",
            says="5.3.0 500 5.3.0 Error: command failed",
        ),
    )


def test_a_refusal_of_the_message_says_nothing_of_the_mailbox() -> None:
    raw = (REAL / "refused-utf8.eml").read_bytes()

    (bounce,) = read_bounces(raw)

    assert (bounce.key, bounce.is_of_mailbox) == ("zoë@example.org", False)
    assert bounce.says.startswith("5.6.7 SMTPUTF8 is required")


def test_a_delay_that_postfix_reports_is_none() -> None:
    assert read_bounces((REAL / "delayed.eml").read_bytes()) == ()


def test_one_report_may_name_several_recipients() -> None:
    raw = a_report(
        a_recipient(),
        a_recipient("rfc822; bob@example.org", action="delayed", status="4.4.1"),
        a_recipient("rfc822; Zoe@Example.org", status="5.2.1 (mailbox disabled)"),
    )

    assert [bounce.key for bounce in read_bounces(raw)] == ["ada@example.org", "zoe@example.org"]


@pytest.mark.parametrize(
    "recipient",
    [
        a_recipient(action="delayed"),
        a_recipient(action="relayed"),
        a_recipient(action="delivered", status="2.0.0"),
        a_recipient(status="4.4.7"),
        a_recipient(status="55.1.1"),
        a_recipient(status=""),
        a_recipient("rfc822; nobody"),
        a_recipient(""),
    ],
)
def test_what_is_no_failure_for_good_is_no_bounce(recipient: str) -> None:
    assert read_bounces(a_report(recipient)) == ()


def test_the_address_that_was_written_to_counts_before_where_it_was_forwarded() -> None:
    forwarded = a_recipient(
        "rfc822; ada@elsewhere.example", more="Original-Recipient: rfc822;ada@example.org\n"
    )

    assert [bounce.key for bounce in read_bounces(a_report(forwarded))] == ["ada@example.org"]


def test_an_address_beyond_ascii_may_be_spelt_in_ascii() -> None:
    raw = a_report(
        a_recipient("utf-8; zo\\x{EB}@example.org"), kind="message/global-delivery-status"
    )

    assert [bounce.key for bounce in read_bounces(raw)] == ["zoë@example.org"]


@pytest.mark.parametrize(
    ("returned", "headers", "message_id"),
    [
        ("Content-Type: text/rfc822-headers\n\nMessage-Id:\n <a@b>\n", "", "a@b"),
        (f"{ENCODED}\n\nTWVzc2FnZS1JRDogPGFAYj4KCkhlbGxvCg==\n", "", "a@b"),
        ("Content-Type: text/plain\n\nnothing\n", "In-Reply-To: <a@b>\n", "a@b"),
        ("Content-Type: text/plain\n\nMessage-ID: <a@b>\n", "", None),
    ],
)
def test_the_message_that_came_back_is_named_where_the_report_does(
    returned: str, headers: str, message_id: str | None
) -> None:
    raw = a_report(a_recipient(), returned=returned, headers=headers)

    assert [bounce.message_id for bounce in read_bounces(raw)] == [message_id]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"From: ada@example.org\n\nFinal-Recipient: rfc822; bob@example.org\n",
        a_report(a_recipient()).replace(b"multipart/report", b"multipart/mixed"),
        a_report(a_recipient(), kind="text/plain"),
    ],
)
def test_other_mail_is_no_report(raw: bytes) -> None:
    assert read_bounces(raw) == ()


def test_what_a_report_says_is_one_short_line() -> None:
    hostile = a_recipient(more="Diagnostic-Code: x;\n").replace(
        "550 no such user", "\x1b[31m\u202e" + "550 " * 100_000
    )

    (bounce,) = read_bounces(a_report(hostile))

    assert len(bounce.says) <= 300
    assert bounce.says.startswith("5.1.1 [31m550 550")


def test_a_report_that_names_thousands_is_believed_for_a_few() -> None:
    many = [a_recipient(f"rfc822; reader{number}@example.org") for number in range(2_000)]

    assert len(read_bounces(a_report(*many))) == 200


@given(st.binary(max_size=400))
def test_no_report_is_an_exception(damage: bytes) -> None:
    whole = a_report(a_recipient())

    for raw in (damage, whole[:300] + damage, whole[:150] + damage + whole[150:]):
        assert isinstance(read_bounces(raw), tuple)


def lines(raw: bytes) -> list[bytes]:
    return raw.splitlines(keepends=True)


def test_messages_in_one_file_are_parted() -> None:
    one = b"From MAILER-DAEMON Tue Nov 24\nSubject: 1\n\nHello\nFrom here on\n\n"

    assert list(part_messages(lines(one + one))) == [one, one]


def test_a_message_alone_is_one_whatever_it_says() -> None:
    alone = b"Subject: 1\n\nHello\n\nFrom here on\n"

    assert list(part_messages(lines(alone))) == [alone]


def test_of_a_huge_message_the_beginning_is_kept() -> None:
    parted = part_messages(b"x" * 999 + b"\n" for _ in range(10_000))

    assert [len(message) for message in parted] == [512 * 1024]
