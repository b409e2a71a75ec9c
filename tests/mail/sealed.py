"""Newsletters that are signed or encrypted: S/MIME, PGP and DKIM."""

import base64
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache

import dkim
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7

from sendguard.gateway import Mail
from tests.mail.newsletters import composed, headers, to_one

_PGP = b'Content-Type: multipart/%s; protocol="application/pgp-%s"; boundary="p"\r\n'
_ARMOUR = b"-----BEGIN PGP %s-----\r\n\r\niQEzBAEBCAAdFiEE\r\n=aBcD\r\n-----END PGP %s-----"


@cache
def _certificate() -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    issued = trustme.CA(key_type=trustme.KeyType.RSA).issue_cert(
        "editor@navigator.example", key_type=trustme.KeyType.RSA
    )
    key = serialization.load_pem_private_key(issued.private_key_pem.bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return x509.load_pem_x509_certificate(issued.cert_chain_pems[0].bytes()), key


def _inner(subject: str) -> bytes:
    _, text, html = composed(subject)
    message = EmailMessage(policy=SMTP)
    message.set_content(text)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def _above(subject: str, below: bytes) -> Mail:
    """The headers of a newsletter on top of a body that has its own."""
    return to_one(headers(subject).encode() + b"\r\n".join(below.splitlines()) + b"\r\n")


def signed_with_smime(subject: str) -> Mail:
    """Readable, with a signature below (RFC 8551)."""
    certificate, key = _certificate()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(_inner(subject))
    options = [pkcs7.PKCS7Options.DetachedSignature]
    signed = builder.add_signer(certificate, key, hashes.SHA256()).sign(
        serialization.Encoding.SMIME, options
    )
    return _above(subject, signed)


def hidden_in_smime(subject: str) -> Mail:
    """Encrypted: nobody on the way can read it."""
    certificate, _ = _certificate()
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(_inner(subject)).add_recipient(certificate)
    return _above(subject, builder.encrypt(serialization.Encoding.SMIME, []))


def signed_with_pgp(subject: str) -> Mail:
    """Readable, with a signature below (RFC 3156); nobody here checks it."""
    lines = (
        b"MIME-Version: 1.0",
        _PGP % (b"signed", b"signature"),
        b"--p",
        _inner(subject).replace(b"MIME-Version: 1.0\r\n", b""),
        b"--p",
        b"Content-Type: application/pgp-signature\r\n",
        _ARMOUR % (b"SIGNATURE", b"SIGNATURE"),
        b"--p--",
    )
    return _above(subject, b"\r\n".join(lines))


def hidden_in_pgp(subject: str) -> Mail:
    """Encrypted (RFC 3156)."""
    lines = (
        b"MIME-Version: 1.0",
        _PGP % (b"encrypted", b"encrypted"),
        b"--p\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--p",
        b"Content-Type: application/octet-stream\r\n",
        _ARMOUR % (b"MESSAGE", b"MESSAGE"),
        b"--p--",
    )
    return _above(subject, b"\r\n".join(lines))


class Signature:
    """A DKIM key of navigator.example, which signs and verifies with dkimpy."""

    def __init__(self) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem, pkcs1 = serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL
        self.pem = key.private_bytes(pem, pkcs1, serialization.NoEncryption())
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self._record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)

    def sign(self, mail: Mail) -> Mail:
        """The same message with a signature on top."""
        header = dkim.sign(mail.data, b"spring", b"navigator.example", self.pem)
        return Mail(sender=mail.sender, recipients=mail.recipients, data=header + mail.data)

    def holds(self, data: bytes) -> bool:
        """Whether what arrived is what was signed."""
        return bool(dkim.verify(data, dnsfunc=lambda *_args, **_kw: self._record))
