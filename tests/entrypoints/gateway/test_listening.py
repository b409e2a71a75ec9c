"""Listeners that open, all or none; and those that are refused, with what to write instead."""

import socket
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
import trustme

from sendguard.adapters.passwords import hash_password
from sendguard.config.gateway import Listener
from sendguard.entrypoints.gateway.entrance import Entrance, client_of
from sendguard.errors import BadConfig, SendGuardError
from tests.gateways import a_listener, client, greeted, open_doors


async def complaint(*listeners: Listener, **said: object) -> str:
    with pytest.raises(SendGuardError) as told:
        async with open_doors(*listeners, **said):  # type: ignore[arg-type]
            pass
    return str(told.value)


async def test_several_listeners_are_open_at_a_time() -> None:
    async with open_doors(a_listener(), a_listener(listen="localhost:2525")) as doors:
        for port in doors.ports:
            async with client(port, "localhost") as one:
                assert (await one.hear())[:3] == "220"


@pytest.mark.parametrize("listen", ["0.0.0.0:2525", "[::]:2525"])
@pytest.mark.parametrize("allow", [[], ["10.0.0.0/8", "0.0.0.0/0"]])
async def test_a_listener_that_anybody_could_send_through_is_refused(
    listen: str, allow: list[str]
) -> None:
    says = await complaint(a_listener(listen=listen, allow=allow))

    assert "anybody could send through it" in says
    assert "allow: [10.20.0.0/16]" in says
    assert ("its `allow` names is everybody" in says) is bool(allow)


async def test_passwords_in_the_open_are_refused(tmp_path: Path) -> None:
    (tmp_path / "users").write_text(f"ada:{hash_password('secret')}\n")

    says = await complaint(a_listener(listen="0.0.0.0:2525", users=str(tmp_path / "users")))

    assert "security: starttls" in says


async def test_a_certificate_that_ended_is_told(tmp_path: Path) -> None:
    ended = trustme.CA().issue_cert("localhost", not_after=datetime(2020, 2, 1, tzinfo=UTC))
    ended.private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    both = str(tmp_path / "both.pem")

    async with open_doors(a_listener(security="tls", certificate=both, key=both)) as doors:
        ((event, about),) = doors.journal.told

    assert event == "certificate-ended"
    assert "ended on 2020-02-01" in str(about["says"])


async def test_a_place_that_is_taken_is_told_and_nothing_stays_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, socket.create_server(("", 0)) as free:
        other, port = free.getsockname()[1], taken.getsockname()[1]
        free.close()
        first, second = (Listener(listen=f"127.0.0.1:{one}") for one in (other, port))

        says = await complaint(first, second)

    assert f"127.0.0.1:{port} cannot be listened on (address already in use)" in says
    async with open_doors(first):
        pass


async def test_a_place_that_is_not_this_computers_is_told() -> None:
    assert "no such host" in await complaint(Listener(listen="nobody.invalid:2525"))
    says = await complaint(Listener(listen="192.0.2.1:2525"))
    assert "this computer has no such address" in says


@pytest.mark.parametrize("listen", ["127.0.0.1:2525", "localhost:2525"])
async def test_a_gateway_that_hands_on_to_itself_is_refused(listen: str) -> None:
    says = await complaint(Listener(listen=listen), next_hop="127.0.0.1:2525")

    assert "is where SendGuard itself listens" in says


@pytest.mark.parametrize(
    ("certificate", "key", "says"),
    [
        ("nobody.pem", "key.pem", "nobody.pem cannot be read (no such file"),
        ("certificate.pem", "nobody.pem", "nobody.pem cannot be read (no such file"),
        ("certificate.pem", "other.pem", "key values mismatch"),
        ("garbage.pem", "key.pem", "garbage.pem and"),
        ("certificate.pem", "garbage.pem", "are no certificate and its key"),
    ],
)
async def test_files_for_tls_that_cannot_be_used_are_told(
    certificate: str, key: str, says: str, tmp_path: Path
) -> None:
    for name in ("", "other"):
        leaf = trustme.CA().issue_cert("localhost")
        leaf.cert_chain_pems[0].write_to_path(tmp_path / f"{name or 'certificate'}.pem")
        leaf.private_key_pem.write_to_path(tmp_path / f"{name or 'key'}.pem")
    (tmp_path / "garbage.pem").write_text("none")
    files = {"certificate": str(tmp_path / certificate), "key": str(tmp_path / key)}

    told = await complaint(a_listener(security="starttls", **files))

    assert says in told


async def test_only_networks_that_are_allowed_may_connect() -> None:
    strict, open_to_us = a_listener(allow=["10.20.0.0/16"]), a_listener(allow=["127.0.0.0/8"])
    async with open_doors(strict, open_to_us) as doors:
        async with client(doors.ports[0]) as one:
            heard = await one.hear_all()
        async with greeted(doors.ports[1]) as other:
            (answer,) = await other.say("NOOP")

    assert heard == ["554 5.7.1 this computer may not send mail here"]
    assert answer[:3] == "250"


@pytest.mark.parametrize(
    ("peer", "answer"),
    [
        ("10.20.1.2", "admitted"),
        ("::ffff:10.20.1.2", "admitted"),
        ("10.21.1.2", "refused"),
        ("2001:db8::1%eth0", "admitted"),
        ("::1", "refused"),
    ],
)
def test_an_address_is_told_however_it_is_spelt(peer: str, answer: str) -> None:
    listener = a_listener(allow=["10.20.0.0/16", "2001:db8::/32"])
    entrance = Entrance(listener=listener, trust=None, users=None)

    client = client_of((peer, 9, 0, 0))

    assert client is not None
    assert ("admitted" if entrance.admits(client) else "refused") == answer


def test_without_networks_and_users_only_this_computer_may_connect() -> None:
    entrance = Entrance(listener=a_listener(), trust=None, users=None)

    assert entrance.admits(ip_address("127.0.0.9"))
    assert not entrance.admits(ip_address("10.0.0.1"))


def test_what_has_no_address_is_no_client() -> None:
    assert [client_of(peer) for peer in ("", None, ("nobody", 1))] == [None, None, None]


async def test_a_missing_users_file_is_told() -> None:
    with pytest.raises(BadConfig, match="users: /nobody cannot be read"):
        async with open_doors(a_listener(users="/nobody")):
            pass
