"""Which links are visited at all, and why the others are not."""

import re
from collections.abc import Iterable
from ipaddress import ip_address

from sendguard.links import Link, Role
from sendguard.links.merge_tags import has_tag
from sendguard.values import Url
from sendguard.visit.addresses import Network, is_allowed, literal_address
from sendguard.visit.counters import counter
from sendguard.visit.forbidden import why_not_open
from sendguard.visit.mailing import Mailing
from sendguard.visit.unwrap import instead_of
from sendguard.visit.visit import Reason

_ACTING = frozenset({Role.UNSUBSCRIBE, Role.PREFERENCES})
_NOT_WEB = frozenset({Role.MAIL, Role.PHONE, Role.ANCHOR})
_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_OF_COUNTERS = re.compile(
    r"(?:/(?:[a-z]|clicks?|track|tracking|open|redirect|link|out|view|web|goto)(?:\.php)?)+/?",
    re.IGNORECASE,
)
_LOOPBACK = (ip_address("127.0.0.1"), ip_address("::1"))


def why_not_visit(link: Link, mailing: Mailing) -> Reason | None:
    """Why no request is made for a link, or None when one is."""
    if has_tag(link.href):
        return Reason.PERSONAL
    if link.acts or link.role in _ACTING:
        return Reason.ACTS
    if link.role in _NOT_WEB or (link.url is None and _SCHEME.match(link.href)):
        return Reason.NOT_WEB
    if link.url is None:
        return Reason.MALFORMED
    reason = why_not_open(link.url, link.label, mailing.header_addresses)
    is_readers = _is_one_readers(link.url, mailing) or _is_cut_to_nothing(link, mailing)
    return reason or (Reason.PERSONAL if is_readers else None)


def _is_one_readers(url: Url, mailing: Mailing) -> bool:
    """What would be asked is the address of the reader whom a sent message went to."""
    asked = instead_of(url) or url
    return mailing.was_sent and (counter(asked) is not None or mailing.names_reader(asked))


def _is_cut_to_nothing(link: Link, mailing: Mailing) -> bool:
    """Of `/t?u=3f9a2c71`, without what is the reader's, nothing is left that leads anywhere."""
    if mailing.known is None or link.url is None:
        return False
    is_cut = "?" in link.href and "?" not in link.url.text
    return is_cut and bool(_OF_COUNTERS.fullmatch(link.url.path))


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
