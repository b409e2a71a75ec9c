"""DKIM: what dkimpy, which wrote none of it, says of our signatures."""

import base64
import contextlib
from dataclasses import replace

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from sendguard.errors import BadConfig
from sendguard.send import Edition, Letter
from sendguard.send.enclosed import Enclosed
from sendguard.send.mold import Mold
from sendguard.send.quoted_printable import unstuffed
from sendguard.send.signature import Signer
from tests.send.editions import a_delivery, a_dispatch_of, an_edition, received

RSA = generate_rsa(65537, 2048)
ED25519 = Ed25519PrivateKey.generate()
each_key = pytest.mark.parametrize("key", [RSA, ED25519], ids=["rsa", "ed25519"])
Key = RSAPrivateKey | Ed25519PrivateKey


def pem(key: Key, locked: KeySerializationEncryption | None = None) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked or NoEncryption())


def published(key: Key) -> bytes:
    """What stands in the DNS."""
    if isinstance(key, RSAPrivateKey):
        form = PublicFormat.SubjectPublicKeyInfo
        raw, kind = key.public_key().public_bytes(Encoding.DER, form), b"rsa"
    else:
        raw, kind = key.public_key().public_bytes_raw(), b"ed25519"
    return b"v=DKIM1; k=%s; p=%s" % (kind, base64.b64encode(raw))


def signed(key: Key, edition: Edition, **fields: str) -> Letter:
    signer = Signer.of(pem(key), selector="spring", domain="example.org")
    mold = Mold.of(edition, a_dispatch_of(edition, *fields), signer)
    return mold.letter(a_delivery(*fields.values()))


def is_sound(message: bytes, key: Key) -> bool:
    asked: list[bytes] = []

    def dns(name: bytes, timeout: int = 5) -> bytes:  # noqa: ARG001 - dkimpy names it
        asked.append(name)
        return published(key)

    sound = dkim.DKIM(message).verify(dnsfunc=dns)
    return bool(sound) and asked == [b"spring._domainkey.example.org."]


FULL = an_edition(
    "<p>Hello {{ name }}</p>\n.\n",
    text="..\nHello {{ name }}\n\n\n",
    subject="How to recover, {{ name }}, from a mistake that everybody got: " + "a word " * 20,
    sender="Søren, of the Navigator <navigator@example.org>",
    reply_to="desk@example.org",
    list_id="navigator.example.org",
    unsubscribe="https://example.org/leave?who={{ email }}",
)


@each_key
def test_what_is_to_be_published_is_what_receivers_look_for(key: Key) -> None:
    signer = Signer.of(pem(key), selector="spring", domain="example.org")

    assert signer.record.encode() == published(key)


@each_key
def test_a_signature_is_sound(key: Key) -> None:
    assert is_sound(unstuffed(signed(key, FULL, name="Ada").data), key)


@each_key
@pytest.mark.parametrize(
    ("written", "forged"),
    [
        (b"\nAda=", b"\nEve="),
        (b"who=ada", b"who=eve"),
        (b"One-Click", b"Two-Click"),
        (b"desk@", b"desc@"),
        (b"From: ", b"From: eve@example.org\r\nFrom: "),
    ],
)
def test_a_forgery_is_seen(key: Key, written: bytes, forged: bytes) -> None:
    message = unstuffed(signed(key, FULL, name="Ada").data)

    forgery = message.replace(written, forged)
    assert forgery != message
    with contextlib.suppress(dkim.DKIMException):
        assert not is_sound(forgery, key)


@settings(max_examples=30)
@given(text=st.text(st.characters(exclude_categories=["Cs"])), name=st.text())
def test_every_text_is_signed_soundly(text: str, name: str) -> None:
    letter = signed(ED25519, an_edition(f"<p>{text}", text=text, subject="{{ name }}"), name=name)

    assert is_sound(unstuffed(letter.data), ED25519)


def test_a_text_alone_is_signed_soundly() -> None:
    letter = signed(RSA, an_edition(None, text="Hello\n\n\n"))

    assert received(letter).get_content_type() == "text/plain"
    assert is_sound(unstuffed(letter.data), RSA)


def test_what_is_enclosed_is_signed_soundly() -> None:
    logo = Enclosed.of(bytes(range(256)), kind="image/png", name="logo.png", id="logo@newsletter")

    letter = signed(RSA, replace(FULL, enclosed=(logo,)), name="Ada")

    assert is_sound(unstuffed(letter.data), RSA)


def test_the_same_delivery_is_signed_alike_at_every_try() -> None:
    assert signed(RSA, FULL, name="Ada") == signed(RSA, FULL, name="Ada")


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "no private key"),
        (b"-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----\n", "no private key"),
        (pem(RSA, BestAvailableEncryption(b"secret")), "asks for a password"),
        (pem(generate_private_key(SECP256R1())), "RSA or Ed25519"),  # type: ignore[arg-type]
    ],
)
def test_a_file_that_is_no_key_is_told(file: bytes, says: str) -> None:
    with pytest.raises(BadConfig, match=says):
        Signer.of(file, selector="spring", domain="example.org")
