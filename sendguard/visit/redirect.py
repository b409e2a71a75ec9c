"""Where a redirect leads, and whether it leads back. Pure text work."""

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from sendguard.values import Url
from sendguard.visit.visit import Hop

MOST_HOPS = 10
MOVED = frozenset({301, 302, 303, 307, 308})


def next_address(here: Url, location: str | None) -> Url | None:
    """The address that a Location header names, or None when it names no web address.

    A Location without a fragment keeps the fragment of the address that was asked. A user and a
    password are left out: they are sent to nobody, and nobody needs to read them.

    Args:
        here: The address that answered with the redirect.
        location: The header's value; relative, without a scheme, with spaces or letters
            that should have been encoded, it is understood as browsers understand it.

    Source:
        RFC 9110, section 10.2.2 (Location).
    """
    written = spelt_out(location or "")
    if not written:
        return None
    named = Url.parse(written, here.page)
    there = _without_login(named) if named else None
    if there is None or there.fragment or not here.fragment:
        return there
    return Url.parse(f"{there.page.text}#{here.fragment}")


def spelt_out(text: str) -> str:
    """An address as browsers take it that has spaces or letters which should have been encoded."""
    return text.strip().translate(_AS_BROWSERS_DO)


def leads_back(there: Url, hops: Iterable[Hop]) -> bool:
    """True when a server on the way was already asked for this very page."""
    wanted = _request(there)
    return any(_request(hop.url) == wanted for hop in hops)


def _without_login(url: Url) -> Url:
    place = urlsplit(url.text).netloc
    return Url(url.text.replace(place, place.rpartition("@")[2], 1)) if "@" in place else url


def _request(url: Url) -> tuple[str, str, int, str, str]:
    return (url.scheme, url.host, url.port, urlsplit(url.text).path or "/", url.query)


_AS_BROWSERS_DO = {
    **{ord(character): None for character in "\t\r\n"},
    **{ord(character): quote(character) for character in ' "<>{}|^`\0'},
    ord("\\"): "/",
}
