import pathlib
import socket

import pytest
import trustme

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.errors import BadConfig
from sendguard.visit import Trouble
from tests.adapters.http.visiting import answer, facts, settings, trouble
from tests.servers import moved, site, titled, tls_for

LOOPBACK_SPELLINGS = [
    *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001"),
    *("0177.0.0.1", "127.0.0.1.", "localhost", "LOCALHOST", "0.0.0.0", "0"),
    *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[::127.0.0.1]"),
    *("[2002:7f00:1::]", "[::]", "１２７.0.0.1"),
]


@pytest.mark.parametrize("host", LOOPBACK_SPELLINGS)
async def test_no_spelling_of_a_private_address_is_connected_to(host: str) -> None:
    async with site({"/": titled("Secret")}) as origin:
        outcome = await trouble(f"http://{host}:{origin.port}/", allow_private=())

    assert outcome.trouble is Trouble.PRIVATE_ADDRESS
    assert origin.connections == 0


async def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    async with (
        site({"/": titled("Secret")}) as secret,
        site({"/": moved(f"http://127.0.0.2:{secret.port}/")}) as public,
    ):
        outcome = await trouble(f"{public}/", allow_private=("127.0.0.1/32",))

    assert outcome.trouble is Trouble.PRIVATE_ADDRESS
    assert [hop.status for hop in outcome.hops] == [302]
    assert secret.connections == 0


async def test_a_network_that_the_operator_lists_may_be_visited() -> None:
    async with site({"/": titled("Ours")}) as origin:
        page = await facts(f"http://localhost:{origin.port}/", allow_private=("127.0.0.0/8",))

    assert page.title == "Ours"


async def test_what_is_private_is_told_in_words() -> None:
    outcome = await trouble("http://10.1.2.3/", allow_private=())

    assert outcome.detail == "10.1.2.3 is 10.1.2.3, which is no public address"


async def test_a_stand_in_is_connected_to_and_shows_the_sites_own_certificate(
    authority: tuple[trustme.CA, str],
) -> None:
    ca, ca_file = authority
    tls = tls_for(ca.issue_cert("article.example"))
    async with site({"/": titled("Stand-in")}, tls) as origin:
        page = await facts(
            "https://article.example/",
            allow_private=(),
            connect_to={"*:443": f"localhost:{origin.port}"},
            ca_file=ca_file,
        )

    assert page.title == "Stand-in"
    assert "host: article.example\r\n" in origin.requests[0].lower()


async def test_an_exact_stand_in_wins_over_one_for_all() -> None:
    async with site({"/": titled("Exact")}) as exact, site({"/": titled("All")}) as other:
        routes = {"*:80": f"127.0.0.1:{other.port}", "a.example:80": f"127.0.0.1:{exact.port}"}
        page = await facts("http://A.example/", allow_private=(), connect_to=routes)

    assert page.title == "Exact"
    assert other.connections == 0


async def test_a_stand_in_leaves_all_else_guarded() -> None:
    async with site({"/": titled("All")}) as origin:
        routes = {"*:80": f"127.0.0.1:{origin.port}"}
        outcome = await trouble(
            f"http://127.0.0.1:{origin.port}/", allow_private=(), connect_to=routes
        )

    assert outcome.trouble is Trouble.PRIVATE_ADDRESS


async def test_a_proxy_is_asked_for_what_lies_behind_it() -> None:
    async with site({"http://article.example/": titled("Through")}) as proxy:
        page = await facts("http://article.example/", proxy=str(proxy), allow_private=())

    assert page.title == "Through"


@pytest.mark.parametrize(
    "host",
    [
        *("10.0.0.1", "0x7f.1", "localhost", "[::1]"),
        *("intranet", "wiki.internal", "localhost%2e", "ip6-localhost"),
    ],
)
async def test_a_proxy_is_not_asked_for_a_private_address(host: str) -> None:
    async with site({}) as proxy:
        outcome = await trouble(f"http://{host}/", proxy=str(proxy), allow_private=())

    assert outcome.trouble is Trouble.PRIVATE_ADDRESS
    assert proxy.connections == 0


async def test_a_stand_in_is_asked_without_the_proxy() -> None:
    async with site({}) as proxy, site({"/": titled("Direct")}) as direct:
        routes = {"*:80": f"127.0.0.1:{direct.port}"}
        page = await facts("http://article.example/", proxy=str(proxy), connect_to=routes)

    assert page.title == "Direct"


async def test_a_proxy_that_is_down_is_no_fault_of_the_site() -> None:
    async with site({}) as closed:
        pass

    outcome = await trouble("http://article.example/", proxy=str(closed))

    assert outcome.trouble is Trouble.NO_NETWORK
    assert outcome.detail == f"the proxy 127.0.0.1:{closed.port} cannot be reached"


@pytest.mark.parametrize("told", [{"proxy": "ftp://x"}, {"ca_file": "/no/such.pem"}])
async def test_settings_that_cannot_be_obeyed_are_told(told: dict[str, str]) -> None:
    with pytest.raises(BadConfig, match=next(iter(told))):
        async with http_visitor(settings(**told), SystemClock()):
            pass


async def test_a_file_without_certificates_is_told(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "empty.pem"
    file.write_text("nothing here")

    with pytest.raises(BadConfig, match="ca_file"):
        async with http_visitor(settings(ca_file=str(file)), SystemClock()):
            pass


async def test_we_say_who_we_are() -> None:
    async with site({"/": titled("Hello")}) as origin:
        await answer(f"{origin}/")

    assert "sendguard" in origin.requests[0].lower()


async def test_the_operator_may_give_us_another_name() -> None:
    async with site({"/": titled("Hello")}) as origin:
        await answer(f"{origin}/", user_agent="Letter check of the Example Society")

    assert "user-agent: letter check of the example society" in origin.requests[0].lower()


def listening(port: int) -> socket.socket:
    """A listener that takes connections without a word, so that one that was made is told."""
    told = socket.create_server(("127.0.0.1", port))
    told.settimeout(0)
    return told


async def test_a_port_where_browsers_refuse_to_go_is_not_connected_to() -> None:
    with listening(6566) as listener:
        outcome = await trouble("http://127.0.0.1:6566/")

        with pytest.raises(BlockingIOError):
            listener.accept()

    assert outcome.trouble is Trouble.NO_PROPER_ANSWER
    assert outcome.detail == "browsers do not open port 6566"


async def test_no_redirect_leads_to_such_a_port_though_the_operator_says_where_it_is() -> None:
    async with (
        site({"/": titled("Mail")}) as mail,
        site({"/": moved("http://mail.example:25/")}) as public,
    ):
        near = {"mail.example:25": f"127.0.0.1:{mail.port}"}
        outcome = await trouble(f"{public}/", connect_to=near)

    assert outcome.trouble is Trouble.NO_PROPER_ANSWER
    assert [hop.status for hop in outcome.hops] == [302]
    assert mail.connections == 0


async def test_a_private_address_is_told_before_a_bad_port() -> None:
    outcome = await trouble("http://127.0.0.1:22/", allow_private=())

    assert outcome.trouble is Trouble.PRIVATE_ADDRESS
