"""Copies of one newsletter, each with its reader's own name, address and tokens in it."""

import base64
import hashlib
import quopri
from dataclasses import dataclass

from sendguard.gateway import Copy, Mail, recognise
from sendguard.gateway.opened import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom a copy is for."""

    name: str
    address: str
    key: str
    id: int = 10_001
    points: int = 120


HTML = """\
<!doctype html>
<html><head><title>The Navigator</title></head><body>
<!--[if mso]><v:rect href="https://example.org/story-1"></v:rect><![endif]-->
<p>Dear {first},</p>
<h2>Five ways to lose a sale</h2>
<a href="https://example.org/story-1?issue=42#comments">Read article</a>
<a href="https://news.example.org/c/{key}/1?to=https%3A%2F%2Fexample.org%2Fa">More</a>
<a href="https://news.example.org/r/aHR0cHM6Ly9leGFtcGxlLm9yZy9hLzE/{key}">Second story</a>
<a href="https://youtu.be/dQw4w9WgXcQ">Watch</a>
<img src="https://example.org/picture.png" alt="A ship" style="width:{points}px">
<p>You have <b>{points}</b> points, {name}.</p>
<a href="https://news.example.org/u/{id}/unsubscribe?e={hash}">Unsubscribe</a>
<a href="https://news.example.org/r/{id}/web">In the browser</a>
<img src="https://news.example.org/open/{key}.gif" width="1" height="1" alt="">
</body></html>
"""
TEXT = """\
Dear {first}, here is what we found out about ways to lose a sale this week.

Five ways to lose a sale
https://example.org/story-1?issue=42#comments

Unsubscribe: https://news.example.org/u/{id}/unsubscribe
"""


def recognised(mail: Mail) -> Copy:
    """What a message says of its campaign."""
    return recognise(Opened(mail))


def a_copy(  # noqa: PLR0913 - one for each thing that a test may want to be otherwise
    reader: Reader,
    *,
    encoding: str = "quoted-printable",
    change: tuple[str, str] = ("", ""),
    subject: str = "The Navigator 42",
    html: str = HTML,
    text: str = TEXT,
    unsubscribe: str = "https://news.example.org/u/{id}/unsubscribe",
) -> Mail:
    """What a newsletter program sends to one reader; `change` replaces one thing by another."""
    fields = {
        "first": reader.name.split()[0],
        "name": reader.name,
        "address": reader.address,
        "key": reader.key,
        "id": reader.id,
        "points": reader.points,
        "hash": hashlib.sha256(reader.address.encode()).hexdigest(),
    }
    boundary = f"=_{reader.key[:16]}"
    parts = (
        _part("text/plain", encoding, text.replace(*change).format(**fields)),
        _part("text/html", encoding, html.replace(*change).format(**fields)),
    )
    headers = (
        f"From: The Navigator <navigator@example.org>\r\nTo: {reader.address}\r\n"
        f"Subject: {subject.replace(*change).format(**fields)}\r\n"
        f"Message-ID: <{reader.key}@example.org>\r\n"
        f"List-Id: <navigator.example.org>\r\nX-Campaign: 42\r\n"
        f"X-Campaign-Subscriber: {reader.id}\r\n"
        f"List-Unsubscribe: <{unsubscribe.format(**fields)}>\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n'
    )
    between = f"\r\n--{boundary}\r\n"
    body = between + between.join(parts) + f"\r\n--{boundary}--\r\n"
    return Mail(
        sender=f"bounce-{reader.id}@example.org",
        recipients=(reader.address,),
        data=f"{headers}{body}".encode(),
    )


def _part(kind: str, encoding: str, text: str) -> str:
    raw = text.replace("\n", "\r\n").encode()
    encoded = base64.encodebytes(raw) if encoding == "base64" else quopri.encodestring(raw)
    lines = encoded.decode().replace("\r\n", "\n").replace("\n", "\r\n")
    return (
        f"Content-Type: {kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n{lines}"
    )
