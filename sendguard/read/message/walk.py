"""The tree of a message, walked over the lines of its file.

The lines are followed by hand because the library that knows the rules forgets the lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sendguard.errors import Unreadable
from sendguard.read.message.headers import Header, Kept, describe, parse_headers
from sendguard.read.message.rows import Rows
from sendguard.values import Place

DEEPEST = 50
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]|>?From ")
_MESSAGE = {"message/rfc822", "message/global"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A part that holds no other parts.

    Attributes:
        kept: What its headers say.
        rows: Its lines, its headers left out.
        attached: Whether it belongs to an attached message.
    """

    kept: Kept
    rows: Rows
    attached: bool


def split_headers(rows: Rows) -> tuple[tuple[Header, ...], Rows]:
    """The headers on top, and the rows of the body."""
    texts, end = rows.texts, 0
    while end < len(texts) and _HEADER.match(texts[end]) and texts[end].strip():
        end += 1
    is_blank = end < len(texts) and not texts[end].strip()
    return parse_headers(texts[:end]), rows.cut(end + is_blank)


def leaves(rows: Rows, file: str, *, attached: bool = False, depth: int = 0) -> Iterator[Leaf]:
    """The parts of a message that hold no others, in order, those of attached messages too.

    Args:
        rows: A message or a part of one, headers on top.
        file: As in `Place.file`.
        attached: Whether it belongs to an attached message.
        depth: How many parts it stands in.

    Raises:
        Unreadable: Parts stand more than `DEEPEST` deep, or a part is said to be two things.
    """
    if depth > DEEPEST:
        says = f"parts stand more than {DEEPEST} deep in this message: SendGuard stops here"
        raise Unreadable(says, Place(file, rows.first))
    headers, body = split_headers(rows)
    _refuse_doubles(headers, Place(file, rows.first))
    kept = describe(headers)
    is_message = kept.type in _MESSAGE
    inner = [_message(body, kept)] if is_message else list(parts_between(body, kept))
    for part in inner:
        yield from leaves(part, file, attached=attached or is_message, depth=depth + 1)
    if not inner:
        yield Leaf(kept=kept, rows=body, attached=attached)


def _refuse_doubles(headers: Sequence[Header], place: Place) -> None:
    """Of two that differ some mail programs go by the first, and some by the last."""
    for name in ("content-type", "content-transfer-encoding", "content-disposition"):
        if len({value for key, value in headers if key == name}) > 1:
            says = f"has two headers {name.title()} that differ: nobody can say what readers see"
            raise Unreadable(says, place)


def _message(body: Rows, kept: Kept) -> Rows:
    """An attached message, unpacked where it was encoded."""
    rows = body.unpacked(kept.encoding) if kept.is_encoded else body
    texts = rows.texts
    return rows.cut(next((at for at, text in enumerate(texts) if text.strip()), 0))


def parts_between(body: Rows, kept: Kept) -> Iterator[Rows]:
    """The parts of a multipart between its boundary lines; the last may lack its end."""
    if not kept.type.startswith("multipart/") or not kept.boundary:
        return
    opens = b"--" + kept.boundary.encode("utf-8", "replace")
    closes = opens + b"--"
    start: int | None = None
    for at, text in enumerate(body.texts):
        if not text.startswith(opens) or text.rstrip() not in {opens, closes}:
            continue
        if start is not None:
            yield body.cut(start, at)
        start = at + 1
        if text.rstrip() == closes:
            return
    if start is not None:
        yield body.cut(start)
