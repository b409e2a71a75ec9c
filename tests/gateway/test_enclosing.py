"""What is enclosed in a newsletter goes out again with its correction, the same to the byte."""

from collections.abc import Sequence
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from sendguard.errors import Unreadable
from sendguard.gateway import Mail
from sendguard.gateway.opened import Opened
from sendguard.send.quoted_printable import unstuffed
from tests.gateway.copies import Recipient, a_copy_for, a_recipient
from tests.gateway.enclosing import FILE, PICTURE, as_outlook, with_file, with_picture
from tests.gateway.rebuilding import letters, rebuilt

READERS = [a_recipient(number) for number in range(2)]


def received(readers: Sequence[Recipient], copies: Sequence[Mail]) -> list[EmailMessage]:
    """The letters as mail programs read them."""
    made = (unstuffed(one.data) for one in letters(readers, copies))
    return [message_from_bytes(one, _class=EmailMessage, policy=SMTP) for one in made]


def kinds(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_a_picture_stands_in_the_html_again_whatever_each_copy_calls_it() -> None:
    copies = [with_picture(a_copy_for(one), f"{one.token}@lists") for one in READERS]

    for message in received(READERS, copies):
        *_, html, picture = message.walk()
        called = picture["content-id"].strip("<>")
        assert kinds(message) == [
            *("multipart/alternative", "text/plain"),
            *("multipart/related", "text/html", "image/png"),
        ]
        assert f'<img src="cid:{called}" alt="A ship">' in html.get_content()
        assert (picture.get_content(), picture.get_filename()) == (PICTURE, "logo.png")


def test_a_picture_that_stood_beside_all_bodies_stands_beside_the_html() -> None:
    (message,) = received(READERS[:1], [as_outlook(a_copy_for(READERS[0]))])

    *_, html, picture = message.walk()
    assert f"cid:{picture['content-id'].strip('<>')}" in html.get_content()
    assert picture.get_content() == PICTURE


def test_a_large_file_keeps_nobody_from_looking_into_the_text() -> None:
    first, other = (with_file(a_copy_for(one), content=FILE * 4_000) for one in READERS)
    _, survey = rebuilt([first])

    parts = survey.baseline.parts(Opened(other))

    assert parts
    assert READERS[1].token in parts.values()


def test_nobody_gets_the_token_that_another_copy_calls_a_picture_by() -> None:
    copies = [with_picture(a_copy_for(one), f"{one.token}@lists") for one in READERS]

    _, message = received(READERS, copies)

    assert READERS[0].token not in message.as_string()


def test_how_copies_call_a_picture_is_no_part_of_them() -> None:
    _, survey = rebuilt([with_picture(a_copy_for(READERS[0]), "one@x")])

    parts = survey.baseline.parts(Opened(with_picture(a_copy_for(READERS[0]), "two@y")))

    assert parts == {}


def test_a_file_goes_beside_the_newsletter_again() -> None:
    message = received(READERS, [with_file(a_copy_for(one)) for one in READERS])[1]

    *_, file = message.walk()
    assert kinds(message) == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html"),
        "application/pdf",
    ]
    assert (file.get_content(), file.get_filename()) == (FILE, "Agenda März.pdf")
    assert file.is_attachment()


@pytest.mark.parametrize("told", ["For Name0", "reader0@example.org", "8d3f1c7ae90b4e2b9a55"])
def test_a_file_that_may_be_named_after_the_first_reader_gets_another_name(told: str) -> None:
    first = with_file(a_copy_for(READERS[0]), f"{told}.pdf")

    made, _ = rebuilt([first], own=["name0"])

    assert [one.name for one in made.edition.enclosed] == ["file-2.pdf"]


def test_a_signed_message_is_not_sent_again_without_its_signature() -> None:
    copy = a_copy_for(READERS[0])
    message = message_from_bytes(copy.data, _class=EmailMessage, policy=SMTP)
    message.add_attachment(b"sig", "application", "pgp-signature")

    with pytest.raises(Unreadable, match="application/pgp-signature"):
        rebuilt([replace(copy, data=message.as_bytes())])
