import base64
import quopri
import tracemalloc
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.errors import Unreadable
from sendguard.read import Medium, Part
from sendguard.read.message.transfer import base64_bytes
from tests.read.message.messages import body, lines, multipart, read, texts

HTML = body("<p>Hello</p>")
TEXT = body("Hello", type="text/plain")


def place_of(part: Part, words: str) -> str:
    return str(part.lines.place(part.text.index(words)))


def test_html_comes_before_text_whatever_their_order() -> None:
    campaign = read(multipart("alternative", TEXT, HTML))

    assert [part.medium for part in campaign.parts] == [Medium.HTML, Medium.TEXT]
    assert texts(campaign) == ["<p>Hello</p>", "Hello"]


def test_nested_parts_are_all_found() -> None:
    related = multipart("related", HTML, body("x", type="image/png"), boundary="ba")
    inner = multipart("alternative", TEXT, related, boundary="bab")

    campaign = read(multipart("mixed", inner, body("More", type="text/plain")))

    assert texts(campaign) == ["<p>Hello</p>", "Hello", "More"]


def test_a_message_of_text_alone_is_one() -> None:
    campaign = read(lines("Subject: Hi", "", "Hello", "https://example.org/"))

    assert [part.medium for part in campaign.parts] == [Medium.TEXT]
    assert place_of(campaign.parts[0], "https") == "issue.eml:4:1"


def test_a_file_to_save_is_no_part() -> None:
    saved = b"Content-Disposition: attachment; filename=a.html\n" + body("<p>Saved</p>")

    assert texts(read(multipart("mixed", HTML, saved))) == ["<p>Hello</p>"]


@pytest.mark.parametrize("head", ["", "Content-Disposition: attachment\n"])
def test_an_attached_message_is_read_after_the_outer_one(head: str) -> None:
    inner = lines("Subject: Inner") + multipart("alternative", TEXT, HTML, boundary="c")
    attached = head.encode() + lines("Content-Type: message/rfc822", "") + inner

    raw = multipart("mixed", attached, body("<p>Outer</p>"))

    campaign = read(raw)

    line = raw[: raw.index(b"<p>Hello")].count(b"\n") + 1
    assert texts(campaign) == ["<p>Outer</p>", "<p>Hello</p>", "Hello"]
    assert place_of(campaign.parts[1], "Hello") == f"issue.eml:{line}:4"


def test_an_attached_message_that_is_encoded_keeps_its_lines() -> None:
    inner = lines("Subject: Inner", "", "One " * 30, "Two " * 30)
    encoded = base64.encodebytes(inner).decode().splitlines()
    head = lines("Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "")

    (part,) = read(head + lines(*encoded)).parts

    assert place_of(part, "One") == "issue.eml:4"
    assert place_of(part, "Two") == "issue.eml:6"


def test_columns_are_told_only_where_the_file_spells_them() -> None:
    quoted = body("<a href=3D'x'>", "y</a>", encoding="quoted-printable")

    campaign = read(multipart("mixed", body("<b> y</b>"), quoted))

    assert place_of(campaign.parts[0], "y") == "issue.eml:8:5"
    assert place_of(campaign.parts[1], "y") == "issue.eml:14"


def test_lines_that_end_as_on_windows_count_once() -> None:
    raw = multipart("mixed", HTML).replace(b"\n", b"\r\n")

    assert place_of(read(raw).parts[0], "Hello") == "issue.eml:8:4"


def test_headers_are_decoded_and_kept_in_order() -> None:
    raw = lines(
        "From ana@example.org Mon Nov 23 09:00:00 2026",
        "Subject: =?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?= =?iso-8859-1?b?4Q==?= & more",
        "List-Unsubscribe: <mailto:out@example.org>,",
        "\t<https://example.org/out>",
        "X-Plain: déjà vu",
        "",
        "Hello",
    )

    campaign = read(raw)

    assert campaign.subject == "Caféá & more"
    assert campaign.headers == (
        ("subject", "Caféá & more"),
        ("list-unsubscribe", "<mailto:out@example.org>, <https://example.org/out>"),
        ("x-plain", "déjà vu"),
    )


@pytest.mark.parametrize(
    "subject", ["=?utf-8?b?A?=", "=?no-such?q?x?=", "=?utf-8?x?y?=", "=?utf-8?q?a", "=?", "=?=?=?="]
)
def test_a_damaged_subject_is_read_as_far_as_it_goes(subject: str) -> None:
    assert read(lines(f"Subject: {subject}", "", "Hello")).headers


@pytest.mark.parametrize(
    "raw",
    [
        multipart("mixed", HTML, closed=False),
        body("PHA+SGVsbG88L3A+", encoding="base64"),
        body("PHA+SGVs!!", "bG88L3A+", encoding="BASE64"),
        body("<p>He=", "llo</p>", encoding="Quoted-Printable"),
        body("<p>Hello</p>", encoding="x-nonesuch"),
        body("<p>Hello</p>", type="TEXT/HTML (a comment)"),
        lines("Content-Type: text/html; charset=nonesuch", "", "<p>Hello</p>"),
        lines("Content-Type: text/html; charset*=utf-8''utf-8", "", "<p>Hello</p>"),
        lines("Content-Type: multipart/mixed", "", "<p>Hello</p>"),
        lines("Content-Type: multipart/mixed; boundary=never", "", "<p>Hello</p>"),
        lines("Content-Type: multipart/mixed; boundary*0=a; boundary*1=b", "", "--ab") + HTML,
        lines("Content-Type: text/html; a*=b; a*1=c; =;;", "<p>Hello</p>"),
        multipart("mixed", HTML).replace(b"\n", b"\r"),
    ],
)
def test_a_damaged_message_is_read_as_far_as_it_goes(raw: bytes) -> None:
    assert texts(read(raw)) == ["<p>Hello</p>"]


@pytest.mark.parametrize(
    ("charset", "text"), [("iso-8859-1", "déjà 12 €"), ("koi8-r", "Привет"), ("utf-16", "né")]
)
def test_each_part_has_its_own_charset(charset: str, text: str) -> None:
    raw = text.encode("cp1252" if charset == "iso-8859-1" else charset)
    head = lines(f'Content-Type: text/plain; charset="{charset}"')
    head += lines("Content-Transfer-Encoding: base64", "")

    assert texts(read(multipart("mixed", head + base64.encodebytes(raw)))) == [text]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (lines("Subject: Hi", ""), "issue.eml is a message without HTML or text"),
        (body("x", type="application/pdf"), "issue.eml is a message without HTML or text"),
        (
            body("x", type="application/pgp-encrypted"),
            "issue.eml is encrypted (PGP), and",
        ),
        (body("x", type="application/pkcs7-mime"), "issue.eml is encrypted, or packed into its"),
        (body("-----BEGIN PGP MESSAGE-----", "iQ=="), "issue.eml is encrypted (PGP), and"),
        (lines("a") * 200_001, "issue.eml has 200,001 lines; SendGuard reads at most 200,000"),
        (multipart("mixed", *[TEXT] * 501), "issue.eml has more than 500 parts"),
        (lines("Content-Type: message/rfc822", "") * 60, "issue.eml:103: parts stand more than 50"),
    ],
)
def test_what_cannot_be_read_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(raw)

    assert str(caught.value).startswith(says)


@given(st.binary(max_size=400).map(lambda raw: raw.replace(b"\0", b" ")))
def test_no_bytes_are_an_error_behind_any_headers(raw: bytes) -> None:
    head = lines("Content-Type: multipart/mixed; boundary=b", "", "Hello", "--b")

    assert read(head + raw + b"\n--b\n\nHello").parts


def prefixes(rows: list[bytes], encoding: str) -> Iterator[bytes]:
    """What the standard library makes of the first row, the first two…"""
    decode: dict[str, Callable[[bytes], bytes]] = {
        "base64": base64.b64decode,
        "quoted-printable": quopri.decodestring,
        "8bit": bytes,
    }
    return (decode[encoding](whole) for whole in accumulate(rows))


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cs"]))),
    st.sampled_from(["base64", "quoted-printable", "8bit"]),
)
def test_every_character_answers_to_its_line_of_the_file(words: list[str], encoding: str) -> None:
    text = "start\n" + "".join(f"{line}\n" for line in words)
    message = EmailMessage()
    message.set_content(text, subtype="html", cte=encoding)
    rows = message.as_bytes().splitlines(keepends=True)
    first = rows.index(b"\n") + 1

    (part,) = read(b"".join(rows)).parts

    ends = [len(done.decode("utf-8", "ignore")) for done in prefixes(rows[first:], encoding)]
    expected = [first + 1 + sum(end <= at for end in ends) for at in range(len(text))]
    assert part.text == text
    assert [part.lines.place(at).line for at in range(len(text))] == expected


@given(st.text("TWFu=\n- ", max_size=3000))
def test_damaged_base64_is_read_four_characters_at_a_time(text: str) -> None:
    kept = "".join(letter for letter in text if letter in "TWFu=")

    assert base64_bytes(text.encode()) == b"".join(
        four_of_base64(kept[at : at + 4].ljust(4, "=")) for at in range(0, len(kept) or 1, 4)
    )


def four_of_base64(four: str) -> bytes:
    try:
        return base64.b64decode(four)
    except ValueError:
        return b""


def test_base64_of_tiny_lines_takes_little_memory() -> None:
    raw = b"=\r\n" * 300_000

    tracemalloc.start()
    try:
        base64_bytes(raw)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert most < 2 * len(raw)


def test_of_two_headers_that_differ_nobody_can_say_which_counts() -> None:
    twice = lines("Content-Type: text/plain") + HTML

    with pytest.raises(Unreadable, match="two headers Content-Type that differ"):
        read(multipart("mixed", twice))

    assert texts(read(lines("Content-Transfer-Encoding: 7bit") + HTML)) == ["<p>Hello</p>"]
