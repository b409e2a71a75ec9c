import asyncio
import socket
import struct
from datetime import UTC, datetime

import pytest
import trustme

from sendguard.visit import Trouble
from tests.adapters.http.visiting import answer, trouble
from tests.servers import after, in_turn, page, site, titled, tls_for

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def cut_off(writer: asyncio.StreamWriter) -> None:
    """Break the connection off without a word."""
    at_once = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
    writer.close()


async def hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()


async def test_a_closed_port_is_refused() -> None:
    async with site({}) as origin:
        closed = str(origin)

    outcome = await trouble(closed)

    assert outcome.trouble is Trouble.REFUSED


@pytest.mark.parametrize("rudeness", [cut_off, hang_up])
async def test_a_connection_broken_off_is_reset(rudeness: object) -> None:
    async with site({"/": rudeness}) as origin:  # type: ignore[dict-item]
        outcome = await trouble(f"{origin}/")

    assert outcome.trouble is Trouble.RESET
    assert origin.asked == ["/", "/"]


async def test_a_server_that_recovers_at_the_second_try_is_fine() -> None:
    replies = in_turn(page("", "500 Oops"), titled("Back again"))
    async with site({"/": replies}) as origin:
        outcome = await answer(f"{origin}/")

    assert outcome.page
    assert outcome.page.title == "Back again"


async def test_a_server_that_says_nothing_in_time_times_out_at_the_second_try() -> None:
    async with site({"/": after(5, titled("Late"))}) as origin:
        outcome = await trouble(f"{origin}/", timeout_s=0.2)

    assert outcome.trouble is Trouble.TIMEOUT
    assert origin.asked == ["/", "/"]


async def test_a_name_that_cannot_exist_is_not_found() -> None:
    outcome = await trouble(f"http://{'a' * 64}.example.org/")

    assert outcome.trouble is Trouble.NO_SUCH_HOST


@pytest.mark.parametrize(
    "reply",
    [
        page("not packed at all", content_encoding="gzip"),
        page("not packed at all", content_encoding="deflate"),
        page("in a way nobody asked for", content_encoding="br"),
        b"this is no HTTP\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
    ],
)
async def test_what_makes_no_sense_is_no_proper_answer(reply: bytes) -> None:
    async with site({"/": reply}) as origin:
        outcome = await trouble(f"{origin}/")

    assert outcome.trouble is Trouble.NO_PROPER_ANSWER
    assert outcome.detail


async def test_plain_speech_on_a_secure_port_is_no_proper_answer() -> None:
    async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Plain speech on a secure port\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(speak, "127.0.0.1", 0) as server:
        outcome = await trouble(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")

    assert outcome.trouble is Trouble.NO_PROPER_ANSWER
    assert outcome.detail == "no secure connection could be agreed on"


async def test_the_hops_before_a_trouble_are_kept() -> None:
    async with site({}) as closed:
        pass
    async with site({"/": page("", "302 Found", location=f"{closed}/x")}) as origin:
        outcome = await trouble(f"{origin}/")

    assert outcome.trouble is Trouble.REFUSED
    assert outcome.at.port == closed.port
    assert [hop.status for hop in outcome.hops] == [302]


@pytest.mark.parametrize(
    ("certificate", "detail"),
    [
        (trustme.CA().issue_cert("site.example"), "signed by"),
        (None, "made out for another name"),
    ],
)
async def test_a_certificate_that_proves_nothing_is_bad(
    certificate: trustme.LeafCert | None, detail: str, authority: tuple[trustme.CA, str]
) -> None:
    ca, ca_file = authority
    shown = certificate or ca.issue_cert("other.example")
    async with site({"/": titled("Secret")}, tls_for(shown)) as origin:
        routes = {"*:443": f"127.0.0.1:{origin.port}"}
        outcome = await trouble("https://site.example/", connect_to=routes, ca_file=ca_file)

    assert outcome.trouble is Trouble.BAD_CERTIFICATE
    assert outcome.detail.startswith(detail)
    assert origin.asked == []


async def test_an_expired_certificate_is_bad(authority: tuple[trustme.CA, str]) -> None:
    ca, ca_file = authority
    old = ca.issue_cert("site.example", not_before=LONG_AGO, not_after=LONG_AGO.replace(year=2021))
    async with site({"/": titled("Old")}, tls_for(old)) as origin:
        routes = {"*:443": f"127.0.0.1:{origin.port}"}
        outcome = await trouble("https://site.example/", connect_to=routes, ca_file=ca_file)

    assert outcome.trouble is Trouble.BAD_CERTIFICATE
    assert outcome.detail == "expired"
