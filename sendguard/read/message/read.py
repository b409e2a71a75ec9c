"""From a saved message to the parts that readers see."""

import re
from collections.abc import Sequence
from itertools import islice

from sendguard.errors import Unreadable
from sendguard.read.campaign import Medium, Part
from sendguard.read.content import Content
from sendguard.read.kind import named
from sendguard.read.message.rows import Rows
from sendguard.read.message.sealed import how_sealed
from sendguard.read.message.transfer import decode_text
from sendguard.read.message.walk import Leaf, leaves, split_headers
from sendguard.values import Lines

MOST_PARTS = 500
SHOWN = {
    "text/html": Medium.HTML,
    "application/xhtml+xml": Medium.HTML,
    "text/x-amp-html": Medium.HTML,
    "text/plain": Medium.TEXT,
}
_LOOKS_LIKE_HTML = re.compile(r"<(?:html|body|table|a|p|div|img)[\s>]", re.IGNORECASE)


def read_message(raw: bytes, name: str) -> Content:
    """What stands in a message and in the messages attached to it.

    Damage is read past as far as it goes: a missing last boundary, wrong base64, a charset
    or transfer encoding that nobody knows.

    Raises:
        Unreadable: There is neither HTML nor text in it, or more than `MOST_PARTS` parts.
    """
    rows = Rows.of(raw)
    found = tuple(islice(leaves(rows, name), MOST_PARTS + 1))
    if len(found) > MOST_PARTS:
        says = f"{named(name)} has more than {MOST_PARTS:,} parts: SendGuard stops here"
        raise Unreadable(says)
    read = [(leaf, _part(leaf, name)) for leaf in found if _is_shown(leaf)]
    shown = sorted((pair for pair in read if pair[1].text.strip()), key=_rank)
    kinds, texts = [leaf.kept.type for leaf in found], [part.text for _, part in shown]
    if how := how_sealed(kinds, texts):
        says = f"is {how}, and SendGuard cannot read it: check what it was made from"
        raise Unreadable(f"{named(name)} {says}")
    if not shown:
        raise Unreadable(f"{named(name)} is a message without HTML or text: save it again as .eml")
    headers, _ = split_headers(rows)
    others = tuple(dict.fromkeys(leaf.kept.type for leaf in found if not _is_shown(leaf)))
    return Content(parts=tuple(part for _, part in shown), headers=headers, attached=others)


def _is_shown(leaf: Leaf) -> bool:
    kind = leaf.kept.type
    return (kind in SHOWN or kind.startswith("multipart/")) and not leaf.kept.attached


def _rank(pair: tuple[Leaf, Part]) -> tuple[bool, bool, bool]:
    """HTML before text, the message before what is attached to it, AMP after plain HTML."""
    leaf, part = pair
    return part.medium is Medium.TEXT, leaf.attached, leaf.kept.type == "text/x-amp-html"


def _part(leaf: Leaf, name: str) -> Part:
    text, begins = decode_text(leaf.rows.texts, leaf.kept.encoding, leaf.kept.charset)
    lines = Lines(
        file=name,
        starts=_starts(begins, leaf.rows.numbers),
        first=leaf.rows.first,
        columns=leaf.rows.exact and not leaf.kept.is_encoded,
    )
    return Part(medium=SHOWN.get(leaf.kept.type) or _looks_like(text), text=text, lines=lines)


def _starts(begins: tuple[int, ...], numbers: Sequence[int]) -> tuple[int, ...]:
    """Where in the text each line of the file begins, also those that only continue a row."""
    starts: list[int] = []
    for begin, number in zip(begins, numbers, strict=True):
        missing = number - numbers[0] + 1 - len(starts)
        starts.extend([begin] * missing)
    return tuple(starts) or (0,)


def _looks_like(text: str) -> Medium:
    """What the body of a multipart is that holds no parts."""
    return Medium.HTML if _LOOKS_LIKE_HTML.search(text) else Medium.TEXT
