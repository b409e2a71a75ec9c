"""The signature by which receivers know that a domain answers for a message (DKIM)."""

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from sendguard.errors import BadConfig

SMALLEST_KEY = 1024
"""Bits of an RSA key that receivers still take (RFC 8301, section 3.2)."""

SIGNED = (
    *("from", "to", "subject", "date", "message-id", "reply-to", "in-reply-to", "references"),
    *("list-id", "list-unsubscribe", "list-unsubscribe-post", "mime-version", "content-type"),
    "content-transfer-encoding",
)
"""RFC 8058 wants both headers of unsubscribing among them."""

_FOLD = re.compile(rb"\r\n(?=[ \t])")
_BLANKS = re.compile(rb"[ \t]+")
_WIDTH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs with one key; see `Signer.of`."""

    key: RSAPrivateKey | Ed25519PrivateKey
    selector: str
    domain: str

    @classmethod
    def of(cls, pem: bytes, *, selector: str, domain: str) -> "Signer":
        """A signer with the key in a PEM file.

        Raises:
            BadConfig: It is no key, or none that receivers take.
        """
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise BadConfig(
                "`mail.dkim_key`: there is no private key in PEM, or it asks for a password"
            ) from None
        if isinstance(key, RSAPrivateKey) and key.key_size < SMALLEST_KEY:
            raise BadConfig(f"`mail.dkim_key`: receivers take no key of {key.key_size} bits")
        if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
            raise BadConfig("`mail.dkim_key`: expected a key of the kind RSA or Ed25519")
        return cls(key=key, selector=selector, domain=domain)

    @property
    def record(self) -> str:
        """The text of the TXT record at SELECTOR._domainkey.DOMAIN that tells the public key.

        Source:
            RFC 6376, section 3.6.1; RFC 8463, section 4.
        """
        public = self.key.public_key()
        if isinstance(public, RSAPublicKey):
            kind, form = "rsa", PublicFormat.SubjectPublicKeyInfo
            raw = public.public_bytes(Encoding.DER, form)
        else:
            kind, raw = "ed25519", public.public_bytes_raw()
        return f"v=DKIM1; k={kind}; p={b64encode(raw).decode('ascii')}"

    def sign(self, headers: bytes, body: bytes) -> bytes:
        """The whole DKIM-Signature header, with its end: the same at every try.

        It does not say when it was made: a clock that is ahead would void it.

        Args:
            headers: All of them, each with its end.
            body: Not stuffed.

        Source:
            RFC 6376, sections 3.4.2, 3.4.3 and 3.7; RFC 8463 (Ed25519).
        """
        found = dict(_relaxed(line) for line in _FOLD.sub(b"", headers).splitlines())
        # Twice, so that nobody can put another one in.
        names = ["from", *(name for name in SIGNED if name.encode() in found)]
        head = self._tags(names, body)
        told = [found[name.encode()] for name in names[1:]]
        own = b"dkim-signature:" + _blank(_FOLD.sub(b"", head).partition(b":")[2])
        return head + _folded(self._signature(b"\r\n".join([*told, own]))) + b"\r\n"

    def _tags(self, names: list[str], body: bytes) -> bytes:
        kind = "rsa" if isinstance(self.key, RSAPrivateKey) else "ed25519"
        digest = hashlib.sha256(body.rstrip(b"\r\n") + b"\r\n").digest()
        lines = (
            f"DKIM-Signature: v=1; a={kind}-sha256; c=relaxed/simple;",
            f"d={self.domain}; s={self.selector};",
            f"h={':'.join(names[:6])}",
            *(f":{':'.join(names[at : at + 4])}" for at in range(6, len(names), 4)),
            f"; bh={b64encode(digest).decode('ascii')}; b=",
        )
        return "\r\n ".join(lines).encode("ascii")

    def _signature(self, told: bytes) -> bytes:
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(told, PKCS1v15(), SHA256())
        return self.key.sign(hashlib.sha256(told).digest())


def _relaxed(line: bytes) -> tuple[bytes, bytes]:
    """A header's name, and the header as it is signed."""
    name, _, value = line.partition(b":")
    lower = name.strip().lower()
    return lower, lower + b":" + _blank(value)


def _blank(value: bytes) -> bytes:
    return _BLANKS.sub(b" ", value).strip(b" ")


def _folded(signature: bytes) -> bytes:
    text = b64encode(signature)
    return b"".join(b"\r\n " + text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH))
