"""What the doctor finds out about sending."""

import socket
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sendguard.config import Config
from sendguard.entrypoints.cli.doctor.mail import (
    look_at_dkim,
    look_at_smtp,
    look_at_templates,
    look_at_unsubscribe,
)
from sendguard.errors import BadConfig
from sendguard.report.health import Health, Part


def a_config(**told: object) -> Config:
    return Config.model_validate(told)


def templates(folder: Path, **files: str) -> tuple[Part, ...]:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return tuple(look_at_templates(a_config(correct={"templates": str(folder)})))


def test_a_mail_server_that_nobody_uses_is_left_alone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        smtp = {"host": "127.0.0.1", "port": server.getsockname()[1], "security": "none"}
        (part,) = look_at_smtp(a_config(smtp=smtp), is_used=False)
        server.settimeout(0)

        with pytest.raises(BlockingIOError):
            server.accept()

    assert part.health is Health.OK


def test_a_mail_server_that_is_gone_is_told_with_what_to_do() -> None:
    smtp = {"host": "127.0.0.1", "port": 1, "security": "none"}

    (part,) = look_at_smtp(a_config(smtp=smtp), is_used=True)

    assert part.health is Health.WRONG
    assert part.says.endswith("(Connection refused): start it, or correct smtp.host and smtp.port")


def test_a_mail_server_that_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        smtp = {"host": "127.0.0.1", "port": silent.getsockname()[1], "security": "none"}

        (part,) = look_at_smtp(a_config(smtp=smtp), is_used=True, longest_s=0.5)

    assert part.health is Health.WRONG


def test_a_key_is_told_with_what_is_to_be_published(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(pem)
    mail = {"dkim_key": str(tmp_path / "key.pem"), "dkim_domain": "example.org"}

    (part,) = look_at_dkim(a_config(mail=mail))

    assert part.health is Health.OK
    assert "at sendguard._domainkey.example.org" in part.says
    assert ": v=DKIM1; k=ed25519; p=" in part.says


def test_a_key_that_is_none_or_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("A shopping list", "utf-8")

    with pytest.raises(BadConfig, match="there is no private key in PEM"):
        list(look_at_dkim(a_config(mail={"dkim_key": str(tmp_path / "list")})))
    with pytest.raises(BadConfig, match="cannot be read: No such file"):
        list(look_at_dkim(a_config(mail={"dkim_key": str(tmp_path / "gone")})))


def test_what_nobody_set_is_not_told() -> None:
    assert not list(look_at_dkim(Config()))
    assert not list(look_at_templates(Config()))
    assert [part.name for part in look_at_unsubscribe(Config())] == ["unsubscribe"]


def test_templates_without_mistakes_are_named(tmp_path: Path) -> None:
    (part,) = templates(tmp_path, en="sorry: [I am sorry.]", **{"navigator.de": "direction: ltr"})

    assert part == Part("templates", Health.OK, f"en.yaml, navigator.de.yaml in {tmp_path}")


def test_a_template_with_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    broken, unused = templates(tmp_path, en="sorrow: I am sorry.", **{"de-AT": "sorry: [x]"})[::-1]

    assert broken.health is Health.WRONG
    assert broken.says.startswith("en.yaml:1:")
    assert unused.health is Health.WARNING
    assert unused.says.startswith("de-AT.yaml: it is never used")


def test_a_folder_of_templates_without_any_is_told(tmp_path: Path) -> None:
    (part,) = templates(tmp_path)

    assert part.health is Health.WARNING


def test_a_folder_of_templates_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match=r"correct\.templates: .* cannot be read: No such file"):
        templates(tmp_path / "gone")
