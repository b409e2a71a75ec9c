"""What goes over the wire, and over which wire."""

import asyncio
import errno
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trustme

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.adapters.http.troubles import trouble_of
from sendguard.values import Url
from sendguard.visit import Answered, Trouble
from tests.adapters.http.visiting import answer, facts, settings, trouble
from tests.servers import Reply, Site, page, site, titled, tls_for


@asynccontextmanager
async def tunnels(to: Site, status: str = "200 Connected") -> AsyncIterator[Site]:
    """A proxy that connects whoever asks to `to`, whatever the name."""
    told = Site("http")

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            writer.write(data)
        writer.close()

    async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told.requests.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(f"HTTP/1.1 {status}\r\n\r\n".encode())
        if not status.startswith("200"):
            writer.close()
            return
        there, back = await asyncio.open_connection("127.0.0.1", to.port)
        await asyncio.gather(relay(reader, back), relay(there, writer), return_exceptions=True)

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    told.port = server.sockets[0].getsockname()[1]
    async with server:
        yield told


async def test_a_secure_page_is_asked_for_through_the_proxys_tunnel(
    authority: tuple[trustme.CA, str],
) -> None:
    ca, file = authority
    secure = site({"/": titled("Through")}, tls_for(ca.issue_cert("article.example")))
    async with secure as origin, tunnels(origin) as proxy:
        address = str(proxy).replace("//", "//ada:secret@")
        seen = await answer("https://article.example/", proxy=address, ca_file=file)

    assert seen.page
    assert seen.page.title == "Through"
    assert seen.certificate
    assert seen.certificate.host == "article.example"
    assert proxy.requests[0].startswith("CONNECT article.example:443 ")
    assert f"Basic {b64encode(b'ada:secret').decode()}" in proxy.requests[0]
    assert "authorization" not in origin.requests[0].lower()


async def test_a_proxy_that_opens_no_tunnel_is_told(authority: tuple[trustme.CA, str]) -> None:
    async with site({}) as origin, tunnels(origin, "502 Bad Gateway") as proxy:
        met = await trouble("https://article.example/", proxy=str(proxy), ca_file=authority[1])

    assert met.trouble is Trouble.NO_PROPER_ANSWER
    assert met.detail == "the proxy says: 502 Bad Gateway"


async def test_a_proxy_that_wants_a_login_for_a_tunnel_is_no_fault_of_the_sites(
    authority: tuple[trustme.CA, str],
) -> None:
    async with site({}) as origin, tunnels(origin, "407 Proxy Authentication Required") as proxy:
        met = await trouble("https://article.example/", proxy=str(proxy), ca_file=authority[1])

    assert met.trouble is Trouble.NO_NETWORK
    assert met.detail == "the proxy answers 407, it asks for a login"


async def test_a_proxy_that_wants_a_login_for_a_page_is_no_wall_of_the_sites() -> None:
    asks = page("", "407 Proxy Authentication Required", proxy_authenticate="Basic")
    async with site({"http://article.example/": asks}) as proxy:
        met = await trouble("http://article.example/", proxy=str(proxy))

    assert met.trouble is Trouble.NO_NETWORK
    assert met.detail == "the proxy answers 407, it asks for a login"


async def test_a_proxy_that_has_no_address_is_not_taken_for_a_site_that_has_none() -> None:
    met = await trouble("http://article.example/", proxy="http://proxy.invalid:3128")

    assert met.trouble is Trouble.NO_NETWORK
    assert met.detail == "there is no proxy called proxy.invalid"


async def test_a_proxy_is_told_who_we_are_where_it_wants_to_know() -> None:
    async with site({"http://article.example/": titled("Through")}) as proxy:
        address = str(proxy).replace("//", "//ada:secret@")
        await facts("http://article.example/", proxy=address)

    assert f"Basic {b64encode(b'ada:secret').decode()}" in proxy.requests[0]


@pytest.mark.parametrize("path", ["/%7Euser/a%2Fb/c+d?x=%41&y=a%20b+c&z", "/a;b=c,d/'e'(f)*!@:$"])
async def test_an_address_is_asked_for_as_it_is_written(path: str) -> None:
    async with site({path: titled("Here")}) as origin:
        seen = await facts(f"{origin}{path}")

    assert seen.title == "Here"


async def test_letters_of_other_scripts_are_encoded_as_browsers_do() -> None:
    async with site({"/%C3%BCber?q=%E6%96%87": titled("Here")}) as origin:
        seen = await facts(f"{origin}/über?q=文")

    assert seen.title == "Here"


async def test_a_user_in_the_address_is_not_told_to_the_site() -> None:
    async with site({"/": titled("Here")}) as origin:
        await facts(str(origin).replace("//", "//ada:secret@"))

    assert "authorization" not in origin.requests[0].lower()


async def test_nothing_is_asked_twice_without_our_knowing() -> None:
    async def hang_up(writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    async with (
        site({"/": titled("Here"), "/broken": hang_up}) as origin,
        http_visitor(settings(), SystemClock()) as visitor,
    ):
        await visitor.visit(Url(f"{origin}/"))
        await visitor.visit(Url(f"{origin}/broken"))

    assert origin.asked.count("/broken") == 2  # the visitor's own second try, and no third


async def test_a_connection_serves_one_request_after_the_other() -> None:
    pages = {f"/{number}": titled("Here") for number in range(5)}
    async with site(pages) as origin, http_visitor(settings(), SystemClock()) as visitor:
        for path in pages:
            await visitor.visit(Url(f"{origin}{path}"))

    assert (len(origin.asked), origin.connections) == (5, 1)


async def test_what_is_left_of_a_long_page_is_not_read_for_the_next() -> None:
    long = page(f"<head><title>Long</title></head>{'x' * 1_000_000}")
    replies = {"/": long, "/next": titled("Next")}
    async with site(replies) as origin, http_visitor(settings(), SystemClock()) as visitor:
        await visitor.visit(Url(f"{origin}/"))
        outcome = (await visitor.visit(Url(f"{origin}/next"))).outcome

    assert isinstance(outcome, Answered)
    assert outcome.page
    assert outcome.page.title == "Next"
    assert origin.connections == 2


async def test_what_little_is_left_of_a_page_is_read_for_its_connection() -> None:
    async def in_two_pieces(writer: asyncio.StreamWriter) -> None:
        whole = page(f"<head><title>Long</title></head>{'x' * 60_000}")
        writer.write(whole[:1_000])
        await writer.drain()
        await asyncio.sleep(0.01)
        writer.write(whole[1_000:])

    replies: dict[str, Reply] = {"/": in_two_pieces, "/next": titled("Next")}
    async with site(replies) as origin, http_visitor(settings(), SystemClock()) as visitor:
        await visitor.visit(Url(f"{origin}/"))
        await visitor.visit(Url(f"{origin}/next"))

    assert origin.connections == 1


async def test_the_end_of_a_page_that_trickles_in_is_not_waited_for() -> None:
    async def trickle(writer: asyncio.StreamWriter) -> None:
        writer.write(page("<head><title>Slow</title></head>", content_length="5000"))
        await asyncio.sleep(30)

    async with site({"/": trickle}) as origin, http_visitor(settings(), SystemClock()) as visitor:
        slow = await visitor.visit(Url(f"{origin}/"))

    assert isinstance(slow.outcome, Answered)
    assert slow.took_s < 1


async def test_a_stand_in_for_an_address_in_numbers_shows_its_certificate(
    authority: tuple[trustme.CA, str],
) -> None:
    ca, file = authority
    async with site({"/": titled("Here")}, tls_for(ca.issue_cert("192.0.2.7"))) as origin:
        seen = await facts(
            "https://192.0.2.7/",
            allow_private=(),
            connect_to={"*:443": f"127.0.0.1:{origin.port}"},
            ca_file=file,
        )

    assert seen.title == "Here"


def several(*numbers: int) -> OSError:
    said = ", ".join(f"[Errno {number}] Connect call failed ('', 80)" for number in numbers)
    return OSError(f"Multiple exceptions: {said}")


@pytest.mark.parametrize(
    ("numbers", "met"),
    [
        ((errno.ENETUNREACH, errno.ECONNREFUSED), Trouble.REFUSED),
        ((errno.ECONNREFUSED, errno.ENETUNREACH), Trouble.REFUSED),
        ((errno.ENETUNREACH, errno.EADDRNOTAVAIL), Trouble.NO_NETWORK),
    ],
)
def test_without_ipv6_of_our_own_the_other_addresses_tell(
    numbers: tuple[int, ...], met: Trouble
) -> None:
    assert trouble_of(several(*numbers)).trouble is met
