from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.visit.addresses import is_allowed, is_local_name, literal_address

PRIVATE = [
    *(
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.0.9",
        "169.254.169.254",
    ),
    *("172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1"),
    *("198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1"),
    *("255.255.255.255", "168.63.129.16"),
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "100.63.0.1", "100.128.0.1", "172.32.0.1", "192.169.0.1"]
PRIVATE_V6 = [
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1"),
    *("2001:db8::1", "100::1", "64:ff9b:1::8.8.8.8", "2001::1", "3fff::1", "5f00::1"),
]
V4 = st.sampled_from(PRIVATE).map(IPv4Address)


@pytest.mark.parametrize("address", [*PRIVATE, *PRIVATE_V6])
def test_what_is_not_public_is_not_allowed(address: str) -> None:
    assert not is_allowed(ip_address(address))


@pytest.mark.parametrize("address", [*PUBLIC, "2606:4700::1111", "::ffff:8.8.8.8"])
def test_what_is_public_is_allowed(address: str) -> None:
    assert is_allowed(ip_address(address))


def embedded(address: IPv4Address) -> list[IPv6Address]:
    number = int(address)
    return [
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(number),
        IPv6Address(int(IPv6Address("64:ff9b::")) | number),
        IPv6Address(int(IPv6Address("64:ff9b:1::")) | number),
        IPv6Address(0x2002 << 112 | number << 80),
        IPv6Address(0x20010000 << 96 | (number ^ 0xFFFFFFFF)),
    ]


@given(V4)
def test_no_address_becomes_public_inside_another(address: IPv4Address) -> None:
    assert not any(is_allowed(spelt) for spelt in embedded(address))


@given(st.ip_addresses(), st.lists(st.ip_addresses(v=4).map(ip_network)))
def test_no_address_is_too_odd_to_be_decided(
    address: IPv4Address | IPv6Address, networks: list[object]
) -> None:
    assert is_allowed(address, networks) in {True, False}  # type: ignore[arg-type]


def test_a_network_that_the_operator_lists_is_allowed_and_no_other() -> None:
    networks = [ip_network("127.0.0.0/8")]

    assert is_allowed(ip_address("127.0.0.9"), networks)
    assert is_allowed(ip_address("::ffff:127.0.0.9"), networks)
    assert not is_allowed(ip_address("10.0.0.1"), networks)
    assert not is_allowed(ip_address("::1"), networks)


@pytest.mark.parametrize("address", ["::1", "::", "fd12::1"])
def test_an_address_of_ipv6_is_allowed_by_its_own_network(address: str) -> None:
    assert is_allowed(ip_address(address), [ip_network(address)])


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "0x7F000001", "127.0.0.1."],
)
def test_every_spelling_of_an_address_is_read(host: str) -> None:
    assert literal_address(host) == IPv4Address("127.0.0.1")


@pytest.mark.parametrize(
    "host", ["", "example.org", "1.2.3.4.5", "256.1.1.1", "1.2.3.4.example", "08.1", "4294967296"]
)
def test_a_name_is_no_address(host: str) -> None:
    assert literal_address(host) is None


@given(st.text())
def test_no_host_is_too_odd_to_be_read(host: str) -> None:
    address = literal_address(host)

    assert address is None or address.version in {4, 6}


@pytest.mark.parametrize(
    "host",
    ["intranet", "ip6-localhost", "nas.local", "NAS.Local.", "localhost.localdomain", "a.home.arpa",
     "metadata.google.internal", "wiki.corp"],
)  # fmt: skip
def test_a_name_of_ones_own_network_is_known(host: str) -> None:
    assert is_local_name(host)


@pytest.mark.parametrize("host", ["example.org", "local.example", "xn--3-0.example", "arpa.org"])
def test_any_other_name_is_one_of_the_internet(host: str) -> None:
    assert not is_local_name(host)
