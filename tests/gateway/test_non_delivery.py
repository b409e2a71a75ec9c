"""The notice that gives a message back: for people, for programs, and no longer than needed."""

from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.gateway import Mail
from sendguard.gateway.release.non_delivery import non_delivery
from sendguard.gateway.release.returned import LARGEST_HEADERS
from sendguard.send import Deferred, NotSent, Outcome, Refused, Reply
from sendguard.send.bounce import read_bounces
from tests.builders import NOON
from tests.fakes_gateway import a_mail

UNKNOWN = Refused(Reply(code=550, enhanced="5.1.1", text="no such user"))
BUSY = Deferred(Reply(code=451, enhanced="4.3.0", text="try later"))


def a_notice(failures: Mapping[str, Outcome], mail: Mail | None = None) -> Mail:
    return non_delivery(
        mail or a_mail(*failures), failures, reporting="gate.example.org", since=NOON, at=NOON
    )


def opened(mail: Mail) -> EmailMessage:
    message = message_from_bytes(mail.data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def fields(part: Message) -> list[Message]:
    """The groups of fields of a delivery status, or the parts of a multipart."""
    payload = part.get_payload()
    assert isinstance(payload, list)
    return [one for one in payload if isinstance(one, Message)]


def words(mail: Mail) -> str:
    body = opened(mail).get_body()
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def test_it_goes_to_the_sender_and_nothing_comes_back_to_it() -> None:
    notice = a_notice({"ada@example.org": UNKNOWN})

    message = opened(notice)
    assert (notice.sender, notice.recipients) == ("", ("news@example.org",))
    assert message["To"] == "news@example.org"
    assert message["From"] == "SendGuard <MAILER-DAEMON@gate.example.org>"
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["In-Reply-To"] == "<1@example.org>"


def test_programs_read_it_as_the_standards_have_it() -> None:
    parts = list(opened(a_notice({"ada@example.org": UNKNOWN})).iter_parts())

    about, reader = fields(parts[1])
    assert [part.get_content_type() for part in parts] == [
        "text/plain",
        "message/delivery-status",
        "text/rfc822-headers",
    ]
    assert about["Reporting-MTA"] == "dns; gate.example.org"
    assert reader["Final-Recipient"] == "rfc822; ada@example.org"
    assert (reader["Action"], reader["Status"]) == ("failed", "5.1.1")
    assert reader["Diagnostic-Code"] == "smtp; 550 5.1.1 no such user"


def test_our_own_reader_of_bounces_reads_it() -> None:
    notice = a_notice({"ada@example.org": UNKNOWN, "jörg+a=b@bücher.example": UNKNOWN})

    bounces = read_bounces(notice.data)

    keys = ["ada@example.org", "jörg+a=b@xn--bcher-kva.example"]
    assert [bounce.key for bounce in bounces] == keys
    assert {bounce.message_id for bounce in bounces} == {"1@example.org"}
    assert bounces[0].says == "5.1.1 550 5.1.1 no such user"


def test_what_was_given_up_is_no_bounce_of_the_mailbox() -> None:
    notice = a_notice({"ada@example.org": BUSY, "bob@example.org": NotSent("it hung up")})

    assert read_bounces(notice.data) == ()
    assert b"Status: 4.3.0" in notice.data
    assert b"Status: 4.4.7\r\nDiagnostic-Code: x-sendguard; it hung up" in notice.data


def test_people_are_told_which_message_whom_and_why() -> None:
    mail = a_mail("ada@example.org", subject="=?utf-8?q?Caf=C3=A9_news?=")

    told = words(a_notice({"ada@example.org": UNKNOWN}, mail))

    assert "Your message “Café news” did not reach one recipient." in told
    assert "The mail server refused it, and said: 550 5.1.1 no such user\n    ada@exa" in told


def test_five_hundred_are_counted_for_people_and_listed_for_programs() -> None:
    failures = {f"reader{number}@example.org": UNKNOWN for number in range(500)}

    notice = a_notice(failures)

    assert "500 recipients" in words(notice)
    assert "    and 490 more\n" in words(notice)
    assert len(words(notice)) < 1_000
    assert notice.data.count(b"Final-Recipient:") == 500


def test_only_the_headers_come_back() -> None:
    notice = a_notice({"ada@example.org": UNKNOWN}, a_mail(text="a secret of the reader"))

    assert b"Subject: News" in notice.data
    assert b"secret" not in notice.data


def test_it_is_plain_mail_but_for_a_sender_beyond_ascii() -> None:
    plain = a_notice({"jörg@example.org": UNKNOWN}, a_mail(subject="Grüße"))
    beyond = a_notice({"ada@example.org": UNKNOWN}, a_mail(sender="jörg@example.org"))

    assert plain.data.isascii()
    assert (plain.is_8bit, plain.is_utf8) == (False, False)
    assert (beyond.is_8bit, beyond.is_utf8) == (True, True)


def test_endless_headers_are_cut() -> None:
    mail = Mail(sender="a@example.org", recipients=("b@example.org",), data=b"X: y\r\n" * 1_000_000)

    notice = a_notice({"b@example.org": UNKNOWN}, mail)

    assert len(notice.data) < LARGEST_HEADERS + 3_000


@pytest.mark.parametrize(
    "header",
    [
        b"--=_0\r\n",
        b"X: " + b"y" * 5_000 + b"\r\n",
        b"X: \0\xff\x80\r\n",
        b"X: a\rb\nc\r\n",
        b"Subject: \xe2\x80\xae\x1b[31m\r\n",
    ],
)
def test_hostile_headers_break_nothing(header: bytes) -> None:
    mail = Mail(sender="a@example.org", recipients=("b@example.org",), data=header + b"\r\nHi\r\n")

    notice = a_notice({"b@example.org": UNKNOWN}, mail)

    assert len(list(opened(notice).iter_parts())) == 3
    assert max(map(len, notice.data.split(b"\r\n"))) <= 998
    assert b"\n" not in notice.data.replace(b"\r\n", b"")


@given(st.binary(max_size=400), st.text(max_size=60), st.text(max_size=60))
def test_whatever_comes_it_is_a_sound_report(data: bytes, address: str, says: str) -> None:
    mail = Mail(sender="a@example.org", recipients=(address,), data=data)
    failure = Refused(Reply(code=550, enhanced="5.1.1", text=says))

    notice = a_notice({address: failure}, mail)

    message = message_from_bytes(notice.data, policy=policy.compat32)
    kinds = [part.get_content_type() for part in fields(message)]
    assert kinds[1:] == ["message/delivery-status", "text/rfc822-headers"]
    assert notice.data.isascii()
    assert b"\n" not in notice.data.replace(b"\r\n", b"")
    assert b"\r" not in notice.data.replace(b"\r\n", b"")
