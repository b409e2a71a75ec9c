"""A message as it came in, with its envelope."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message with its envelope.

    Attributes:
        sender: The envelope's; empty for a bounce.
        recipients: The envelope's, as the client wrote them, at least one.
        data: The message as the client meant it: CRLF at every line's end, the last one included,
            dots not stuffed.
        is_8bit: Whether the client said BODY=8BITMIME (RFC 6152).
        is_utf8: Whether the client said SMTPUTF8 (RFC 6531).
    """

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    is_8bit: bool = False
    is_utf8: bool = False
