"""The headers of a message, and of each part of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from sendguard.read.charset import decode
from sendguard.read.message.transfer import ENCODED, base64_bytes, quoted_bytes

Header = tuple[str, str]

_NAME = re.compile(r"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_PARAMETER = re.compile(
    r";\s*+(?P<name>[^\s=;\"]++)\s*+=\s*+(?:\"(?P<quoted>(?:[^\"\\]|\\.)*+)\"|(?P<plain>[^;\s]*+))"
)
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
        name: Of the file; None where none is said.
        id: What HTML beside it calls it (`cid:`, RFC 2392), without brackets; None for none.
    """

    type: str
    charset: str | None
    boundary: str | None
    encoding: str
    attached: bool
    name: str | None = None
    id: str | None = None

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
    told = dict(reversed(tuple(headers)))  # the first of a name counts
    content, disposition = told.get("content-type", ""), told.get("content-disposition", "")
    return Kept(
        type=_type(content),
        charset=_parameter(content, "charset"),
        boundary=_parameter(content, "boundary"),
        encoding=_first_word(told.get("content-transfer-encoding", "")),
        attached=_first_word(disposition) == "attachment",
        name=_parameter(disposition, "filename") or _parameter(content, "name"),
        id=told.get("content-id", "").strip().removeprefix("<").removesuffix(">").strip() or None,
    )


def _type(content: str) -> str:
    found = _first_word(content)
    return found if re.fullmatch(r"[^/\s]+/[^/\s]+", found) else "text/plain"


def _first_word(value: str) -> str:
    words = value.partition(";")[0].split()
    return words[0].lower() if words else ""


def _parameter(value: str, name: str) -> str | None:
    """One parameter, put together where it was cut into pieces.

    The standard library's reader stumbles over damaged ones.

    Source:
        RFC 2045, section 5.1 (parameters), and RFC 2231, sections 3 and 4 (pieces, charsets).
    """
    pieces = [
        _piece(piece["quoted"], piece["plain"], is_spelled=piece["name"].endswith("*"))
        for piece in _PARAMETER.finditer(value)
        if piece["name"].lower().partition("*")[0] == name
    ]
    return "".join(pieces).strip() or None


def _piece(quoted: str | None, plain: str | None, *, is_spelled: bool) -> str:
    text = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else plain or ""
    return unquote(text.rpartition("'")[2]) if is_spelled else text


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
