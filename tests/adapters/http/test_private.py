"""However a private address is written, nothing is sent to it: seen at the sockets themselves."""

import asyncio
import socket
from collections.abc import Iterable, Mapping

import pytest

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.adapters.http.guard import look_up_here
from sendguard.values import Url
from sendguard.visit import Outcome
from tests.adapters.http.visiting import in_short, settings
from tests.servers import moved, site
from tests.sockets import attempts, listener, own_address

LOOPBACK = """127.0.0.1 127.1 127.0.1 2130706433 0x7f.1 0x7f000001 0x7F.0x0.0x0.0x1 0x7f.0.0.1
    017700000001 0177.0.0.1 0177.0.0.01 00000177.0.0.1 127.000.000.001 127.0.0.1. 127.1.
    127.255.255.254 １２７.0.0.1 ①②⑦.0.0.1 127。0。0。1 127｡0｡0｡1 0 00 0x0 0.0.0.0 0.0
    [::1] [0:0:0:0:0:0:0:1] [0000::0001] [::] [::%lo] [::1%lo] [::ffff:127.0.0.1] [::ffff:7f00:1]
    [0:0:0:0:0:ffff:127.0.0.1] [::ffff:0:127.0.0.1] [::127.0.0.1] [::7f00:1] [64:ff9b::127.0.0.1]
    [64:ff9b::7f00:1] [64:ff9b:1::127.0.0.1] [2002:7f00:1::] [2002:7f00:0001::1]
    [2001::80ff:fffe] [2001:0:4136:e378:8000:63bf:80ff:fffe]
    localhost LOCALHOST localhost. ｌocalhost ip6-localhost 127%2e0%2e0%2e1 %31%32%37.0.0.1"""
PRIVATE = """10.0.0.1 10.1 0xa.1 167772161 012.0.0.1 172.16.0.1 172.31.255.255 0xac100001
    192.168.1.1 192.168.257 0300.0250.1.1 3232235777 [::ffff:10.0.0.1] [64:ff9b::10.0.0.1]
    [2002:a00:1::] [fc00::1] [fd12:3456::1] [fec0::1]"""
LINK_LOCAL = """169.254.1.1 169.254.169.254 2852039166 0xa9fea9fe 0xA9.0xFE.0xA9.0xFE 169.254.43518
    0251.0376.0251.0376 [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [64:ff9b::169.254.169.254]
    [2002:a9fe:a9fe::] [fe80::1] [fe80::1%lo] [fe80::1%25lo] [fd00:ec2::254]"""
SPECIAL = """100.64.0.1 100.100.100.200 100.127.255.255 168.63.129.16 192.0.0.192 192.0.2.1
    198.18.0.1 198.51.100.1 203.0.113.1 192.88.99.1 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255 [ff02::1] [ff05::1:3] [2001:db8::1] [100::1] [3fff::1] [5f00::1] [2001::1]"""
NAMES = {
    "metadata.google.internal": ["169.254.169.254", "fd20:ce::254"],
    "instance-data.ec2.internal": ["169.254.169.254"],
    "loopback.example": ["127.0.0.1", "::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "translated.example": ["64:ff9b::7f00:1"],
    "home.example": ["192.168.1.1", "10.0.0.1"],
    "nowhere.example": ["0.0.0.0", "::"],
    "zoned.example": ["fe80::1%lo"],
    "good.example": [],
    "good.example.": [],
}
TRICKS = (
    *("http://good.example@127.0.0.1:{port}/", "http://good.example:80@127.0.0.1:{port}/"),
    *("http://a@b@127.0.0.1:{port}/", "http://127.0.0.1:{port}@127.0.0.1:{port}/"),
    *("http://127.0.0.1:{port}\\@good.example/", "http://good.example\\@127.0.0.1:{port}/"),
    *("http://127.0.0.1:{port}#@good.example/", "http://good.example#@127.0.0.1:{port}/"),
    *("http://127.0.0.1:{port}?@good.example/", "http://good.example?@127.0.0.1:{port}/"),
    *("http://good.example%2f@127.0.0.1:{port}/", "http://good.example%00@127.0.0.1:{port}/"),
    *("http://127.0.0.1:{port};good.example/", "http://127.0.0.1%20@good.example/"),
    *("http:127.0.0.1:{port}/", "http:/127.0.0.1:{port}/", "http:///127.0.0.1:{port}/"),
    *("http:\\\\127.0.0.1:{port}\\", "\\\\127.0.0.1:{port}/", "//127.0.0.1:{port}/"),
    *("http://[::1]@good.example/", "http://[::ffff:127.0.0.1%@good.example]:{port}/"),
    *("hTTp://127.0.0.1:{port}/", "\thttp://127.0.0.1:{port}/", "http://127.0.\t0.1:{port}/"),
    *("https://127.0.0.1:{port}/", "https://good.example@[::1]:{port}/"),
    *("ftp://127.0.0.1:{port}/", "gopher://127.0.0.1:{port}/_GET", "file://127.0.0.1/etc/passwd"),
    *("ws://127.0.0.1:{port}/", "dict://127.0.0.1:{port}/", "data:text/html,x", "javascript:x()"),
)
HOSTS = [
    pytest.param(hosts.split(), id=name)
    for name, hosts in {
        "loopback": LOOPBACK,
        "private": PRIVATE,
        "link-local": LINK_LOCAL,
        "special": SPECIAL,
        "names": " ".join([*NAMES, socket.gethostname()]),
        "own": own_address(),
    }.items()
]
each_kind = pytest.mark.parametrize("hosts", HOSTS)


def look_up(host: str, family: socket.AddressFamily) -> Iterable[str]:
    """The names of the tests, and those that this computer itself knows."""
    if host not in NAMES:
        return look_up_here(host, family)
    if not NAMES[host]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return NAMES[host]


async def visit_all(addresses: Iterable[str], **told: object) -> Mapping[str, Outcome]:
    urls = [url for url in map(Url.parse, addresses) if url]
    visits = settings(**{"allow_private": (), "at_once_per_host": 64, **told})
    async with http_visitor(visits, SystemClock(), look_up=look_up) as visitor:
        trips = await asyncio.gather(*map(visitor.visit, urls))
    return {trip.url.text: trip.outcome for trip in trips if trip.url}


def answered(outcomes: Mapping[str, Outcome]) -> list[str]:
    """Those that came to anything but a private address, or to a name that is none."""
    expected = {"private-address", "no-such-host", "no-proper-answer", "no-network"}
    return [url for url, outcome in outcomes.items() if in_short(outcome) not in expected]


@each_kind
async def test_no_link_to_a_private_address_reaches_a_socket(hosts: list[str]) -> None:
    async with listener() as there:
        with attempts() as tried:
            outcomes = await visit_all(f"http://{host}:{there.port}/" for host in hosts)

    assert outcomes
    assert answered(outcomes) == []
    assert (tried, there.accepted) == ([], [])


@each_kind
async def test_no_redirect_to_a_private_address_reaches_a_socket(hosts: list[str]) -> None:
    async with listener() as there:
        moves = {
            f"/{n}": moved(f"http://{host.encode().decode('latin-1')}:{there.port}/")
            for n, host in enumerate(hosts)
        }
        async with site(moves) as public:
            routes = {"public.example:80": f"127.0.0.1:{public.port}"}
            with attempts() as tried:
                outcomes = await visit_all(
                    (f"http://public.example{path}" for path in moves), connect_to=routes
                )

    assert len(public.asked) == len(hosts)
    assert answered(outcomes) == []
    assert {address[:2] for address in tried} == {("127.0.0.1", public.port)}
    assert there.accepted == []


async def test_no_trick_of_writing_an_address_reaches_a_socket() -> None:
    async with listener() as there:
        tricks = [trick.format(port=there.port) for trick in TRICKS]
        moves = {f"/{n}": moved(trick) for n, trick in enumerate(tricks)}
        async with site(moves) as public:
            routes = {"public.example:80": f"127.0.0.1:{public.port}"}
            with attempts() as tried:
                await visit_all(tricks, connect_to=routes)
                await visit_all(
                    (f"http://public.example{path}" for path in moves), connect_to=routes
                )

    assert set(moves) <= set(public.asked)
    assert {address[:2] for address in tried} == {("127.0.0.1", public.port)}
    assert there.accepted == []


async def test_the_listener_would_have_noticed() -> None:
    hosts = ["127.0.0.1", "127.9.9.9", "localhost", own_address(), "0x7f.1"]
    hosts += ["[::1]"] if socket.has_dualstack_ipv6() else []
    allowed = ("127.0.0.0/8", "::1/128", f"{own_address()}/32")
    async with listener() as there:
        with attempts() as tried:
            outcomes = await visit_all(
                (f"http://{host}:{there.port}/" for host in hosts), allow_private=allowed
            )

    assert {in_short(outcome)[:3] for outcome in outcomes.values()} == {"200"}
    assert len(there.accepted) >= len(hosts)
    assert len(tried) >= len(hosts)


class Moving:
    """A name with another address each time it is looked up; the first stands for a public one."""

    def __init__(self, *answers: str) -> None:
        self._left = list(answers)
        self.asked = 0

    def __call__(self, _host: str, _family: socket.AddressFamily) -> Iterable[str]:
        self.asked += 1
        return (self._left.pop(0) if len(self._left) > 1 else self._left[0]).split()


async def visit_moving(moving: Moving, *addresses: str) -> list[str]:
    """Visits one after the other, by a visitor to whom 127.0.0.2 is public."""
    visits = settings(allow_private=("127.0.0.2/32",))
    async with http_visitor(visits, SystemClock(), look_up=moving) as visitor:
        return [in_short((await visitor.visit(Url(address))).outcome) for address in addresses]


async def test_of_a_names_addresses_only_the_public_ones_are_connected_to() -> None:
    async with listener() as there:
        moving = Moving("127.0.0.1 127.0.0.2 ::1")
        outcomes = await visit_moving(moving, f"http://moving.example:{there.port}/")

    assert outcomes == ["200 untitled"]
    assert there.accepted == ["127.0.0.2"]


async def test_a_name_is_connected_to_where_it_was_looked_up_and_not_where_it_moved() -> None:
    async with listener() as there:
        moving = Moving("127.0.0.2", "127.0.0.1")
        await visit_moving(moving, *(f"http://moving.example:{there.port}/{n}" for n in range(3)))

    assert set(there.accepted) == {"127.0.0.2"}


async def test_a_name_that_moved_to_a_private_address_before_the_second_try_is_left() -> None:
    async with site({}) as closed:
        port = closed.port
    async with listener() as there:
        moving = Moving("127.0.0.2", "127.0.0.1")
        with attempts() as tried:
            await visit_moving(moving, f"http://moving.example:{port}/")
            await visit_moving(moving, f"http://moving.example:{there.port}/")

    assert {address[0] for address in tried} == {"127.0.0.2"}
    assert there.accepted == []
