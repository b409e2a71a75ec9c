"""The parts of a message that readers see, to be changed in place: each other byte stays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sendguard.correct.edits import Edit
from sendguard.errors import Unreadable
from sendguard.gateway.repair.transfer import Change, changed_rows
from sendguard.read import Medium
from sendguard.read.charset import codec_of
from sendguard.read.message.headers import Kept
from sendguard.read.message.read import SHOWN
from sendguard.read.message.rows import Rows
from sendguard.read.message.transfer import decode_rows
from sendguard.read.message.walk import leaves

_EVERY_BYTE = "latin-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One part that readers see.

    Attributes:
        first: Index of its first row in the message.
        rows: Its lines, with their ends.
        encoding: Content-Transfer-Encoding.
        medium: HTML or plain text.
        codec: What turns `text` into its bytes again, every one of them.
        text: Decoded.
    """

    first: int
    rows: Sequence[bytes]
    encoding: str
    medium: Medium
    codec: str
    text: str

    def changed(self, edits: Sequence[Edit]) -> list[bytes]:
        """The rows with edits that are `in_order` and in ASCII."""
        return changed_rows(self.rows, self.encoding, list(self._in_bytes(edits)))

    def _in_bytes(self, edits: Iterable[Edit]) -> Iterator[Change]:
        """The same over the decoded bytes, each of which is counted once."""
        at, size = 0, 0
        for edit in edits:
            start = size + self._size(at, edit.start)
            at, size = edit.end, start + self._size(edit.start, edit.end)
            yield Change(start, size, edit.text.encode("ascii"))

    def _size(self, start: int, end: int) -> int:
        return len(self.text[start:end].encode(self.codec, "surrogateescape"))


def bodies_of(rows: Rows) -> Iterator[Body]:
    """The parts that readers see, in order; nothing of what is attached, or cannot be taken apart.

    Args:
        rows: Of a whole message.
    """
    try:
        found = list(leaves(rows, "-"))
    except Unreadable:
        return
    for leaf in found:
        is_own = leaf.rows.exact and not leaf.attached and not leaf.kept.attached
        if is_own and leaf.kept.type in SHOWN and leaf.rows.texts:
            yield _body(leaf.rows, leaf.kept)


def _body(rows: Rows, kept: Kept) -> Body:
    raw = b"".join(decode_rows(rows.texts, kept.encoding))
    codec, text = _decoded(raw, kept.charset)
    return Body(
        first=rows.first - 1,
        rows=rows.texts,
        encoding=kept.encoding,
        medium=SHOWN[kept.type],
        codec=codec,
        text=text,
    )


def _decoded(raw: bytes, charset: str | None) -> tuple[str, str]:
    """The text, and a codec that gives its bytes back; one character a byte where none else does.

    A stretch has to have the same bytes wherever it stands, and ASCII has to be ASCII in it.
    """
    codec = codec_of(raw, charset).replace("utf-8-sig", "utf-8")  # the mark is a byte like others
    if codec in _STATELESS or codec.startswith(("cp", "iso8859", "koi8", "mac")):
        text = raw.decode(codec, "surrogateescape")
        if text.encode(codec, "surrogateescape") == raw:
            return codec, text
    return _EVERY_BYTE, raw.decode(_EVERY_BYTE)


_STATELESS = {"utf-8", "gb18030", "big5hkscs", "euc_jp"}
