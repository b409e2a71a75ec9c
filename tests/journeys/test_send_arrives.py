"""A campaign sent by the real program through a real Postfix, read back from its mailbox."""

import base64
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.journeys.sending import a_desk
from tests.mail.postfix import PASSWORD, USER, Postfix, postfix

BRIEF = """subject: "Grüße an {{ name }}: it is spring"
sender: Die Navigatorin <navigator@example.org>
reply_to: editor@example.org
"""
HTML = """<html><head><title>Spring</title></head><body><h1>Grüße, {{ name }}!</h1>
<p>
.
..a line that begins with dots
</p>
<p><a href="https://example.org/u?x={{ email }}">Unsubscribe</a></p></body></html>"""
READERS = [(f"reader{number}@example.org", f"Zoë {number}") for number in range(30)]


@pytest.fixture(scope="module")
def server() -> Iterator[Postfix]:
    with postfix() as running:
        yield running


def a_key(file: Path) -> bytes:
    """A private key in that file; the public one, as the DNS has it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    file.write_bytes(key.private_bytes(pem, pkcs8, serialization.NoEncryption()))
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def is_signed(raw: bytes, record: bytes) -> bool:
    def dns(name: bytes, timeout: int = 5) -> bytes:  # noqa: ARG001 - dkimpy names it
        assert name == b"spring._domainkey.example.org."
        return record

    return bool(dkim.verify(raw, dnsfunc=dns))


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


async def test_each_reader_gets_one_whole_signed_and_personal(
    tmp_path: Path, server: Postfix
) -> None:
    record = a_key(tmp_path / "dkim.pem")
    desk = a_desk(
        tmp_path,
        server.submission,
        readers=READERS,
        html=HTML,
        brief=BRIEF,
        smtp={
            "host": "localhost",
            "security": "starttls",
            "user": USER,
            "password": PASSWORD,
            "ca_file": str(server.ca_file),
        },
        mail={
            "unsubscribe": "https://example.org/u?x={{ email }}",
            "list_id": "navigator.example.org",
            "bounces_to": "bounces@example.org",
            "dkim_key": "dkim.pem",
            "dkim_selector": "spring",
        },
    )

    ran = await desk.send()

    assert ran.code == 0, ran
    messages = server.arrived(len(READERS))
    by_reader = {str(one["X-Original-To"]): one for one in messages}
    assert len(messages) == len(by_reader) == len(READERS)
    assert len({str(one["Message-ID"]) for one in messages}) == len(READERS)
    for address, name in READERS:
        looks_as_it_should(by_reader[address], address, name)
        assert is_signed(by_reader[address].as_bytes(), record)


def looks_as_it_should(message: EmailMessage, address: str, name: str) -> None:
    assert not message.defects
    assert message["Subject"] == f"Grüße an {name}: it is spring"
    assert message["From"] == "Die Navigatorin <navigator@example.org>"
    assert message["To"] == address
    assert message["Reply-To"] == "editor@example.org"
    assert message["Return-Path"] == "<bounces@example.org>"
    assert "navigator.example.org" in message["List-Id"]
    assert f"https://example.org/u?x={address.replace('@', '%40')}" in message["List-Unsubscribe"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert parsedate_to_datetime(message["Date"]).tzinfo
    assert message.get_content_type() == "multipart/alternative"
    assert f"<h1>Grüße, {name}!</h1>" in part(message, "html")
    assert "\n.\n..a line that begins with dots\n" in part(message, "html").replace("\r", "")
    assert name in part(message, "plain")
    assert "https://example.org/u?x=" in part(message, "plain")
