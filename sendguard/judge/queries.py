"""What stands behind the question mark of an address, and what of it only counts readers."""

import re
from urllib.parse import unquote

from sendguard.values import Url

_MOST_PAIRS = 200
_COUNTS = re.compile(
    r"(?:amp;)?(?:utm_?.*|mc_[ce]id|fbclid|gclid|msclkid|_hs\w+|mkt_tok|ck_subscriber_id|vero_\w+"
    r"|oly_\w+|ref|ref_src|source)",
    re.IGNORECASE,
)
_WRAPS = re.compile(r"https?(?::|%(?:25)?3a)", re.IGNORECASE)


def pairs_of(query: str) -> tuple[tuple[str, str], ...]:
    """Names and values as written, in order; what has no `=` has an empty value."""
    written = (piece.partition("=") for piece in query.split("&")[:_MOST_PAIRS] if piece)
    return tuple((name, value) for name, _, value in written)


def wraps_address(text: str) -> bool:
    """Another address stands in it, so that what is in there is rightly encoded once more."""
    return bool(_WRAPS.search(text))


def bare_address(url: Url) -> str:
    """The address for comparing: without scheme, www., tags for counting and a last stroke."""
    kept = "&".join(
        f"{name}={value}" for name, value in pairs_of(url.query) if not _COUNTS.fullmatch(name)
    )
    path = unquote(url.path).rstrip("/")
    return f"{url.host.removeprefix('www.')}{path}?{kept}".rstrip("?")
