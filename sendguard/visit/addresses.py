"""Which IP addresses a newsletter may send us to: public ones, in whatever way they are spelt."""

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias
from unicodedata import normalize

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network


def is_allowed(address: Address, allow_private: Iterable[Network] = ()) -> bool:
    """True when `address`, and every address hidden in it, is public or is allowed by name.

    Args:
        address: Where a connection would be made.
        allow_private: Networks that the operator lists; an IPv4 network also allows the
            IPv6 spellings of its addresses.

    Source:
        IANA's special-purpose address registries (RFC 6890); RFC 6052 and 8215 (NAT64),
        RFC 3056 (6to4), RFC 4380 (Teredo).
    """
    networks = tuple(allow_private)
    return all(
        _is_public(spelt) or any(_holds(network, spelt) for network in networks)
        for spelt in _spellings(address)
    )


def literal_address(host: str) -> Address | None:
    """The IP address that a host name spells by itself, or None when it is a name.

    Understands what browsers and resolvers do: `127.1`, `0x7f.0.0.1`, `2130706433`,
    `0177.0.0.1`, digits of full width, IPv6 with or without brackets and zone.

    Source:
        WHATWG URL, "IPv4 parser"; inet_aton(3).
    """
    bare = normalize("NFKC", host).strip("[]").rstrip(".").partition("%")[0]
    try:
        return ip_address(bare) if ":" in bare else _classful(bare)
    except ValueError:
        return None


def is_local_name(host: str) -> bool:
    """True for a name that means something in one's own network alone: `intranet`, `nas.local`.

    Source:
        RFC 6762 (`local`), RFC 8375 (`home.arpa`), ICANN's resolutions on `internal`, `corp` and
        `home`, which are never to be given away.
    """
    labels = host.rstrip(".").lower().split(".")
    return len(labels) == 1 or labels[-1] in _LOCAL or labels[-2:] == ["home", "arpa"]


def _spellings(address: Address) -> Iterator[Address]:
    hidden = _hidden(address) if isinstance(address, IPv6Address) else None
    # A mapped address is the IPv4 address itself; the others are also addresses of their own.
    if hidden is None or address not in _MAPPED:
        yield address
    if hidden is not None:
        yield hidden


def _hidden(address: IPv6Address) -> IPv4Address | None:
    if address.is_loopback or address.is_unspecified:  # they stand among the IPv4 spellings
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if any(address in network for network in _IPV4_AT_THE_END):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _is_public(address: Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not any(_holds(network, address) for network in _NEVER_PUBLIC)
    )


def _holds(network: Network, address: Address) -> bool:
    return network.version == address.version and address in network


def _classful(host: str) -> IPv4Address:
    parts = [_number(part) for part in host.split(".")]
    *heads, tail = parts
    if len(parts) > 4 or any(head > 255 for head in heads) or tail >= 256 ** (5 - len(parts)):
        raise ValueError(host)
    return IPv4Address(tail + sum(head << 8 * (3 - at) for at, head in enumerate(heads)))


def _number(part: str) -> int:
    if part[:2].lower() == "0x":
        return int(part[2:] or "0", 16)
    if not part.isdecimal() or not part.isascii():
        raise ValueError(part)
    return int(part, 8) if part[0] == "0" else int(part)


_LOCAL = frozenset("local localhost localdomain internal intranet lan home corp".split())

_MAPPED = IPv6Network("::ffff:0:0/96")
_IPV4_AT_THE_END = (
    IPv6Network("64:ff9b::/96"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("::/96"),
    IPv6Network("::ffff:0:0:0/96"),
)
# Python's own tables differ between its releases on some of these.
_NEVER_PUBLIC: tuple[Network, ...] = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",  # what Azure tells its machines about themselves
        "192.0.0.0/24",
        "192.88.99.0/24",
        "240.0.0.0/4",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
