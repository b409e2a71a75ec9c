"""Newsletters as other programs send them: a copy for each reader, of every shape that mail has."""

import base64
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from sendguard.gateway import Mail

SITE = "http://navigator.example"
GOOD, BAD = f"{SITE}/42/proposals", f"{SITE}/41/five-ways"
SENDER = "bounces@navigator.example"
_HTML = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{subject}</title></head>
<body><table width="600"><tr><td>
<p>Good morning, {name}.</p>
<h2><a href="{link}?mc_eid={token}">Schrodinger's Proposals</a></h2>
<p>Until the client opens it, a proposal is both accepted and rejected.</p>
<a href="{link}?mc_eid={token}">Read article</a>
<h2>The Meeting That Could Have Been a Walk</h2>
<p>Forty minutes, two people, no slides.{more}</p>
<a href="{site}/42/walk">Take the walk</a>
<p><a href="{site}/leave?who={token}">Unsubscribe</a></p>
</td></tr></table></body></html>
"""
_TEXT = """Good morning, {name}.

Schrodinger's Proposals
Until the client opens it, a proposal is both accepted and rejected.
Read article: {link}?mc_eid={token}

The Meeting That Could Have Been a Walk
Take the walk: {site}/42/walk

Unsubscribe: {site}/leave?who={token}
"""
_HEADERS = (
    "From: The Navigator <editor@navigator.example>\r\nTo: {name} <{address}>\r\n"
    "Subject: {subject}\r\nDate: Sun, 22 Nov 2026 08:00:00 +0000\r\n"
    "Message-ID: <{token}@navigator.example>\r\n"
)
_LISTS = (
    "List-Id: <{series}.navigator.example>\r\nList-Unsubscribe: <https://navigator.example/leave?who={token}>\r\n"
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
)
_HTML_ONLY = (
    'MIME-Version: 1.0\r\nContent-Type: text/html; charset="utf-8"\r\n'
    "Content-Transfer-Encoding: 8bit\r\n\r\n"
)


def a_newsletter(  # noqa: PLR0913 - a builder takes what its value has
    subject: str,
    number: int = 1,
    *,
    link: str = GOOD,
    more: str = "",
    own: str = "",
    is_bulk: bool = True,
) -> Mail:
    """One reader's copy, in HTML alone.

    Args:
        subject: Tells campaigns apart; each is of a series of its own, or the links of one would
            be those of the issue before.
        number: Of the reader: his name, address and tokens are his own.
        link: What `Read article` opens, before the reader's own token.
        more: Words that stand in the text.
        own: Whole lines that stand before the subject.
        is_bulk: Whether it has the headers of a list.
    """
    words = _words(subject, number, link, more)
    lists = _LISTS.format(**words) if is_bulk else ""
    top = own + _HEADERS.format(**words) + lists + _HTML_ONLY
    data = (top + _HTML.format(**words).replace("\n", "\r\n")).encode()
    return Mail(sender=SENDER, recipients=(words["address"],), data=data)


def copies(subject: str, count: int, *, link: str = GOOD) -> Iterator[Mail]:
    """A copy for each of so many readers."""
    return (a_newsletter(subject, number, link=link) for number in range(count))


def _words(subject: str, number: int, link: str = GOOD, more: str = "") -> dict[str, str]:
    return {
        "subject": subject,
        "name": f"{('Ada', 'Bob', 'Zoé', 'Dee')[number % 4]} {chr(65 + number % 26)}. Reader",
        "address": f"reader{number}@inbox{number % 7}.example",
        "token": sha256(f"{subject} {number}".encode()).hexdigest()[:20],
        "series": sha256(subject.encode()).hexdigest()[:8],
        "link": link,
        "site": SITE,
        "more": more,
    }


def headers(subject: str) -> str:
    """All of the first reader's copy that do not tell what its body is."""
    return (_HEADERS + _LISTS).format(**_words(subject, 1))


def composed(subject: str) -> tuple[EmailMessage, str, str]:
    """Headers alone, and what stands below them as text and as HTML."""
    words = _words(subject, 1)
    message = EmailMessage(policy=SMTP)
    for line in headers(subject).splitlines():
        name, _, value = line.partition(": ")
        message[name] = value
    return message, _TEXT.format(**words), _HTML.format(**words)


def to_one(data: bytes, *, is_8bit: bool = False) -> Mail:
    """A message to the first reader."""
    return Mail(sender=SENDER, recipients=("reader1@inbox1.example",), data=data, is_8bit=is_8bit)


def multipart(subject: str) -> Mail:
    """Text, and HTML in quoted-printable."""
    message, text, html = composed(subject)
    message.set_content(text)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return to_one(message.as_bytes())


def in_eight_bits(subject: str) -> Mail:
    """Letters beyond ASCII as they are, in an older encoding."""
    mail = a_newsletter(subject, more=" Grüße aus Köln.")
    data = mail.data.decode().replace("utf-8", "iso-8859-1").encode("iso-8859-1")
    return to_one(data, is_8bit=True)


def with_dots(subject: str) -> Mail:
    """Lines that begin with dots, and are nothing but one."""
    return a_newsletter(subject, more="\n.\n..\n...and more\n.")


def with_lines_of(octets: int) -> Callable[[str], Mail]:
    """One line is so long."""

    def made(subject: str) -> Mail:
        return a_newsletter(subject, more=f"\n<!-- {'x' * (octets - 9)} -->\n")

    return made


def with_attachment(size: int) -> Callable[[str], Mail]:
    """With a PDF of so many octets."""

    def made(subject: str) -> Mail:
        mail = multipart(subject)
        head, _, _ = mail.data.partition(b"MIME-Version")
        inner = mail.data[len(head) :].partition(b"\r\n")[2]
        file = base64.encodebytes(sha256(subject.encode()).digest() * (size // 32))
        lines = (
            head + b"MIME-Version: 1.0",
            b'Content-Type: multipart/mixed; boundary="outer"\r\n',
            b"--outer",
            inner.rstrip(b"\r\n"),
            b"--outer",
            b'Content-Type: application/pdf; name="map.pdf"',
            b"Content-Transfer-Encoding: base64\r\n",
            file.replace(b"\n", b"\r\n") + b"--outer--\r\n",
        )
        return to_one(b"\r\n".join(lines))

    return made


def without_html(subject: str) -> Mail:
    """Nothing but plain text."""
    message, text, _ = composed(subject)
    message.set_content(text)
    return to_one(message.as_bytes())
