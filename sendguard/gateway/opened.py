"""A message taken apart as far as readers see it, many times a second; see also `read.message`."""

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sendguard.read.charset import decode
from sendguard.read.message.headers import Kept, describe

MOST_PARTS = 50
DEEPEST = 8
_FOLD = re.compile(rb"\r\n(?=[ \t])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What readers see of a message.

    Attributes:
        headers: The first of each name, in lower case; unfolded, encoded words as they are.
        text: Of the first part in plain text; None for none. Lines end with a line feed alone.
        html: Of the first part in HTML, likewise.
    """

    headers: Mapping[str, str]
    text: str | None
    html: str | None


def open_message(data: bytes) -> Opened:
    """Take a message apart; what is damaged is read as far as it goes.

    Args:
        data: As in `Mail.data`.
    """
    head, body = _split(data)
    headers = _headers(head)
    found: dict[str, str] = {}
    for number, (kept, raw) in enumerate(_leaves(headers, body, 0)):
        if number >= MOST_PARTS or len(found) == 2:
            break
        if kept.type in {"text/plain", "text/html"} and not kept.attached:
            found.setdefault(kept.type, _decoded(raw, kept))
    return Opened(headers=headers, text=found.get("text/plain"), html=found.get("text/html"))


def _split(data: bytes) -> tuple[bytes, bytes]:
    if data.startswith(b"\r\n"):
        return b"", data[2:]
    head, _, body = data.partition(b"\r\n\r\n")
    return head, body


def _headers(head: bytes) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    text = _FOLD.sub(b"", head)
    for line in (text.decode() if text.isascii() else decode(text)).split("\r\n"):
        name, _, value = line.partition(":")
        headers.setdefault(name.rstrip().lower(), value.strip())
    return headers


def _leaves(headers: Mapping[str, str], body: bytes, depth: int) -> Iterator[tuple[Kept, bytes]]:
    """The parts that hold no others, in order."""
    kept = describe(headers.items())
    if not (kept.type.startswith("multipart/") and kept.boundary) or depth > DEEPEST:
        yield kept, body
        return
    line = b"\r\n--" + kept.boundary.encode("utf-8", "replace")
    for piece in (b"\r\n" + body).split(line)[1 : MOST_PARTS + 1]:
        if piece.startswith(b"--"):
            return
        _, _, part = piece.partition(b"\r\n")  # blanks may stand behind the boundary
        head, inner = _split(part)
        yield from _leaves(_headers(head), inner, depth + 1)


def _decoded(raw: bytes, kept: Kept) -> str:
    try:
        match kept.encoding:
            case "quoted-printable":
                raw = binascii.a2b_qp(raw)
            case "base64":
                raw = binascii.a2b_base64(raw)
    except binascii.Error:
        pass  # as it stands; it is the same in every copy, or this one is not looked into
    text = raw.decode() if raw.isascii() else decode(raw, kept.charset)
    return text.replace("\r\n", "\n")
