"""The header that unsubscribes with one click (RFC 8058)."""

import string
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from sendguard.errors import Unreadable
from sendguard.send.cut import Cut, Piece, cut_at_fields
from sendguard.send.escape import in_address
from sendguard.send.merge import Values, find_fields, mask
from sendguard.send.standing import Standing

_LONGEST = 900


def unsubscribe_header(address: str, columns: Sequence[str]) -> Piece:
    """The whole List-Unsubscribe line for each reader.

    Raises:
        Unreadable: A field chooses the site.
    """
    fields = unsubscribe_fields(address)
    cut = Cut.of(cut_at_fields(address, fields, columns, fixed=_ascii, filled=str.encode))

    def header(values: Values) -> bytes:
        return b"List-Unsubscribe:%s<%s>\r\n" % _folded(cut.fill(values))

    return header if cut.slots else header(())


def unsubscribe_fields(address: str) -> Iterator[Standing]:
    """Every field of the address.

    Raises:
        Unreadable: One chooses the site, or the site's name is not in ASCII.
    """
    fields = tuple(find_fields(address))
    masked = mask(address, fields)
    if not masked.partition("//")[2].partition("/")[0].isascii():
        raise Unreadable("`mail.unsubscribe`: write the name of the site in ASCII, as in xn--…")
    for found in fields:
        escape = in_address(masked[: found.start])
        if escape is None:
            says = "`mail.unsubscribe`: write the name of the site out, and fields only behind it"
            raise Unreadable(says)
        yield Standing(found.field, found.start, found.end, escape)


def _ascii(address: str) -> bytes:
    return quote(address, safe=string.punctuation).encode("ascii")


def _folded(address: bytes) -> tuple[bytes, bytes]:
    """What stands before it, and the address; blanks inside are no part of it (RFC 2369, 2)."""
    before = b" " if len(address) < 56 else b"\r\n "
    pieces = (address[at : at + _LONGEST] for at in range(0, len(address), _LONGEST))
    return before, b"\r\n ".join(pieces)
