"""The body of a message: its text, its HTML with the pictures in it, and files beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sendguard.read import Medium
from sendguard.send.cut import Piece, cut_at_fields
from sendguard.send.edition import Edition
from sendguard.send.enclosed import Enclosed
from sendguard.send.fields import place_in
from sendguard.send.quoted_printable import encode_piece, encode_value
from sendguard.send.standing import Standing, standing_in_html, standing_in_text
from sendguard.send.unsubscribe import with_way_out

_ENCODING = b"Content-Transfer-Encoding: quoted-printable\r\n"
_TEXT = b"Content-Type: text/plain; charset=utf-8\r\n" + _ENCODING
_HTML = b"Content-Type: text/html; charset=utf-8\r\n" + _ENCODING


@dataclass(frozen=True, slots=True)
class Body:
    """A message's body, or a part of one.

    Attributes:
        headers: That say what it is made of.
        pieces: Of all that follows them; dots stuffed.
    """

    headers: bytes
    pieces: Iterable[Piece]


def body_of(edition: Edition, columns: Sequence[str]) -> Body:
    """The body of the messages of an edition.

    Source:
        RFC 2046, section 5.1.4 (the best version comes last); RFC 2387 (what belongs together).

    Raises:
        Unreadable: A merge field has no column, or stands where it could do harm.
    """
    pictures = tuple(_enclosed(one) for one in edition.enclosed if one.id)
    files = tuple(_enclosed(one) for one in edition.enclosed if not one.id)
    whole = _text(edition, columns)
    if edition.html is not None:
        html = _html(edition, edition.html, columns)
        if pictures:
            html = _together('related; type="text/html"', b"=_r", edition, (html, *pictures))
        whole = _together("alternative", b"=_", edition, (whole, html))
    return _together("mixed", b"=_m", edition, (whole, *files)) if files else whole


def _text(edition: Edition, columns: Sequence[str]) -> Body:
    plain = with_way_out(edition.text, edition.unsubscribe, columns)
    return Body(_TEXT, _encoded(_ended(plain), standing_in_text(plain), columns))


def _html(edition: Edition, html: str, columns: Sequence[str]) -> Body:
    html = with_way_out(html, edition.unsubscribe, columns, markup=True)
    place = place_in(edition.campaign, Medium.HTML)
    return Body(_HTML, _encoded(_ended(html), standing_in_html(html, place), columns))


def _enclosed(one: Enclosed) -> Body:
    return Body(one.headers, (one.body,))


def _together(kind: str, begins: bytes, edition: Edition, parts: Iterable[Body]) -> Body:
    """Parts between boundaries, none of which is how another one begins."""
    # It occurs nowhere: in quoted-printable no underscore stands behind an equals sign.
    boundary = begins + edition.digest[-32:].encode("ascii")
    told = kind.encode("ascii")
    header = b'Content-Type: multipart/%s;\r\n boundary="%s"\r\n' % (told, boundary)
    return Body(header, _between(boundary, parts))


def _between(boundary: bytes, parts: Iterable[Body]) -> Iterator[Piece]:
    opens = b"--%s\r\n" % boundary
    for part in parts:
        yield b"%s%s\r\n" % (opens, part.headers)
        yield from part.pieces
        opens = b"\r\n--%s\r\n" % boundary
    yield b"\r\n--%s--\r\n" % boundary


def _encoded(text: str, fields: Iterator[Standing], columns: Sequence[str]) -> Iterator[Piece]:
    return cut_at_fields(text, fields, columns, fixed=encode_piece, filled=encode_value)


def _ended(text: str) -> str:
    """A part ends where a line ends: what follows it may be the end of the message."""
    return text if text.endswith("\n") else f"{text}\n"
