"""The message of an edition, read back as mail programs read it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.errors import Unreadable
from tests.send.editions import a_delivery, a_mold, an_edition, part, received, sent

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
SHORT = st.text(st.characters(exclude_categories=["Cs", "Cf"]), max_size=200)
LONG_LINES = st.sampled_from([".", "x" * 10_000, "é" * 200, "=", " \n", "\t\n.", ".\n", "a b\n"])
WRITINGS = st.lists(TEXTS | LONG_LINES, max_size=6).map("".join)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)


def unified(text: str) -> str:
    """With the line ends of a file, and one at the end: what mail keeps of a text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if lines.endswith("\n") else f"{lines}\n"


@given(html=WRITINGS, text=WRITINGS)
def test_every_text_arrives_as_it_was_written(html: str, text: str) -> None:
    message = sent(an_edition(f"<p>{html}", text=text))

    assert part(message, "html") == unified(f"<p>{html}")
    assert part(message, "plain") == unified(text)


@given(value=WORDS, before=WRITINGS, after=WRITINGS)
def test_every_value_arrives_where_its_field_stands(value: str, before: str, after: str) -> None:
    message = sent(an_edition(text=f"{before} {{{{ name }}}} {after}"), name=value)

    assert part(message, "plain") == unified(f"{before} {value.strip()} {after}")


@given(html=WRITINGS, value=TEXTS)
def test_no_line_is_too_long_or_looks_like_the_end(html: str, value: str) -> None:
    edition = an_edition(html + "<p>{{ name }}", subject="Hi {{ name }}", text=html)

    lines = a_mold(edition, "name").letter(a_delivery(value)).data.split(b"\r\n")

    assert max(len(line) for line in lines) <= 78
    assert not any(re.match(rb"\.(?!\.)", line) for line in lines)
    assert not any(re.search(rb"[\r\n\0]", line) for line in lines)


@given(subject=WORDS, value=SHORT)
def test_every_subject_arrives_on_one_line(subject: str, value: str) -> None:
    told = sent(an_edition(subject=f"{subject}: {{{{ name }}}}!"), name=value)["Subject"]

    kept = re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", value).strip()
    assert str(told) == f"{subject}: {kept}!".strip()


def test_the_parts_are_plain_text_and_then_html() -> None:
    message = sent(an_edition())

    assert [found.get_content_type() for found in message.walk()] == [
        *("multipart/alternative", "text/plain", "text/html")
    ]


def test_the_same_delivery_is_the_same_bytes_at_every_try() -> None:
    edition = an_edition("<p>{{ name }}</p>")

    first = a_mold(edition, "name").letter(a_delivery("Ada"))
    again = a_mold(edition, "name").letter(replace(a_delivery("Ada"), tries=3))

    assert first == again


def test_two_deliveries_never_share_a_message_id() -> None:
    mold = a_mold(an_edition())

    ids = {received(mold.letter(a_delivery(number=number)))["Message-ID"] for number in range(50)}

    assert len(ids) == 50


def test_the_headers_are_those_of_bulk_mail() -> None:
    edition = an_edition(
        reply_to="Desk <desk@example.org>",
        list_id="navigator.example.org",
        unsubscribe="https://example.org/leave?who={{ email }}",
    )

    message = sent(edition)

    assert message["To"] == "ada@example.net"
    assert message["Reply-To"] == "Desk <desk@example.org>"
    assert message["Date"] == "Tue, 24 Nov 2026 09:00:00 +0000"
    assert message["List-Id"] == "<navigator.example.org>"
    assert message["List-Unsubscribe"] == "<https://example.org/leave?who=ada%40example.net>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Precedence"] == "bulk"


def test_a_correction_answers_to_the_message_that_it_corrects() -> None:
    letter = a_mold(an_edition()).letter(a_delivery(), follows="1.abc@example.org")

    message = received(letter)
    assert message["In-Reply-To"] == message["References"] == "<1.abc@example.org>"


@pytest.mark.parametrize(
    ("sender", "name", "address"),
    [
        ("navigator@example.org", "", "navigator@example.org"),
        ("Smith, Jones & Co <a@example.org>", "Smith, Jones & Co", "a@example.org"),
        ('"Ada \\"Countess\\" L." <a@example.org>', 'Ada "Countess" L.', "a@example.org"),
        ("Søren Ångström <a@example.org>", "Søren Ångström", "a@example.org"),
        ("The Desk <a@bücher.example>", "The Desk", "a@xn--bcher-kva.example"),
        ("N" * 200 + " <a@example.org>", "N" * 200, "a@example.org"),
        ("=?utf-8?q?x?= <a@example.org>", "=?utf-8?q?x?=", "a@example.org"),
    ],
)
def test_every_name_of_a_sender_arrives(sender: str, name: str, address: str) -> None:
    (mailbox,) = sent(an_edition(sender=sender))["From"].addresses

    assert (mailbox.display_name, mailbox.addr_spec) == (name, address)


@pytest.mark.parametrize(
    "sender",
    [
        "The Navigator",
        "a@example.org, b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "Ada\nBcc: b@example.org <a@example.org>",
        "<a@example.org> <b@example.org>",
        "Ada <a b@example.org>",
    ],
)
def test_a_sender_that_is_not_one_mailbox_is_refused(sender: str) -> None:
    with pytest.raises(Unreadable, match="one mail address"):
        a_mold(an_edition(sender=sender))


def test_no_value_becomes_a_header() -> None:
    edition = an_edition(
        subject="Hi {{ name }}", unsubscribe="https://example.org/leave?who={{ name }}"
    )

    message = sent(edition, name="Ada\r\nBcc: all@example.org\r\n\r\nHello")

    assert message["Bcc"] is None
    assert message["Subject"] == "Hi Ada Bcc: all@example.org Hello"


def test_an_address_in_letters_of_the_world_asks_for_smtputf8() -> None:
    letter = a_mold(an_edition()).letter(a_delivery(address="søren@bücher.example"))

    assert letter.is_utf8
    assert letter.recipient == "søren@xn--bcher-kva.example"
    assert "\r\nTo: søren@xn--bcher-kva.example\r\n".encode() in letter.data


def test_a_domain_in_letters_of_the_world_needs_nothing_of_the_server() -> None:
    letter = a_mold(an_edition()).letter(a_delivery(address="ada@bücher.example"))

    assert not letter.is_utf8
    assert letter.recipient == "ada@xn--bcher-kva.example"


@pytest.mark.parametrize("address", ["ada", "a@example.org\r\nRCPT TO:<b@example.org>", "a b@c.de"])
def test_nobody_is_written_to_at_what_is_no_address(address: str) -> None:
    with pytest.raises(ValueError, match="to nobody"):
        a_mold(an_edition()).letter(a_delivery(address=address))


def test_a_field_that_no_column_has_is_told_before_the_first_message() -> None:
    with pytest.raises(Unreadable, match=r"no column for {{ city }}"):
        a_mold(an_edition("<p>{{ city }} {{ name }}</p>"), "name")


def test_a_newsletter_of_thirty_megabytes_arrives() -> None:
    html = f"<p>{'a very long line with words ' * 1_000}</p>\n" * 1_100

    message = sent(an_edition(f"{html}{{{{ name }}}}\n"), name="Ada")

    assert part(message, "html") == f"{html}Ada\n"


def test_what_a_field_puts_into_the_subject_is_short_and_turns_no_letters_around() -> None:
    message = sent(an_edition(subject="For {{ name }}!"), name="Ada\u202e\u2066" + "a" * 300)

    assert message["subject"] == f"For Ada{'a' * 197}!"
