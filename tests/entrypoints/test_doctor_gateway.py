"""What the doctor finds out about the gateway."""

import datetime as dt
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
import trustme

from sendguard.config import Config
from sendguard.entrypoints.cli.doctor.gateway import look_at_listeners, look_at_next_hop
from sendguard.entrypoints.cli.doctor.store import look_at_store
from sendguard.report.health import Health, Part
from tests.mail.sink import smtp_sink


def a_config(listen: str = "127.0.0.1:1", next_hop: str = "127.0.0.1:1", **more: str) -> Config:
    listener = {"listen": listen, **more}
    return Config.model_validate({"gateway": {"listeners": [listener], "next_hop": next_hop}})


@contextmanager
def greeting(says: bytes) -> Iterator[str]:
    """A server that says this to whoever comes first."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_greet, args=(server, says), daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"


def _greet(server: socket.socket, says: bytes) -> None:
    try:
        client, _ = server.accept()
    except OSError:
        return
    with client:
        client.sendall(says)


def a_free_place() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


def only(config: Config) -> Part:
    (part,) = look_at_listeners(config)
    return part


def test_a_gateway_that_nobody_asked_for_is_left_alone() -> None:
    assert list(look_at_listeners(Config())) == []
    assert list(look_at_next_hop(Config())) == []


def test_a_place_that_is_free_is_told_with_what_takes_mail_there() -> None:
    part = only(a_config(a_free_place()))

    assert part.health is Health.WARNING
    assert "sendguard serve --only gateway" in part.says


def test_a_gateway_that_runs_is_known_by_its_greeting() -> None:
    with greeting(b"220 host.example ESMTP SendGuard\r\n") as listen:
        assert only(a_config(listen)).health is Health.OK


def test_a_place_that_serve_would_refuse_as_open_to_all_is_wrong() -> None:
    part = only(a_config("0.0.0.0:7735"))

    assert part.health is Health.WRONG
    assert "anybody could send through it" in part.says


def test_a_file_that_is_missing_and_a_place_that_is_open_are_both_told(tmp_path: Path) -> None:
    users = str(tmp_path / "nofile")

    told = [one.says for one in look_at_listeners(a_config("0.0.0.0:7735", users=users))]

    assert len(told) == 2
    assert "nofile cannot be read" in told[0]
    assert "security: starttls" in told[1]


def test_a_next_hop_that_is_its_own_listener_is_wrong() -> None:
    place = a_free_place()

    (part,) = look_at_next_hop(a_config(place, next_hop=place))

    assert part.health is Health.WRONG
    assert "is where SendGuard itself listens" in part.says


def test_a_gateway_without_a_store_is_wrong() -> None:
    config = a_config().model_copy(update={"database": None})

    (part,) = look_at_store(config)

    assert part.health is Health.WRONG
    assert "does not start without one" in part.says


def test_a_place_that_another_server_has_is_wrong() -> None:
    with greeting(b"220 host.example ESMTP Postfix\r\n") as listen:
        part = only(a_config(listen))

    assert part.health is Health.WRONG
    assert "give gateway.listeners another port" in part.says


@pytest.mark.parametrize(
    ("days", "health", "says"),
    [
        (400, Health.OK, "is good until"),
        (3, Health.WARNING, "ends on"),
        (-1, Health.WRONG, "put a new one there"),
    ],
)
def test_a_certificate_is_told_by_how_long_it_is_good(
    tmp_path: Path, days: int, health: Health, says: str
) -> None:
    ends = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    issued = trustme.CA().issue_cert("mail.example", not_after=ends)
    issued.cert_chain_pems[0].write_to_path(str(tmp_path / "c.pem"))
    issued.private_key_pem.write_to_path(str(tmp_path / "k.pem"))
    files = {"certificate": str(tmp_path / "c.pem"), "key": str(tmp_path / "k.pem")}

    part, _ = look_at_listeners(a_config(a_free_place(), security="starttls", **files))

    assert part.health is health
    assert says in part.says


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.pem")

    part = only(a_config(security="tls", certificate=gone, key=gone))

    assert part.health is Health.WRONG
    assert "cannot be read" in part.says


def test_a_next_hop_that_would_take_mail_is_fine() -> None:
    with smtp_sink() as sink:
        (part,) = look_at_next_hop(a_config(next_hop=f"127.0.0.1:{sink.port}"))

    assert part.health is Health.OK


def test_a_next_hop_that_is_gone_is_told_with_what_to_do() -> None:
    (part,) = look_at_next_hop(a_config(next_hop=a_free_place()))

    assert part.health is Health.WRONG
    assert part.says.endswith("start it, or correct gateway.next_hop")
