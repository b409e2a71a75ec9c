"""Messages that cannot be looked into, that are very large, or that mean harm."""

from time import process_time

import pytest

from sendguard.gateway import Mail, is_same_campaign
from tests.gateway.navigator import recognised

HEAD = "From: a@example.org\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n"


def mail(body: str, kind: str = "text/html; charset=utf-8", headers: str = "") -> Mail:
    data = f"{HEAD}{headers}Content-Type: {kind}\r\n\r\n{body}".encode()
    return Mail(sender="a@example.org", recipients=("anna@example.net",), data=data)


def parts(*bodies: str, kind: str = "mixed") -> Mail:
    between = "".join(f"--b\r\n{body}\r\n" for body in bodies)
    return mail(f"{between}--b--\r\n", f"multipart/{kind}; boundary=b")


TEXT = "Content-Type: text/plain\r\n\r\nHello"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mail("MIIB", "application/pkcs7-mime"), mail("MIIC", "application/pkcs7-mime")),
        (
            parts(
                "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
                "Content-Type: application/octet-stream\r\n\r\nhQEM",
            ),
            parts(
                "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
                "Content-Type: application/octet-stream\r\n\r\nhQEN",
            ),
        ),
        (
            parts(TEXT, "Content-Type: application/pdf\r\n\r\nJVBE"),
            parts(TEXT, "Content-Type: application/pdf\r\n\r\nJVBF"),
        ),
        (mail("https://example.org/a", "text/plain"), mail("https://example.org/b", "text/plain")),
        (mail("x", "message/rfc822"), mail("y", "message/rfc822")),
        (
            parts(TEXT, "Content-Type: application/pgp-signature; name=x.html\r\n\r\nx"),
            parts(TEXT, "Content-Type: application/pgp-signature; name=x.html\r\n\r\ny"),
        ),
        (
            mail("x", headers="Content-Type: text/plain\r\n"),
            mail("y", headers="Content-Type: text/plain\r\n"),
        ),
        (mail("x", "multipart/mixed; boundary=z"), mail("y", "multipart/mixed; boundary=z")),
    ],
)
def test_what_cannot_be_looked_into_counts_as_it_stands(one: Mail, other: Mail) -> None:
    assert not is_same_campaign(recognised(one), recognised(other))
    assert is_same_campaign(recognised(one), recognised(one))


def test_a_signature_beside_the_body_does_not_count() -> None:
    kind = "Content-Type: application/pkcs7-signature\r\n\r\n"

    one, other = (recognised(parts(TEXT, f"{kind}{signed}", kind="signed")) for signed in "xy")

    assert is_same_campaign(one, other)


@pytest.mark.parametrize(
    ("headers", "is_bulk"),
    [
        ("List-Id: <a.example.org>\r\n", True),
        ("Precedence: bulk\r\n", True),
        ("X-Listmonk-Campaign: 1\r\n", True),
        ("Feedback-ID: 1:2:3:x\r\n", True),
        ("Auto-Submitted: auto-replied\r\nPrecedence: bulk\r\n", False),
        ("Auto-Submitted: no\r\nList-Unsubscribe: <mailto:a@b>\r\n", True),
        ("X-Listmonk-Subscriber: 1\r\n", False),
        ("", False),
    ],
)
def test_bulk_mail_says_so_in_its_headers(headers: str, is_bulk: bool) -> None:  # noqa: FBT001
    assert recognised(mail("Hello", headers=headers)).is_bulk is is_bulk


@pytest.mark.parametrize(
    "hostile",
    [
        mail('<a href="https://e.org/?' + "a=Zk3x9QpLw82aVbN4&" * 380 + '">' * 20),
        mail('<a href="https://e.org/' + "@%40" * 1900 + '">'),
        mail("<a href='https://e.org/" + "a-b-unsub-" * 700 + "'>" + "<a href='" * 50_000),
        mail("<p>" * 100_000 + "x </p>" * 100_000),
        mail("--b\r\n" * 200_000, "multipart/mixed; boundary=b"),
        mail("", headers="X-Contact-Id: Zk3x9QpLw82aVbN4\r\n" * 20_000),
        mail("", headers=f"List-Unsubscribe: <{'https://e.org/1,' * 50_000}>\r\n"),
        mail("", headers=f"Subject: {'=?utf-8?q?a?= ' * 20_000}\r\n"),
        mail("https://" * 100_000, "text/plain"),
        mail("<style>" + "url(" * 100_000),
    ],
    ids=range(10),
)
def test_hostile_mail_costs_little(hostile: Mail) -> None:
    began = process_time()

    recognised(hostile)

    assert process_time() - began < 3


def test_a_large_attachment_is_not_unpacked() -> None:
    attachment = f"Content-Type: video/mp4\r\n\r\n{'QUJD' * 5_000_000}"
    large = parts(TEXT, attachment)
    began = process_time()

    recognised(large)

    assert process_time() - began < 0.5


def test_each_voucher_and_each_shown_address_may_be_a_readers_own() -> None:
    unsubscribe = "List-Unsubscribe: <https://e.org/u/{}/off>\r\n"
    html = '<a href="https://e.org/u/{0}/off">https://e.org/u/{0}/off</a><a href="/x">Use {1}</a>'

    one, other = (
        recognised(mail(html.format(number, code), headers=unsubscribe.format(number)))
        for number, code in ((10_001, "8FJ3KD92"), (10_002, "Q7H2L0PX"))
    )

    assert is_same_campaign(one, other)


@pytest.mark.parametrize(
    "long", ["<p>x" * 1_250_001, "x\r\n" * 200_001, "<" * 250_001], ids=["bytes", "lines", "tags"]
)
def test_what_no_check_reads_is_not_looked_into(long: str) -> None:
    assert len(recognised(mail(long)).texts) == 1


def test_a_very_long_name_of_a_list_is_cut() -> None:
    name = recognised(mail("x", headers=f"List-Id: <{'=?utf-8?q?' * 90_000}>\r\n")).list_id

    assert name is not None
    assert len(name) <= 255
