"""What of a message is given back to its sender: the headers, which tell him which one it is."""

import re
from dataclasses import dataclass

from sendguard.judge.quote import plain
from sendguard.read.message.headers import parse_headers
from sendguard.read.message.rows import Rows

LARGEST_HEADERS = 32 * 1024
"""Bytes that are given back."""

_MESSAGE_ID = re.compile(r"<([!-;=?-~]{1,250})>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The headers of a message.

    Attributes:
        headers: As they stand in it, with the last line's end; those beyond `LARGEST_HEADERS`
            left out.
        subject: As a person reads it; empty for none.
        message_id: Without its brackets; None for none that can be named.
    """

    headers: bytes
    subject: str
    message_id: str | None


def returned(data: bytes) -> Returned:
    """The headers of a raw message."""
    headers = _headers(data)
    # The first of a name counts.
    told = dict(reversed(parse_headers(Rows.of(headers).texts)))
    named = _MESSAGE_ID.search(told.get("message-id", ""))
    return Returned(
        headers=headers,
        subject=plain(told.get("subject", ""), 120),
        message_id=named[1] if named else None,
    )


def _headers(data: bytes) -> bytes:
    if data.startswith(b"\r\n"):
        return b""
    end = data.find(b"\r\n\r\n", 0, LARGEST_HEADERS)
    if end < 0:
        end = data.rfind(b"\r\n", 0, LARGEST_HEADERS)
    return data[: end + 2] if end >= 0 else b""
