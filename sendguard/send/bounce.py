"""What came back: a mail server's report that it could not deliver, and never will."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sendguard.judge.quote import plain
from sendguard.read.message.headers import Header, Kept, describe, parse_headers
from sendguard.read.message.rows import Rows
from sendguard.read.message.walk import parts_between, split_headers
from sendguard.send.address import parse_address

LARGEST_REPORT = 512 * 1024
"""Bytes of a report that are read: what follows is the newsletter that came back."""
MOST_BOUNCES = 200
"""Recipients that one report may name."""

_MOST_PARTS = 20
_MOST_SHOWN = 300
_STATUS = re.compile(r"(5\.\d{1,3}\.\d{1,3})(?!\d)")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,250})>")
_ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{2,5})\}")  # RFC 6533, section 3
_STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
_RETURNED_TYPES = {
    *("message/rfc822", "message/global"),
    *("text/rfc822-headers", "message/global-headers"),
}
# Too large a message, what it says, who it is from: the mailbox may be as good as ever.
_OF_THE_MESSAGE = re.compile(r"5\.(?:[67]\.\d+|2\.3|3\.4)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A message that came back for good.

    Attributes:
        message_id: Of the message, without angle brackets; None where the report does not say.
        key: The address that it was for, normalised.
        says: Status and diagnosis as one line.
        is_of_mailbox: False where the server minded the message or its sender (5.6, 5.7) rather
            than the mailbox: then it says nothing of the next one.
    """

    message_id: str | None
    key: str
    says: str
    is_of_mailbox: bool = True


def read_bounces(raw: bytes) -> tuple[Bounce, ...]:
    """What a message reports to have failed for good; nothing where it is no such report.

    A delay is none, nor is a failure with a status of 4 (tried for days and given up).

    Args:
        raw: The message, or its beginning; a line `From …` may stand before it.

    Source:
        RFC 3464; RFC 6522 (multipart/report); RFC 6533 (addresses beyond ASCII).
    """
    headers, body = split_headers(Rows.of(raw[:LARGEST_REPORT]))
    kept = describe(headers)
    if kept.type != "multipart/report":
        return ()
    parts = [_opened(rows) for rows in islice(parts_between(body, kept), _MOST_PARTS)]
    message_id = _message_id([*_returned(parts), _fallback(headers)])
    told = (
        fields for kept, rows in parts if kept.type in _STATUS_TYPES for fields in _blocks(rows)
    )
    found = (_bounce(fields, message_id) for fields in told)
    return tuple(islice((bounce for bounce in found if bounce), MOST_BOUNCES))


def _opened(rows: Rows) -> tuple[Kept, Rows]:
    headers, body = split_headers(rows)
    kept = describe(headers)
    return kept, body.unpacked(kept.encoding) if kept.is_encoded else body


def _returned(parts: Sequence[tuple[Kept, Rows]]) -> Iterator[Mapping[str, str]]:
    """The headers of the message that came back."""
    for kept, rows in parts:
        if kept.type in _RETURNED_TYPES:
            begins = next((at for at, text in enumerate(rows.texts) if text.strip()), 0)
            yield _first_of_each(split_headers(rows.cut(begins))[0])


def _fallback(headers: Iterable[Header]) -> Mapping[str, str]:
    """Some servers send nothing back, but answer to it."""
    return {"message-id": _first_of_each(headers).get("in-reply-to", "")}


def _message_id(told: Iterable[Mapping[str, str]]) -> str | None:
    found = (_MESSAGE_ID.search(headers.get("message-id", "")[:1_000]) for headers in told)
    return next((one[1] for one in found if one), None)


def _blocks(rows: Rows) -> Iterator[Mapping[str, str]]:
    """The fields of each recipient: groups of lines with blank lines between."""
    block: list[bytes] = []
    for text in (*rows.texts, b"\n"):
        if text.strip():
            block.append(text)
        elif block:
            yield _first_of_each(parse_headers(block))
            block = []


def _first_of_each(headers: Iterable[Header]) -> Mapping[str, str]:
    return dict(reversed(tuple(headers)))


def _bounce(fields: Mapping[str, str], message_id: str | None) -> Bounce | None:
    status = _STATUS.match(fields.get("status", ""))
    key = _recipient(fields)
    if fields.get("action", "").lower().split()[:1] != ["failed"] or not status or not key:
        return None
    diagnosis = fields.get("diagnostic-code", "").partition(";")[2]
    return Bounce(
        message_id=message_id,
        key=key,
        says=plain(f"{status[1]} {diagnosis}", _MOST_SHOWN),
        is_of_mailbox=not _OF_THE_MESSAGE.fullmatch(status[1]),
    )


def _recipient(fields: Mapping[str, str]) -> str | None:
    """The key of the address that we wrote to, rather than where that was forwarded."""
    for name in ("original-recipient", "final-recipient"):
        address = _ESCAPED.sub(_letter, fields.get(name, "").partition(";")[2])
        try:
            return parse_address(address)[0]
        except ValueError:
            continue
    return None


def _letter(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))
