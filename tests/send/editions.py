"""Editions for tests, and what a mail program makes of the messages made from them."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8

from sendguard.send import Delivery, Dispatch, Edition, Letter, Reader
from sendguard.send.mold import Mold
from sendguard.send.quoted_printable import unstuffed
from tests.builders import NOON, a_campaign

DATED = datetime(2026, 11, 24, 9, tzinfo=UTC)


def an_edition(  # noqa: PLR0913 - a builder takes what its value has
    html: str | None = "<p>Hello</p>\n",
    *,
    subject: str = "How to recover",
    text: str = "Hello\n",
    sender: str = "The Navigator <navigator@example.org>",
    reply_to: str | None = None,
    envelope: str = "bounces@example.org",
    list_id: str | None = None,
    unsubscribe: str | None = None,
) -> Edition:
    campaign = a_campaign(html or "", text=text)
    parts = campaign.parts if html is not None else campaign.parts[1:]
    return Edition(
        campaign=replace(campaign, parts=parts),
        subject=subject,
        sender=sender,
        reply_to=reply_to,
        text=text,
        envelope=envelope,
        list_id=list_id,
        unsubscribe=unsubscribe,
    )


def a_dispatch_of(edition: Edition, *columns: str) -> Dispatch:
    return Dispatch(
        campaign="spring",
        series=None,
        path="campaigns/spring",
        edition=edition.digest,
        columns=columns,
        key="0123456789abcdef" * 2,
        queued_at=NOON,
        id=7,
    )


def a_mold(edition: Edition, *columns: str) -> Mold:
    return Mold.of(edition, a_dispatch_of(edition, *columns))


def a_delivery(*fields: str, address: str = "ada@example.net", number: int = 1) -> Delivery:
    reader = Reader(key=address, address=address, fields=fields)
    return Delivery(id=number, reader=reader, edition="sha256:0", dated=DATED)


def received(letter: Letter) -> EmailMessage:
    """The message as the reader's mail program reads it."""
    message = message_from_bytes(unstuffed(letter.data), _class=EmailMessage, policy=SMTPUTF8)
    assert isinstance(message, EmailMessage)
    return message


def sent(edition: Edition, **fields: str) -> EmailMessage:
    """The message of an edition to one reader with these fields."""
    return received(a_mold(edition, *fields).letter(a_delivery(*fields.values())))


def part(message: EmailMessage, kind: str) -> str:
    """The plain text or the HTML of a message, with the line ends of a file."""
    found = message.get_body((kind,))
    assert found is not None
    raw = found.get_payload(decode=True)
    assert isinstance(raw, bytes)
    return raw.decode("utf-8").replace("\r\n", "\n")
