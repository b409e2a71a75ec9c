"""Addresses that carry another address inside, as the counters of mail platforms do."""

import base64
import binascii
import re
from urllib.parse import unquote, urlsplit

_TOKEN = re.compile(r"[A-Za-z0-9_-]{12,2000}={0,2}")
_MOST_TOKENS = 20


def carries(href: str, host: str) -> bool:
    """The name `host` stands inside the address, behind its own, plain or encoded."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    behind = f"{parts.path}?{parts.query}#{parts.fragment}"
    plain = (behind, unquote(behind), unquote(unquote(behind)))
    coded = (_decoded(token) for token in _TOKEN.findall(behind)[:_MOST_TOKENS])
    return any(host in text.lower() for text in (*plain, *coded))


def _decoded(token: str) -> str:
    padded = token.rstrip("=") + "=" * (-len(token.rstrip("=")) % 4)
    try:
        return base64.urlsafe_b64decode(padded).decode("utf-8", "replace")
    except binascii.Error:
        return ""
