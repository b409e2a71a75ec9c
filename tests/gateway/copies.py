<<<<<<< HEAD
"""Copies of one campaign, each for a reader of its own."""

import html
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from sendguard.gateway import Mail

SITE = "https://lists.example.org"
WRONG = "https://example.org/five-ways"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody on a list, and what a list server writes into the mail for that one."""

    address: str
    name: str
    token: str

    @property
    def own(self) -> tuple[str, ...]:
        """What nobody else may read."""
        return self.address, self.name, self.token


def a_recipient(number: int) -> Recipient:
    return Recipient(
        address=f"reader{number}@example.net",
        name=f"Name{number}",
        token=f"8d3f1c7a-{number:04}-4e2b-9a55-0c1d2e3f4a5b",
    )


def a_copy_for(reader: Recipient, *, encoding: str = "quoted-printable", link: str = WRONG) -> Mail:
    """The message that a list server makes for one reader."""
    message = EmailMessage()
    message["Subject"] = f"{reader.name}, how to recover from a mistake"
    message["From"] = "The Navigator <navigator@example.org>"
    message["To"] = f'"{reader.name}" <{reader.address}>'
    message["List-Id"] = "The Navigator <navigator.example.org>"
    message["List-Unsubscribe"] = f"<mailto:off@example.org>, <{SITE}/off/{reader.token}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Message-ID"] = f"<{reader.address.partition('@')[0]}@lists.example.org>"
    message.set_content(_text(reader, link), cte=encoding)
    message.add_alternative(_html(reader, link), subtype="html", cte=encoding)
    data = message.as_bytes(policy=SMTP)
    return Mail(sender="bounce@example.org", recipients=(reader.address,), data=data)


def _text(reader: Recipient, link: str) -> str:
    return (
        f"Dear {reader.name},\n\nSchrodinger's Proposals\nRead article: {link}\n\n"
        f"In your browser: {SITE}/web/{reader.token}\nUnsubscribe: {SITE}/off/{reader.token}\n"
    )


def _html(reader: Recipient, link: str) -> str:
    name, token = html.escape(reader.name), html.escape(reader.token)
    who = html.escape(quote(reader.address))
    return f"""<html lang="en"><body><p>Dear <b>{name}</b>, here is the Navigator.</p>
<h2>Schrodinger's Proposals</h2><p><a href="{link}">Read article</a></p>
<p><a href="{SITE}/link/7/{token}?e={who}">The archive</a> <a href='{SITE}/web/{token}'>Browser</a>
<a href={SITE}/off/{who}>Unsubscribe</a> as {html.escape(reader.address)}</p>
<img src="{SITE}/c/{token}/px.png" width="1" height="1" alt=""></body></html>
"""
=======
"""Copies of one newsletter, each with its reader's own name, address and tokens in it."""

import base64
import hashlib
import quopri
from dataclasses import dataclass

from sendguard.gateway import Mail


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
<a href="https://news.example.org/c/{token}/1?to=https%3A%2F%2Fexample.org%2Fa">More</a>
<a href="https://news.example.org/r/aHR0cHM6Ly9leGFtcGxlLm9yZy9hLzE/{token}">Second story</a>
<a href="https://youtu.be/dQw4w9WgXcQ">Watch</a>
<img src="https://example.org/picture.png" alt="A ship" style="width:{points}px">
<p>You have <b>{points}</b> points, {name}.</p>
<a href="https://news.example.org/u/{id}/unsubscribe?e={hash}">Unsubscribe</a>
<a href="https://news.example.org/r/{id}/web">In the browser</a>
<img src="https://news.example.org/open/{token}.gif" width="1" height="1" alt="">
</body></html>
"""
TEXT = """\
Dear {first}, here is what we found out about ways to lose a sale this week.

Five ways to lose a sale
https://example.org/story-1?issue=42#comments

Unsubscribe: https://news.example.org/u/{id}/unsubscribe
"""


def a_copy(
    reader: Reader,
    *,
    encoding: str = "quoted-printable",
    change: tuple[str, str] = ("", ""),
    subject: str = "The Navigator 42",
    html: str = HTML,
) -> Mail:
    """What a newsletter program sends to one reader."""
    fields = {
        "first": reader.name.split()[0],
        "name": reader.name,
        "token": reader.key,
        "id": reader.id,
        "points": reader.points,
        "hash": hashlib.sha256(reader.address.encode()).hexdigest(),
    }
    boundary = f"=_{fields['hash'][:16]}"
    parts = (
        _part("text/plain", encoding, TEXT.format(**fields)),
        _part("text/html", encoding, html.replace(*change).format(**fields)),
    )
    headers = (
        f"From: The Navigator <navigator@example.org>\r\nTo: {reader.address}\r\n"
        f"Subject: {subject.format(**fields)}\r\nMessage-ID: <{reader.key}@example.org>\r\n"
        f"List-Id: <navigator.example.org>\r\nX-Campaign: 42\r\n"
        f"X-Campaign-Subscriber: {reader.id}\r\n"
        f"List-Unsubscribe: <https://news.example.org/u/{reader.id}/unsubscribe>\r\n"
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
>>>>>>> 0fc2261 (Recognise the copies of one campaign)
