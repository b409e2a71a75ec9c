"""Text as mail carries it: ASCII lines of at most 76 characters, however long its own are."""

import binascii
import re

LONGEST_LINE = 76
"""Characters (RFC 2045, section 6.7)."""

SOFT = b"=\r\n"
_SIMPLE = re.compile(r"(?!\.)[ -<>-~]{0,75}")
_LINE_END = re.compile(r"\r\n?")


def encode_piece(text: str) -> bytes:
    """A piece of a text, so that another piece may follow: it ends where a line begins.

    Lines that begin with a dot are stuffed (RFC 5321, section 4.5.2).
    """
    encoded = encode(text)
    if not encoded or encoded.endswith(b"\r\n"):
        return encoded
    last = encoded[encoded.rfind(b"\n") + 1 :]
    if len(last) < LONGEST_LINE + last.startswith(b".."):
        return encoded + SOFT
    cut = -3 if encoded[-3:-2] == b"=" else -1
    return encoded[:cut] + SOFT + encoded[cut:] + SOFT


def encode_value(value: str) -> bytes:
    """One line of text, at a line's beginning, so that another piece may follow."""
    if _SIMPLE.fullmatch(value):
        return value.encode("ascii") + SOFT if value else b""
    encoded = binascii.b2a_qp(value.encode("utf-8"), istext=True)
    is_short = len(encoded) < LONGEST_LINE and not encoded.startswith(b".")
    return encoded + SOFT if is_short and b"\n" not in encoded else encode_piece(value)


def encode(text: str) -> bytes:
    """A whole text, dots stuffed."""
    unified = _LINE_END.sub("\n", text) if "\r" in text else text
    encoded = binascii.b2a_qp(unified.encode("utf-8"), istext=True)
    lines = encoded.replace(b"\n", b"\r\n").replace(b"\n.", b"\n..")
    return b"." + lines if lines.startswith(b".") else lines


def unstuffed(encoded: bytes) -> bytes:
    """What the reader's mail program gets of encoded pieces."""
    lines = encoded.replace(b"\n..", b"\n.")
    return lines[1:] if lines.startswith(b"..") else lines
