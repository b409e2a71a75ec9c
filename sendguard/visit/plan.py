"""Which links are visited at all, and why the others are not."""

import re
from collections.abc import Iterable
from ipaddress import ip_address

from sendguard.links import Link, Role
from sendguard.links.merge_tags import has_tag
from sendguard.read import Campaign
from sendguard.values import Url
from sendguard.visit.addresses import Network, is_allowed, literal_address
from sendguard.visit.forbidden import why_not_open
from sendguard.visit.visit import Reason

_ACTING = frozenset({Role.UNSUBSCRIBE, Role.PREFERENCES})
_NOT_WEB = frozenset({Role.MAIL, Role.PHONE, Role.ANCHOR})
_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_IN_HEADER = re.compile(r"<([^<>]*)>")
_LOOPBACK = (ip_address("127.0.0.1"), ip_address("::1"))


def why_not_visit(link: Link, header_addresses: frozenset[str]) -> Reason | None:
    """Why no request is made for a link, or None when one is."""
    if has_tag(link.href):
        return Reason.PERSONAL
    if link.acts or link.role in _ACTING:
        return Reason.ACTS
    if link.role in _NOT_WEB or (link.url is None and _SCHEME.match(link.href)):
        return Reason.NOT_WEB
    if link.url is None:
        return Reason.MALFORMED
    return why_not_open(link.url, link.label, header_addresses)


def header_addresses(campaign: Campaign) -> frozenset[str]:
    """Every address of the message's `List-Unsubscribe` headers (RFC 2369, section 2)."""
    values = (value for name, value in campaign.headers if name == "list-unsubscribe")
    return frozenset(found.strip() for value in values for found in _IN_HEADER.findall(value))


def may_reach_private(url: Url, allow_private: Iterable[Network], routes: Iterable[str]) -> bool:
    """Does the operator let this address be visited although its host is not public?

    Args:
        url: The address.
        allow_private: Networks that the operator lists.
        routes: The names on the left of `visit.connect_to`.
    """
    networks = tuple(allow_private)
    literal = literal_address(url.host)
    if literal is not None and not is_allowed(literal) and is_allowed(literal, networks):
        return True
    if url.host == "localhost" and any(is_allowed(one, networks) for one in _LOOPBACK):
        return True
    return f"{url.host}:{url.port}" in set(routes)
