"""`sendguard config show`."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sendguard.config import Config
from sendguard.config.section import keys_of
from sendguard.entrypoints.cli.app import app
from sendguard.errors import BadConfig

PLANTED = "hunter2"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def show(*arguments: str, **variables: str) -> str:
    env = {f"SENDGUARD_{name}": text for name, text in variables.items()}
    runner = CliRunner(env=env)
    return runner.invoke(app, ["config", "show", *arguments], catch_exceptions=False).stdout


def test_every_setting_is_shown_with_its_origin(here: Path) -> None:
    (here / "config.yaml").write_text("visit:\n  at_once: 3\n", "utf-8")

    shown = [line.split() for line in show(LOG="json").splitlines()]

    assert [line[0] for line in shown] == [".".join(path) for path, _ in keys_of(Config)]
    assert ["visit.at_once", "3", "config.yaml:2"] in shown
    assert ["log", "json", "SENDGUARD_LOG"] in shown
    assert ["smtp.port", "587", "default"] in shown


def test_values_and_origins_stand_in_columns() -> None:
    first, *others = show(CAMPAIGNS="c" * 80).splitlines()

    assert first.endswith(f"{'c' * 80}  SENDGUARD_CAMPAIGNS")
    assert len({line.rindex("default") for line in others}) == 1


def test_settings_are_shown_to_programs(here: Path) -> None:
    (here / "other.yaml").write_text("watch: {before: [90m]}", "utf-8")

    told = json.loads(show("--format", "json", "--config", "other.yaml"))["settings"]

    assert {
        "key": "watch.before",
        "value": ["1 h 30 min"],
        "origin": "other.yaml:1",
    } in told


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_secret_comes_from_a_file_and_is_not_shown(here: Path, ending: str) -> None:
    (here / "secret").write_bytes(f"{PLANTED}{ending}".encode())

    shown = show(SMTP__PASSWORD_FILE=str(here / "secret"))

    assert PLANTED not in shown
    password = next(line for line in shown.splitlines() if line.startswith("smtp.password"))
    assert "********" in password
    assert password.endswith("the file named by SENDGUARD_SMTP__PASSWORD_FILE")


def test_only_one_end_of_line_is_no_part_of_a_secret(here: Path) -> None:
    (here / "folder").write_bytes(b"two \n\n")

    with pytest.raises(BadConfig, match="CAMPAIGNS_FILE: expected text in UTF-8, without control"):
        show(CAMPAIGNS_FILE=str(here / "folder"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"\xff", "is not text"),
        (b"x" * 300_000, "is longer"),
    ],
)
def test_a_file_that_holds_no_value_is_named(here: Path, content: bytes, says: str) -> None:
    (here / "secret").write_bytes(content)

    with pytest.raises(BadConfig, match=f"^SENDGUARD_DATABASE_FILE: secret {says}"):
        show(DATABASE_FILE="secret")


@pytest.mark.parametrize("file", ["nowhere", ".", "x" * 5000])
def test_a_file_that_cannot_be_read_is_named_with_its_variable(file: str) -> None:
    with pytest.raises(BadConfig, match=f"^SENDGUARD_DATABASE_FILE: {file} cannot be read: "):
        show(DATABASE_FILE=file)


def test_a_variable_that_sets_nothing_is_refused_by_every_command() -> None:
    with pytest.raises(BadConfig, match="did you mean “SENDGUARD_LOG”"):
        CliRunner(env={"SENDGUARD_LOGS": "json"}).invoke(
            app, ["check", "issue.html"], catch_exceptions=False
        )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_settings_without_end_are_refused() -> None:
    with pytest.raises(BadConfig, match="too long for settings"):
        show("--config", "/dev/zero")
