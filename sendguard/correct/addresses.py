"""The two addresses of a repair: what makes two of them one, and what the right one takes over."""

import re
from functools import reduce
from urllib.parse import urlsplit

from sendguard.errors import WrongUsage
from sendguard.judge.queries import bare_address
from sendguard.judge.quote import plain, quoted
from sendguard.links import Link
from sendguard.links.find import TRACKED
from sendguard.links.merge_tags import broken_tag_in, tags_in
from sendguard.values import Url

# What stood there in one reader's copy: who wrote it knows what it tells, and to whom.
OF_A_COPY = re.compile(r"\{\{part_[0-9]{1,4}\}\}")
"""A field for what was one reader's own in a newsletter that another program sent."""

_STANDARD_PORTS = {80, 443}


def page_of(link: Link) -> str:
    """What links have in common that lead to one place: all but what only counts readers."""
    return _page_at(link.url) if link.url else page_at(link.href)


def page_at(address: str) -> str:
    """The same for an address as it is written."""
    url = Url.parse(_filled(address))
    return _page_at(url) if url else address.strip()


def leads_somewhere(link: Link) -> bool:
    """Is there an address at all, so that others can have the same?"""
    return link.href.strip() not in {"", "#"}


def _page_at(url: Url) -> str:
    port = "" if url.port in _STANDARD_PORTS else f":{url.port}"
    return f"{bare_address(url)}{port}{'#' if url.fragment else ''}{url.fragment}"


def right_address(text: str) -> str:
    """The address to put in, without space around it; it may hold merge fields.

    Raises:
        WrongUsage: It is no whole web address.
    """
    address = text.strip()
    url = Url.parse(_filled(address))
    if url is None:
        raise WrongUsage(
            f"{quoted(address)} is no web address: write the right one whole, from https:// on"
        )
    if names_user(url):
        raise WrongUsage(
            f"the address at {plain(url.host, limit=200)} holds a user name or a password, which "
            "every reader would get: write it without"
        )
    return address


def names_user(url: Url) -> bool:
    """Does somebody's user name, and a password perhaps, stand before its host?"""
    return "@" in urlsplit(url.text).netloc


def _filled(address: str) -> str:
    """The address with something in the place of its merge fields."""
    return reduce(lambda whole, tag: whole.replace(tag, "x"), tags_in(address), address)


def carrying(wrong: str, right: str) -> str:
    """The right address with the wrong one's `utm_` tags and merge fields.

    They tell which newsletter, and which reader, a visit came from; that has not changed. An
    address that has a query of its own is left as it is.
    """
    page, mark, fragment = right.partition("#")
    bare = wrong.removesuffix(TRACKED)
    query = bare.partition("#")[0].partition("?")[2]
    kept = "&".join(piece for piece in query.split("&") if _is_kept(piece))
    whole = f"{page}?{kept}{mark}{fragment}" if kept and "?" not in page else right
    return f"{whole}{TRACKED}" if bare != wrong else whole


def _is_kept(piece: str) -> bool:
    if OF_A_COPY.search(piece):
        return False
    wanted = piece.lower().startswith("utm_") or bool(tags_in(piece))
    return wanted and broken_tag_in(piece) is None
