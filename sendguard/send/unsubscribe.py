"""How readers unsubscribe: with one click, by a header (RFC 8058), and by a link."""

import html
import string
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from sendguard.errors import Unreadable
from sendguard.send.cut import Cut, Piece, cut_at_fields
from sendguard.send.escape import as_own_address, in_address
from sendguard.send.merge import WAY_OUT, Field, Values, find_fields, is_missing, mask
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
        filled = cut.fill(values)
        return b"List-Unsubscribe:%s<%s>\r\n" % _folded(filled) if filled else b""

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
        is_all = (found.start, found.end) == (0, len(address))
        escape = as_own_address if is_all else in_address(masked[: found.start])
        if escape is None:
            says = "`mail.unsubscribe`: write the name of the site out, and fields only behind it"
            raise Unreadable(says)
        yield Standing(found.field, found.start, found.end, escape)


def with_way_out(
    text: str, address: str | None, columns: Sequence[str], *, markup: bool = False
) -> str:
    """The text with the address in the place of every `{{ unsubscribe_url }}`.

    Args:
        text: HTML or plain.
        address: `mail.unsubscribe`, with fields of its own; None for none.
        columns: Of the readers' rows; a column of that name goes before it.
        markup: It is HTML.
    """
    if address is None or not is_missing(Field(WAY_OUT), columns):
        return text
    told, pieces, end = html.escape(address) if markup else address, list[str](), 0
    for found in find_fields(text, markup=markup):
        if found.field.name == WAY_OUT:
            pieces += [text[end : found.start], told]
            end = found.end
    return "".join([*pieces, text[end:]])


def _ascii(address: str) -> bytes:
    return quote(address, safe=string.punctuation).encode("ascii")


def _folded(address: bytes) -> tuple[bytes, bytes]:
    """What stands before it, and the address; blanks inside are no part of it (RFC 2369, 2)."""
    before = b" " if len(address) < 56 else b"\r\n "
    pieces = (address[at : at + _LONGEST] for at in range(0, len(address), _LONGEST))
    return before, b"\r\n ".join(pieces)
