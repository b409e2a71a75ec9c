"""The message of an edition as bytes, made once and cut at the merge fields.

What differs from reader to reader is put between the pieces; a message is then a join.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sendguard.send.addressed import named, to_header
from sendguard.send.body import body_of
from sendguard.send.cut import Cut, Piece, cut_at_fields
from sendguard.send.delivery import Delivery
from sendguard.send.edition import Dispatch, Edition
from sendguard.send.headers import date_header, text_header
from sendguard.send.letter import Letter
from sendguard.send.mailbox import Mailbox, mail_address, sole_mailbox
from sendguard.send.merge import Values, in_header, one_line
from sendguard.send.message_id import message_id
from sendguard.send.quoted_printable import unstuffed
from sendguard.send.signature import Signer
from sendguard.send.standing import standing_in_line
from sendguard.send.unsubscribe import unsubscribe_header


@dataclass(frozen=True, slots=True, kw_only=True)
class Mold:
    """Makes the messages of one edition to the readers of one dispatch; see `Mold.of`.

    Attributes:
        dispatch: Whose readers they are.
        domain: Of the sender, in ASCII; Message-IDs end with it.
        envelope: The envelope's sender; empty for nowhere.
        headers: Those that come from the edition.
        body: Dots stuffed.
        signer: Signs each message; None where the server does.
    """

    dispatch: Dispatch
    domain: str
    envelope: str
    headers: Cut
    body: Cut
    signer: Signer | None

    @classmethod
    def of(cls, edition: Edition, dispatch: Dispatch, signer: Signer | None = None) -> "Mold":
        """Cut an edition at its merge fields.

        Raises:
            Unreadable: It cannot be sent: a field that no column has or that stands where it
                could do harm, a sender that is no address.
        """
        sender = sole_mailbox(edition.sender, "sender")
        envelope = edition.envelope and sole_mailbox(edition.envelope, "mail.bounces_to").address
        body = body_of(edition, dispatch.columns)
        headers = _headers(edition, sender, dispatch.columns)
        return cls(
            dispatch=dispatch,
            domain=sender.domain,
            envelope=envelope,
            headers=Cut.of((*headers, body.headers)),  # the last ones say what follows
            body=Cut.of(body.pieces),
            signer=signer,
        )

    @property
    def size(self) -> int:
        """Bytes of what is the same in all of its messages."""
        return sum(map(len, (*self.headers.pieces, *self.body.pieces)))

    def letter(self, delivery: Delivery, *, follows: str | None = None) -> Letter:
        """The message to one reader: the same bytes at every try.

        Args:
            delivery: Begun, so that it is dated.
            follows: Message-ID, without angle brackets, of the message that this one corrects;
                None for none.

        Raises:
            ValueError: It is not dated, or its reader is none that could be queued.
        """
        reader = delivery.reader
        recipient = mail_address(reader.address)
        if delivery.dated is None or recipient is None:
            raise ValueError(f"delivery {delivery.id} is not dated, or to nobody")
        if len(reader.fields) != len(self.dispatch.columns):
            raise ValueError(f"delivery {delivery.id} has not a value for each column")
        values = (*reader.fields, reader.address)
        own = message_id(self.dispatch, delivery.id, reader.key, self.domain)
        answers = f"In-Reply-To: <{follows}>\r\nReferences: <{follows}>\r\n" if follows else ""
        to = to_header(named(self.dispatch.columns, reader.fields), recipient)
        only = f"Message-ID: <{own}>\r\n{answers}".encode()
        headers = b"".join((date_header(delivery.dated), to, only, self.headers.fill(values)))
        body = self.body.fill(values)
        signer = self.signer
        signed = signer.sign(headers, unstuffed(body)) if signer else b""
        return Letter(
            id=delivery.id,
            sender=self.envelope,
            recipient=recipient,
            data=b"".join((signed, headers, b"\r\n", body)),
            is_utf8=not (headers.isascii() and self.envelope.isascii()),
        )


def _headers(edition: Edition, sender: Mailbox, columns: Sequence[str]) -> Iterator[Piece]:
    yield sender.header("From")
    if edition.reply_to:
        yield sole_mailbox(edition.reply_to, "reply_to").header("Reply-To")
    yield _subject(edition.subject, columns)
    if edition.list_id:
        yield f"List-Id: <{edition.list_id}>\r\n".encode("ascii")
    if edition.unsubscribe:
        yield unsubscribe_header(edition.unsubscribe, columns)
        yield b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    # With List-Id it holds back the answers of those who are on holiday.
    yield b"Precedence: bulk\r\nMIME-Version: 1.0\r\n"


def _subject(text: str, columns: Sequence[str]) -> Piece:
    fields = standing_in_line(text)
    cut = Cut.of(cut_at_fields(text, fields, columns, fixed=str.encode, filled=_in_header))

    def subject(values: Values) -> bytes:
        return text_header("Subject", one_line(cut.fill(values).decode()))

    return subject if cut.slots else subject(())


def _in_header(value: str) -> bytes:
    return in_header(value).encode()
