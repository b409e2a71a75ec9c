"""One message as it goes over the wire, with its envelope."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message with its envelope.

    Attributes:
        id: Of its delivery.
        sender: The envelope's: where bounces go; empty for nowhere.
        recipient: The envelope's.
        data: The message as it follows DATA: CRLF at every line's end, dots stuffed, without the
            final dot (RFC 5321, section 4.5.2).
        is_8bit: The body has bytes above 127 (RFC 6152).
        is_utf8: An address or a header needs SMTPUTF8 (RFC 6531).
    """

    id: int
    sender: str
    recipient: str
    data: bytes
    is_8bit: bool = False
    is_utf8: bool = False
