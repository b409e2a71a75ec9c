"""Bodies decoded line by line, so that every character knows its line in the file."""

import binascii
import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from string import ascii_letters, digits

from sendguard.read.charset import codec_of

_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_OF_BASE64 = (ascii_letters + digits + "+/=").encode()
_NOT_BASE64 = bytes(set(range(256)) - set(_OF_BASE64))
_PIECE = 1024
"""Characters, whole fours; only in those that are damaged each four are decoded alone."""

ENCODED = frozenset({"base64", "quoted-printable"})


def decode_text(
    rows: Sequence[bytes], encoding: str, charset: str | None
) -> tuple[str, tuple[int, ...]]:
    """The text of a body, and the offset in it at which each row begins.

    Args:
        rows: Its lines as they stand in the file, with their ends.
        encoding: The transfer encoding; any but those in `ENCODED` changes nothing.
        charset: As declared; None when it is not.
    """
    chunks = decode_rows(rows, encoding)
    decoder = codecs.getincrementaldecoder(codec_of(b"".join(chunks), charset))("replace")
    pieces: list[str] = []
    begins: list[int] = []
    length = 0
    for chunk in chunks:
        begins.append(length)
        pieces.append(decoder.decode(chunk))
        length += len(pieces[-1])
    pieces.append(decoder.decode(b"", final=True))
    return "".join(pieces), tuple(begins[: len(rows)])


def decode_rows(rows: Sequence[bytes], encoding: str) -> list[bytes]:
    """What each row of the file stands for; base64 may end with one chunk more."""
    match encoding:
        case "quoted-printable":
            return [_quoted_row(row) for row in rows]
        case "base64":
            return list(_base64_rows(rows))
        case _:
            return list(rows)


def quoted_bytes(raw: bytes) -> bytes:
    """`=41` and the like replaced by their bytes; what is damaged stays as it is."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), raw)


def base64_bytes(raw: bytes) -> bytes:
    """As much as can be made of base64, damaged or cut short."""
    return b"".join(_base64_rows([raw]))


def _quoted_row(row: bytes) -> bytes:
    line = row.rstrip(b" \t\r\n")
    if line.endswith(b"="):
        return quoted_bytes(line[:-1])
    return quoted_bytes(line) + (b"\n" if row.endswith((b"\n", b"\r")) else b"")


def _base64_rows(rows: Iterable[bytes]) -> Iterator[bytes]:
    carried = b""
    for row in rows:
        carried += row.translate(None, _NOT_BASE64)
        whole = len(carried) // 4 * 4
        yield _quartets(carried[:whole])
        carried = carried[whole:]
    if len(carried) > 1:
        yield _quartets(carried.ljust(4, b"="))


def _quartets(raw: bytes) -> bytes:
    """Decoded in one go where it is sound, else four characters at a time where it is not."""
    try:
        return binascii.a2b_base64(raw, strict_mode=True) if raw else b""
    except binascii.Error:
        decoded = bytearray()
        for at in range(0, len(raw), _PIECE):
            decoded += _piece(raw[at : at + _PIECE])
        return bytes(decoded)


def _piece(raw: bytes) -> bytes:
    try:
        return binascii.a2b_base64(raw, strict_mode=True)
    except binascii.Error:
        return b"".join(_quartet(raw[at : at + 4]) for at in range(0, len(raw), 4))


@lru_cache(4096)
def _quartet(raw: bytes) -> bytes:
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        return b""
