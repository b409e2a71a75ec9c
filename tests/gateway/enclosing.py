"""Copies of a campaign with pictures and files in them, as programs enclose them."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from sendguard.gateway import Mail

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
FILE = b"%PDF-1.7\n" + bytes(range(256))


def with_picture(copy: Mail, name: str = "logo@example.org") -> Mail:
    """The copy with a picture in its HTML (`multipart/related`), called by that name."""
    message = _opened(copy)
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage)
    shown = f'<img src="cid:{name}" alt="A ship"></body>'
    html.set_content(html.get_content().replace("</body>", shown), subtype="html")
    html.add_related(PICTURE, "image", "png", cid=f"<{name}>", filename="logo.png")
    return _closed(copy, message)


def with_file(copy: Mail, name: str = "Agenda März.pdf", content: bytes = FILE) -> Mail:
    """The copy with a file beside it."""
    message = _opened(copy)
    message.add_attachment(content, "application", "pdf", filename=name)
    return _closed(copy, message)


def as_outlook(copy: Mail) -> Mail:
    """The copy with a picture beside all of its bodies, not in the HTML alone."""
    inner = _opened(with_picture(copy))
    *_, text, _, html, picture = inner.walk()
    whole, bodies = EmailMessage(policy=SMTP), EmailMessage(policy=SMTP)
    for name in ("From", "To", "Subject"):
        whole[name] = inner[name]
    bodies["Content-Type"] = "multipart/alternative"
    whole["Content-Type"] = 'multipart/related; type="multipart/alternative"'
    for one in (text, html):
        bodies.attach(one)
    for one in (bodies, picture):
        whole.attach(one)
    return _closed(copy, whole)


def _opened(copy: Mail) -> EmailMessage:
    message = message_from_bytes(copy.data, _class=EmailMessage, policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def _closed(copy: Mail, message: EmailMessage) -> Mail:
    return replace(copy, data=message.as_bytes())
