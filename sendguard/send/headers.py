"""Headers as they go over the wire: encoded, folded, and never more than one."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

LONGEST_LINE = 76
"""Characters of a line that holds an encoded word (RFC 2047, section 2)."""

_LONGEST_WORD = 900  # a line must end before 998 (RFC 5322, section 2.1.1)
_FRAME = len("=?utf-8?b??=")


def text_header(name: str, text: str) -> bytes:
    """A whole header line of words, with its end.

    Args:
        name: Of the header.
        text: One line of printable text.
    """
    is_plain = text.isascii() and "=?" not in text
    if is_plain and len(name) + 2 + len(text) <= LONGEST_LINE:
        return f"{name}: {text}\r\n".encode("ascii")
    if is_plain and max(map(len, text.split(" "))) < _LONGEST_WORD:
        return _folded(name, text).encode("ascii")
    return f"{name}: {encoded_words(text, len(name) + 2)}\r\n".encode("ascii")


def encoded_words(text: str, used: int) -> str:
    """The text as encoded words, folded, with `used` characters before it on its line.

    Source:
        RFC 2047, sections 2 and 5: no word is longer than 75 characters or cuts a character.
    """
    words = (f"=?utf-8?b?{b64encode(piece).decode('ascii')}?=" for piece in _pieces(text, used))
    return "\r\n ".join(words)


def _pieces(text: str, used: int) -> Iterator[bytes]:
    """The text in UTF-8, cut between characters, so that each piece encoded fits on its line."""
    room, piece = _room(used), b""
    for letter in text:
        encoded = letter.encode("utf-8")
        if len(piece) + len(encoded) > room:
            yield piece
            room, piece = _room(1), b""
        piece += encoded
    yield piece


def _room(used: int) -> int:
    return (LONGEST_LINE - used - _FRAME) // 4 * 3


def _folded(name: str, text: str) -> str:
    """Cut at single blanks: what is unfolded is the same text again."""
    lines, line = [], f"{name}:"
    for word in text.split(" "):
        # Behind a blank a cut would begin or end a line with blanks alone.
        may_cut = word and not line.endswith((" ", ":"))
        if may_cut and len(line) + 1 + len(word) > LONGEST_LINE:
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join([*lines, line]) + "\r\n"


@lru_cache(256)
def date_header(dated: datetime) -> bytes:
    """The whole Date line; nearly all messages of a minute share a few.

    Args:
        dated: In UTC.
    """
    return f"Date: {format_datetime(dated.astimezone(UTC))}\r\n".encode("ascii")
