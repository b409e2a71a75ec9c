"""A campaign's first message, made ready to be checked."""

from datetime import UTC, datetime

from sendguard.gateway import Mail, Ruling, Standing, Stream, recognise
from sendguard.gateway.opened import Opened
from sendguard.gateway.sample import MESSAGE, sample_files
from tests.mail.newsletters import a_newsletter, with_attachment

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def checked(mail: Mail) -> bytes:
    """What the check reads of it, without the lines that are put above it."""
    first = recognise(Opened(mail))
    ruling = Ruling(standing=Standing.CHECKING, at=NOON)
    stream = Stream(fingerprint="3f9a2c71d0e4", first=first, since=NOON, ruling=ruling)
    return sample_files(stream, mail)[MESSAGE].split(b"\r\n", 3)[3]


def test_a_message_is_checked_as_it_came() -> None:
    mail = with_attachment(100_000)("Small")

    assert checked(mail) == mail.data


def test_a_large_one_is_checked_without_what_is_attached() -> None:
    mail = with_attachment(6_000_000)("Large")

    read = checked(mail)

    assert len(read) < 10_000
    assert b"Content-Type: application/pdf" in read
    assert b"Take the walk</a>" in read


def test_a_large_text_is_left_for_the_reader_to_refuse() -> None:
    mail = a_newsletter("Long", more="word " * 1_000_000)

    assert checked(mail) == mail.data
