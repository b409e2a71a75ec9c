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


def a_copy_for(
    reader: Recipient,
    *,
    encoding: str = "quoted-printable",
    link: str = WRONG,
    has_html: bool = True,
) -> Mail:
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
    if has_html:
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
