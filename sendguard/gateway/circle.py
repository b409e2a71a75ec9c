"""Mail that goes round in a circle: what is behind the gateway sends it here again."""

import re
from itertools import islice
from typing import TypeAlias

from sendguard.gateway.mail import Mail

MOST_HOPS = 100
"""Servers that a message passed; RFC 5321, section 6.3, asks for at least so many."""
LONGEST_HEADERS = 256 << 10
"""Bytes of them that are looked at."""
_RECEIVED = re.compile(rb"(?im)^received:")
_MESSAGE_ID = re.compile(rb"(?im)^message-id:[^\n]*")

Mark: TypeAlias = tuple[int, bytes, tuple[str, ...]]


def has_gone_far(mail: Mail) -> bool:
    """Has it passed more servers than any message does that goes straight?"""
    hops = _RECEIVED.finditer(mail.data, 0, _end_of_headers(mail.data))
    return sum(1 for _ in islice(hops, MOST_HOPS + 1)) > MOST_HOPS


def mark_of(mail: Mail) -> Mark:
    """What tells a message from all others in this process, whoever wrote headers above it.

    Two gateways that hand on to each other leave no trace in it, byte for byte as it is.
    """
    end = _end_of_headers(mail.data)
    name = _MESSAGE_ID.search(mail.data, 0, end)
    return hash(memoryview(mail.data)[end:]), name[0] if name else b"", mail.recipients


def _end_of_headers(data: bytes) -> int:
    end = data.find(b"\r\n\r\n", 0, LONGEST_HEADERS)
    return end + 2 if end >= 0 else min(len(data), LONGEST_HEADERS)
