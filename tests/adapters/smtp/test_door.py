"""What an operator is told when there is no way in, and that nothing private is said before."""

import asyncio
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import trustme

from sendguard.adapters.smtp import SmtpRelay
from sendguard.adapters.smtp.door import Door, is_on_this_computer
from sendguard.config.sections import Smtp
from sendguard.errors import RelayTrouble
from sendguard.send import Accepted
from tests.mail.letters import ToldSupply, a_letter
from tests.mail.postfix import PASSWORD, USER, Postfix
from tests.mail.told import OFFERS, told_server
from tests.servers import tls_for


async def trouble(port: int, **told: object) -> str:
    """What is said where no letter can be sent; in every case none is taken for good."""
    smtp = Smtp.model_validate({"port": port, "timeout_s": 60, **told})
    supply = ToldSupply([a_letter()])
    with pytest.raises(RelayTrouble) as caught:
        await SmtpRelay(smtp, patience_s=0).carry(supply)
    assert supply.outcomes == {}
    assert len(supply.taken) == len(supply.returned)
    return str(caught.value)


async def test_a_certificate_of_nobody_known_says_where_to_name_it(server: Postfix) -> None:
    says = await trouble(server.submission, user=USER, password=PASSWORD)

    assert f"the certificate of the mail server localhost:{server.submission} cannot" in says
    assert "smtp.ca_file in config.yaml" in says


async def test_a_certificate_for_another_name_says_so(server: Postfix) -> None:
    ca_file = str(server.ca_file)

    says = await trouble(server.implicit, host="127.0.0.1", security="tls", ca_file=ca_file)

    assert "is for another name: set smtp.host" in says


async def test_tls_where_there_is_none_says_what_to_try(server: Postfix) -> None:
    says = await trouble(server.submission, security="tls", ca_file=str(server.ca_file))

    assert "set smtp.security to `starttls`" in says


async def test_a_wrong_password_is_trouble_at_once_and_not_repeated(server: Postfix) -> None:
    told = {"user": USER, "password": "guess", "ca_file": str(server.ca_file)}

    says = await trouble(server.submission, **told)

    assert "refuses the name and password: 535 5.7.8" in says
    assert "guess" not in says


async def test_without_starttls_nothing_is_sent_in_its_place() -> None:
    async with told_server(offers=(*OFFERS, "AUTH PLAIN")) as server:
        says = await trouble(server.port, user=USER, password=PASSWORD)

    assert "offers no STARTTLS" in says
    assert [line.partition(" ")[0] for line in server.heard] == ["EHLO"]


async def test_a_server_that_wants_no_login_is_not_told_one() -> None:
    told = {"host": "127.0.0.1", "security": "none", "user": "ada", "password": "secret"}
    async with told_server() as server:
        says = await trouble(server.port, **told)

    assert "takes no name and password here" in says


def greet_and_say_no_more(listening: socket.socket, tls: ssl.SSLContext) -> None:
    """Greet one client over TLS, and wait until it has let go, without a farewell."""
    connection, _ = listening.accept()
    connection.settimeout(60)
    sealed = tls.wrap_socket(connection, server_side=True)
    sealed.sendall(b"220 told.example.org\r\n")
    sealed.recv(1024)
    sealed.sendall(b"250 told.example.org\r\n")
    with socket.socket(fileno=sealed.detach()) as bare:
        bare.settimeout(60)
        while bare.recv(1024):
            pass


def test_a_server_that_never_says_farewell_over_tls_is_let_go_of(tmp_path: Path) -> None:
    authority, ca_file = trustme.CA(), tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    told = {"security": "tls", "user": "ada", "password": "secret", "ca_file": str(ca_file)}
    tls = tls_for(authority.issue_cert("localhost"))
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as server:
        talk = server.submit(greet_and_say_no_more, listening, tls)
        says = asyncio.run(trouble(listening.getsockname()[1], **told))
        talk.result()

    assert "takes no name and password here" in says


async def test_a_file_of_authorities_that_is_none_says_which(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing", "utf-8")

    says = await trouble(1, ca_file=str(tmp_path / "empty.pem"))

    assert says.startswith(f"smtp.ca_file: {tmp_path}/empty.pem cannot be read as certificates")


async def test_a_password_may_be_given_to_a_server_on_this_computer() -> None:
    told = {"host": "127.0.0.1", "security": "none", "user": "ada", "password": "secret"}
    supply = ToldSupply([a_letter()])
    async with told_server(offers=(*OFFERS, "AUTH PLAIN")) as server:
        await SmtpRelay(Smtp.model_validate({**told, "port": server.port})).carry(supply)

    assert isinstance(supply.outcomes[1], Accepted)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
def test_loopback_is_this_computer(address: str) -> None:
    assert is_on_this_computer(address)


@pytest.mark.parametrize("address", ["192.168.1.2", "10.0.0.1", "fe80::1%eth0", "203.0.113.9"])
def test_any_other_address_is_another_computer(address: str) -> None:
    assert not is_on_this_computer(address)


async def test_a_login_that_fails_for_now_is_tried_again() -> None:
    told = {"host": "127.0.0.1", "security": "none", "user": "ada", "password": "secret"}
    supply = ToldSupply([a_letter()])
    answers = ["454 4.7.0 not now", "235 2.7.0 in"]
    async with told_server(offers=("AUTH PLAIN",), AUTH=answers) as server:
        await SmtpRelay(Smtp.model_validate({**told, "port": server.port})).carry(supply)

    assert isinstance(supply.outcomes[1], Accepted)


@pytest.mark.parametrize("greeting", [b"HTTP/1.1 400 Bad Request\r\n", b"\x00\xff\r\n"])
async def test_what_is_no_mail_server_is_called_so(greeting: bytes) -> None:
    async with told_server(GREETING=[greeting]) as server:
        says = await trouble(server.port, host="127.0.0.1", security="none")

    assert "is it a mail server?" in says


async def test_a_server_that_never_stops_greeting_is_left() -> None:
    async with told_server(GREETING=[b"220-x" * 1_000_000]) as server:
        says = await trouble(server.port, host="127.0.0.1", security="none")

    assert "is it a mail server?" in says


async def test_a_host_that_nobody_could_have_is_no_traceback() -> None:
    says = await trouble(1, host=f"{'x' * 64}.example.org", security="none")

    assert "there is no connection to the mail server" in says


async def test_who_only_knocks_is_let_in_and_leaves_with_quit(server: Postfix) -> None:
    told = {"user": USER, "password": PASSWORD, "ca_file": str(server.ca_file)}
    smtp = Smtp.model_validate({"port": server.submission, "timeout_s": 60, **told})

    assert await Door(smtp).knock() is None
    assert "from=<" not in server.log.rpartition("sasl_username=")[2]


async def test_who_only_knocks_sends_nothing() -> None:
    async with told_server() as server:
        told = {"host": "127.0.0.1", "port": server.port, "security": "none"}
        trouble = await Door(Smtp.model_validate(told)).knock()
        await server.until(lambda: "QUIT" in server.heard)

    assert trouble is None
    assert [line.partition(" ")[0] for line in server.heard] == ["EHLO", "QUIT"]


async def test_a_server_that_asks_us_to_come_again_is_told_from_one_that_is_gone() -> None:
    async with told_server({"GREETING": ["421 4.7.0 too many of you"]}) as server:
        told = {"host": "127.0.0.1", "port": server.port, "security": "none"}
        busy = await Door(Smtp.model_validate(told)).knock()
    gone = await Door(Smtp.model_validate({**told, "port": 1})).knock()

    assert busy is not None
    assert busy.is_answer
    assert gone is not None
    assert not gone.is_answer
