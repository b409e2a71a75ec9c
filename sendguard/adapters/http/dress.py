"""As whom a server is asked: by our own name, or as a browser asks."""

from collections.abc import Mapping
from functools import cache

from sendguard.adapters.release import release


def own_headers(user_agent: str | None) -> Mapping[str, str]:
    """What every first request says; `user_agent` in place of our own name where one is given."""
    return {
        "User-Agent": user_agent or _own_user_agent(),
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "en;q=0.8,*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }


@cache
def browser_headers() -> Mapping[str, str]:
    """What Firefox sends, with our name behind its own: the site's log still tells who came."""
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    return {
        "User-Agent": f"{firefox} SendGuard/{release()}",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "en-US,en;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Upgrade-Insecure-Requests": "1",
        "Sec-Fetch-Dest": "document",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Site": "none",
        "Sec-Fetch-User": "?1",
    }


def _own_user_agent() -> str:
    # The first word is what many servers want to see in anyone.
    return f"Mozilla/5.0 (compatible; SendGuard/{release()}; +newsletter link check)"
