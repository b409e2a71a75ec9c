"""A message taken apart once, for whoever looks into it: quickly, and without unpacking files.

`read/` reads the same message for its check, with the line that everything stands in, which costs
ten times as much; where bytes have to be kept, `repair/bodies.py` takes it apart by its rows.
"""

import binascii
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sendguard.gateway.mail import Mail
from sendguard.links.markup import MOST_TAGS
from sendguard.read.charset import decode
from sendguard.read.kind import LARGEST_BYTES, MOST_LINES
from sendguard.read.message.headers import Header, Kept, decode_words, describe, parse_headers
from sendguard.read.message.transfer import base64_bytes

MOST_PARTS = 500
DEEPEST = 20
HTML = frozenset({"text/html", "application/xhtml+xml", "text/x-amp-html"})
Headers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A part that holds no others.

    Attributes:
        kept: What its headers say of it.
        start, end: Where its body stands in the message.
        text: What readers see of it, with plain line feeds; None where it is not looked into.
        is_in_signed: It stands in a `multipart/signed`, beside what it may be a signature of.
    """

    kept: Kept
    start: int
    end: int
    text: str | None = None
    is_in_signed: bool = False

    @property
    def is_html(self) -> bool:
        """Whether it is HTML of any kind."""
        return self.kept.type in HTML


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What stands in a message.

    Attributes:
        headers: The values of each name (in lower case), as written; lines that are folded are one
            again, encoded words are left as they are.
        parts: Those that hold no others, in order.
    """

    headers: Headers
    parts: tuple[Leaf, ...]

    def first(self, name: str) -> str:
        """The first header of that name; empty for none."""
        return self.headers.get(name, ("",))[0]

    @property
    def is_read(self) -> bool:
        """Whether all was looked into that readers see; see `look_inside`."""
        return all(leaf.text is not None for leaf in self.parts if _is_text(leaf))

    def shown(self, kind: str) -> str | None:
        """The first part of that media type that readers see; None for none."""
        texts = (leaf.text for leaf in self.parts if leaf.kept.type == kind)
        return next((text for text in texts if text is not None), None)


class Opened:
    """A message that is open until nobody needs more than its bytes."""

    def __init__(self, mail: Mail) -> None:
        self.mail = mail
        self._inside: Inside | None = None

    @property
    def inside(self) -> Inside:
        """What stands in it; looked for once, and never in vain: what is damaged reads as it is."""
        if self._inside is None:
            self._inside = look_inside(self.mail.data)
        return self._inside

    def close(self) -> None:
        """Hold no more of it than its bytes, since it has to wait; whoever asks opens it again."""
        self._inside = None


def look_inside(data: bytes) -> Inside:
    """Take a message apart; where no check reads so much, without its texts."""
    headers, begin = _headers_of(data)
    parts = tuple(_leaves(data, headers, begin))
    texts = [leaf for leaf in parts if _is_text(leaf)]
    if sum(leaf.end - leaf.start for leaf in texts) > LARGEST_BYTES or (
        sum(data.count(b"\n", leaf.start, leaf.end) for leaf in texts) > MOST_LINES
    ):
        return Inside(headers=headers, parts=parts)
    read = (replace(leaf, text=_shown(data, leaf)) if _is_text(leaf) else leaf for leaf in parts)
    return Inside(headers=headers, parts=tuple(read))


def worded(value: str) -> str:
    """The value of a header as people read it."""
    return decode_words(value) if "=?" in value else value


def _headers_of(data: bytes) -> tuple[Headers, int]:
    """And where the body begins."""
    end = _end_of_headers(data, 0)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in _fields(data[: end[0]]):
        found[name.lower()].append(value.strip())
    return found, end[1]


def _is_text(leaf: Leaf) -> bool:
    return (leaf.is_html or leaf.kept.type == "text/plain") and not leaf.kept.attached


def _shown(data: bytes, leaf: Leaf) -> str | None:
    text = _text_of(data, leaf)
    return None if text.count("<") > MOST_TAGS else text


def _leaves(data: bytes, headers: Headers, begin: int) -> Iterator[Leaf]:
    """The parts of a message that hold no others, in order.

    What stands deeper than `DEEPEST`, and what comes behind `MOST_PARTS`, is one part as it is.
    """
    content = [(name, worded(value)) for name in _OF_BODY for value in headers.get(name, ())]
    whole = Leaf(kept=_kept(content), start=begin, end=len(data))
    yield from _parts(data, whole, 0, [MOST_PARTS])


def body_of(data: bytes, leaf: Leaf) -> bytes:
    """The bytes of a part, without its transfer encoding."""
    raw = data[leaf.start : leaf.end]
    match leaf.kept.encoding:
        case "base64":
            return _from_base64(raw)
        case "quoted-printable":
            return binascii.a2b_qp(raw)
        case _:
            return raw


def _text_of(data: bytes, leaf: Leaf) -> str:
    """The text of a part, with plain line feeds: what is encoded may have either."""
    raw, charset = body_of(data, leaf), leaf.kept.charset
    is_plain = raw.isascii() and (charset or "").lower() in _LIKE_ASCII
    text = raw.decode("ascii") if is_plain else decode(raw, charset)
    return text.replace("\r\n", "\n")


def _from_base64(raw: bytes) -> bytes:
    try:
        return binascii.a2b_base64(raw.translate(None, b"\r\n \t"), strict_mode=True)
    except binascii.Error:
        return base64_bytes(raw)


def _parts(data: bytes, part: Leaf, depth: int, left: list[int]) -> Iterator[Leaf]:
    """A part, or those in it; `left` holds how many more there may be."""
    spans = _between(data, part, left[0]) if depth < DEEPEST and left[0] > 0 else []
    if not spans:
        left[0] -= 1
        yield part
        return
    for start, end in spans:
        top, below = _end_of_headers(data, start, end)
        kept, is_signed = _described(data[start:top]), part.kept.type == "multipart/signed"
        inner = Leaf(kept=kept, start=below, end=end, is_in_signed=is_signed)
        yield from _parts(data, inner, depth + 1, left)


def _between(data: bytes, part: Leaf, most: int) -> list[tuple[int, int]]:
    """The parts of a multipart; the last may lack its end, or be what is left of too many."""
    if not part.kept.type.startswith("multipart/") or not part.kept.boundary:
        return []
    end = part.end
    opens = b"--" + part.kept.boundary.encode("utf-8", "replace")
    spans: list[tuple[int, int]] = []
    begin = None
    for at, line in _boundaries(data, opens, part.start, end):
        if begin is not None:
            # The end of the line above a boundary belongs to that (RFC 2046, section 5.1.1).
            spans.append((begin, max(begin, at - 2) if data[at - 2 : at] == b"\r\n" else at))
        begin = min(at + len(line), end)
        if line.rstrip() != opens:
            return spans
        if len(spans) >= most:
            break
    return spans if begin is None else [*spans, (begin, end)]


def _boundaries(data: bytes, opens: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Where each line stands that is a boundary, and the line."""
    line = re.compile(rb"^" + re.escape(opens) + rb"(?:--)?[ \t\r\v\f]*+(?:\n|\Z)", re.MULTILINE)
    for found in line.finditer(data, start, end):
        yield found.start(), found[0]


def _end_of_headers(data: bytes, start: int, limit: int | None = None) -> tuple[int, int]:
    """Where headers end, and where the body begins; a line that is no header begins the body."""
    end = len(data) if limit is None else limit
    if data[start : min(start + 2, end)] == b"\r\n":
        return start, start + 2
    blank = data.find(b"\r\n\r\n", start, end)
    top = end if blank < 0 else blank + 2
    headers = _HEADERS.match(data, start, top)
    stop = headers.end() if headers else start
    if stop < top:
        return stop, stop
    return top, min(top + 2, end)


def _fields(block: bytes) -> list[tuple[str, str]]:
    unfolded = _FOLD.sub("", block.decode("utf-8", "replace"))
    return _FIELD.findall(unfolded)


def _described(block: bytes) -> Kept:
    return _known(block) if len(block) <= _LONGEST_KNOWN else _kept(parse_headers([block]))


@lru_cache(512)
def _known(block: bytes) -> Kept:
    return _kept(parse_headers([block]))


def _kept(headers: Sequence[Header]) -> Kept:
    """What the headers say; of what they say twice nobody knows what is shown: not looked into."""
    kept = describe(headers)
    is_clear = all(len({value for key, value in headers if key == name}) < 2 for name in _OF_BODY)
    return kept if is_clear else replace(kept, type="application/octet-stream", boundary=None)


_LONGEST_KNOWN = 2_000
_LIKE_ASCII = frozenset({"utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})
_OF_BODY = ("content-type", "content-transfer-encoding", "content-disposition")
_HEADERS = re.compile(rb"(?:(?:[!-9;-~]++[ \t]*+:|[ \t]|>?From )[^\n]*+(?:\n|\Z))*+")
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_FIELD = re.compile(r"^([!-9;-~]+)[ \t]*:(.*)$", re.MULTILINE)
