"""The headers of a message, and of each part of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message

from sendguard.read.charset import decode
from sendguard.read.message.transfer import ENCODED, base64_bytes, quoted_bytes

Header = tuple[str, str]

_NAME = re.compile(r"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_WORD = r"=\?[^?*\s]+(?:\*[^?\s]*)?\?[bBqQ]\?[^?]*\?="
_RUN = re.compile(rf"{_WORD}(?:\s+{_WORD})*+")
_PIECE = re.compile(r"=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the headers of one part say about its body.

    Attributes:
        type: Media type in lower case; `text/plain` when nothing usable is said.
        charset: As declared; None when it is not.
        boundary: Of a multipart; None where there is none.
        encoding: Content-Transfer-Encoding in lower case; empty when none is said.
        attached: Whether it is a file to save rather than something to show.
    """

    type: str
    charset: str | None
    boundary: str | None
    encoding: str
    attached: bool

    @property
    def is_encoded(self) -> bool:
        """Whether the lines of the file spell the body otherwise."""
        return self.encoding in ENCODED


def parse_headers(rows: Iterable[bytes]) -> tuple[Header, ...]:
    """Names in lower case and decoded values, in order; lines that are no header are left out."""
    unfolded = re.sub(rb"\r?\n(?=[ \t])", b"", b"".join(rows))
    headers = (_NAME.match(line) for line in decode(unfolded).split("\n"))
    return tuple(
        (header[1].lower(), decode_words(header[2].strip().replace("\t", " ")))
        for header in headers
        if header
    )


def describe(headers: Iterable[Header]) -> Kept:
    """What the headers say about the body below them."""
    told = Message()
    for name, value in headers:
        if name.startswith("content-") and name not in told:
            told[name] = value
    return Kept(
        type=told.get_content_type(),
        charset=_parameter(told, "charset"),
        boundary=_parameter(told, "boundary"),
        encoding=str(told.get("content-transfer-encoding", "")).split(";")[0].strip().lower(),
        attached=told.get_content_disposition() == "attachment",
    )


def _parameter(told: Message, name: str) -> str | None:
    value = told.get_param(name)
    text = value[2] if isinstance(value, tuple) else value
    return text.strip() if text and text.strip() else None


def decode_words(value: str) -> str:
    """Header text with its encoded words decoded; words that cannot be are left as they are.

    Source:
        RFC 2047: space between encoded words is no part of the text, and people's programs
        do cut characters in two between them.
    """
    return _RUN.sub(lambda run: _decode_run(run[0]), value)


def _decode_run(run: str) -> str:
    decoded: list[tuple[str, bytes]] = []
    for charset, encoding, text in _PIECE.findall(run):
        raw = text.encode("utf-8", "replace")
        quoted = encoding in "qQ"
        raw = quoted_bytes(raw.replace(b"_", b" ")) if quoted else base64_bytes(raw)
        if decoded and decoded[-1][0] == charset.lower():
            decoded[-1] = (charset.lower(), decoded[-1][1] + raw)
        else:
            decoded.append((charset.lower(), raw))
    return "".join(decode(raw, charset) for charset, raw in decoded)
