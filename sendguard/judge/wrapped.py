"""Addresses that carry another address inside, as the counters of mail platforms do."""

import re
from urllib.parse import unquote, urlsplit

from sendguard.visit.encoded import from_base64

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
    coded = (from_base64(token) or "" for token in _TOKEN.findall(behind)[:_MOST_TOKENS])
    return any(host in text.lower() for text in (*plain, *coded))
