"""Addresses as the stand-in web knows them, and the words that stand in them."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

import httpx

_WORDS = re.compile(r"[^\W_]+", re.UNICODE)
_TELLING = 3


def key(address: str) -> str:
    """Host and path, as a server is asked for them; empty for what is no web address."""
    url = _parsed(address)
    if url is None:
        return ""
    return url.raw_host.decode("ascii").lower() + url.raw_path.decode("ascii")


def fragment(address: str) -> str:
    """What stands behind the `#`, as the page spells it."""
    return unquote(address.partition("#")[2])


def ports(addresses: Iterable[str]) -> frozenset[tuple[str, int]]:
    """The ports that the addresses name themselves, each with its scheme."""
    urls = (_parsed(address) for address in addresses)
    return frozenset((url.scheme, url.port) for url in urls if url and url.port)


def slug_words(address: str) -> tuple[str, ...]:
    """The words of the last steps of the path; more steps where the last says little."""
    url = _parsed(address)
    if url is None:
        return ()
    found: tuple[str, ...] = ()
    steps = [step for step in unquote(f"{url.path}/{url.query.decode()}").split("/") if step]
    for step in reversed(steps):
        found = (*_WORDS.findall(re.sub(r"\.(html?|php|md|aspx?)$", "", step)), *found)
        if sum(word.isalpha() for word in found) >= _TELLING:
            break
    return found


def site_name(address: str) -> str:
    """What a site calls itself, more or less: its host's own name."""
    url = _parsed(address)
    labels = url.host.removeprefix("www.").split(".") if url else [""]
    return labels[-2].capitalize() if len(labels) > 1 else labels[0]


def _parsed(address: str) -> httpx.URL | None:
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError, UnicodeError):
        return None
    return url if url.scheme in {"http", "https"} and url.host else None
