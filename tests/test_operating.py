"""docs/operating.md agrees with the files that it shows and with what the program says."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import yaml

from sendguard.adapters.database.troubles import said_plainly
from sendguard.adapters.database.versions import Form, why_unusable
from sendguard.config import Config
from tests.manual import EXAMPLES, PAGE, ROOT, commands, do

COMPOSE = yaml.safe_load((EXAMPLES / "compose.yaml").read_text("utf-8"))
SERVICE = COMPOSE["services"]["sendguard"]


@pytest.mark.parametrize("file", sorted(EXAMPLES.iterdir()), ids=lambda file: file.name)
def test_the_page_shows_each_example_as_it_is(file: Path) -> None:
    page = PAGE.read_text("utf-8")

    assert f"\n{file.read_text('utf-8')}```\n" in page
    assert f"(operating/{file.name})" in page


EVENT = re.compile(r"""journal\.(?:tell|warn)\([^"]*"([a-z-]+)\"""")
SQLITE = (
    *("FULL", "READONLY", "PERM", "CANTOPEN", "BUSY", "LOCKED", "CORRUPT", "NOTADB", "IOERR"),
)
POSTGRESQL = ("28P01", "3D000", "42501", "53100", "53300", "55P03", "57P03", "25006")
NOT_CONNECTED = (
    *("password authentication failed", "no password supplied", "Connection refused"),
    *("timeout expired", "could not translate host name"),
)


def of_sqlite(name: str) -> BaseException:
    error = sqlite3.OperationalError()
    error.sqlite_errorname = f"SQLITE_{name}"
    return error


TROUBLES = (
    *map(of_sqlite, SQLITE),
    *(psycopg.errors.lookup(state)() for state in POSTGRESQL),
    *map(psycopg.OperationalError, NOT_CONNECTED),
)


@pytest.mark.parametrize("trouble", TROUBLES, ids=[*SQLITE, *POSTGRESQL, *NOT_CONNECTED])
def test_the_page_explains_what_is_said_of_a_store_in_trouble(trouble: BaseException) -> None:
    said = said_plainly("NAME", trouble).removeprefix("the store NAME ")

    assert explained(said)


@pytest.mark.parametrize("form", [Form.OLDER, Form.NEWER])
def test_the_page_explains_what_is_said_of_a_store_of_another_release(form: Form) -> None:
    said = (why_unusable(form, "NAME") or "").removeprefix("the store NAME ")

    assert explained(said)


def explained(said: str) -> bool:
    """Whether a row of a table begins as `said` does."""
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    return any(said.startswith(row[2:].partition(" |")[0]) for row in rows)


def test_the_page_explains_each_event_of_the_log() -> None:
    sources = (file.read_text("utf-8") for file in (ROOT / "sendguard").rglob("*.py"))
    events = {event for source in sources for event in EVENT.findall(source)}
    page = PAGE.read_text("utf-8")

    assert events
    assert {event for event in events if f"`{event}`" not in page} == set()


def test_the_compose_file_sets_variables_that_there_are() -> None:
    environment = SERVICE["environment"]

    read = {name: "sqlite:///x" if "FILE" in name else text for name, text in environment.items()}
    config = Config.parse("", {name.removesuffix("_FILE"): text for name, text in read.items()})
    assert config.database == "sqlite:///x"


def test_the_compose_file_declares_the_secrets_and_volumes_that_it_uses() -> None:
    services = COMPOSE["services"].values()

    secrets = {secret for service in services for secret in service["secrets"]}
    volumes = {mount.partition(":")[0] for service in services for mount in service["volumes"]}
    assert secrets == set(COMPOSE["secrets"])
    assert {volume for volume in volumes if "/" not in volume} == set(COMPOSE["volumes"])


def test_the_container_may_write_only_where_the_image_keeps_its_store() -> None:
    image = (ROOT / "Dockerfile").read_text("utf-8")

    assert SERVICE["read_only"]
    assert "VOLUME /var/lib/sendguard" in image
    assert "SENDGUARD_DATABASE=sqlite:////var/lib/sendguard/" in image
    assert "sendguard:/var/lib/sendguard" in SERVICE["volumes"]


def test_the_unit_and_cron_share_their_settings_and_with_them_the_store() -> None:
    unit = (EXAMPLES / "sendguard.service").read_text("utf-8")
    table = (EXAMPLES / "crontab").read_text("utf-8")

    assert "\nExecStart=/opt/sendguard/bin/sendguard serve\n" in unit
    assert "SENDGUARD_DATABASE" not in unit + table
    assert "\nWorkingDirectory=/srv/newsletters\n" in unit
    assert " cd /srv/newsletters && " in table
    assert "\nUser=sendguard\n" in unit
    assert "# crontab -u sendguard -e" in table


def test_the_page_puts_the_store_where_the_service_may_write(tmp_path: Path) -> None:
    starter = (ROOT / "sendguard/entrypoints/cli/starter/config.yaml").read_text("utf-8")
    (tmp_path / "config.yaml").write_text(starter, "utf-8")
    install, *_ = commands("### With systemd")
    (command,) = (line for line in install.splitlines() if line.startswith("sed "))

    did = do(command.replace("/srv/newsletters", str(tmp_path)), tmp_path, os.environ)

    config = Config.parse((tmp_path / "config.yaml").read_text("utf-8"), {})
    assert did.returncode == 0
    assert config.database == "sqlite:////var/lib/sendguard/sendguard.db"
    assert "\nStateDirectory=sendguard\n" in (EXAMPLES / "sendguard.service").read_text("utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = (EXAMPLES / "sendguard.service").read_text("utf-8")
    file = tmp_path / "sendguard.service"
    program = Path(sys.executable).with_name("sendguard")
    file.write_text(unit.replace("/opt/sendguard/bin/sendguard", str(program)), "utf-8")

    verified = subprocess.run(
        ["systemd-analyze", "verify", file], capture_output=True, text=True, check=False
    )

    assert (verified.returncode, verified.stderr) == (0, "")
