"""What stands around the package agrees with it: config.yaml, the locks, the set-up, the docs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sendguard.config import Config
from sendguard.config.gateway import Listener
from sendguard.config.section import keys_of
from sendguard.config.written import read_yaml
from tests.mail.recipes import recipe
from tests.test_architecture import STORY

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(lock: str) -> set[str]:
    """The packages of a lock, each with its version and the systems that it is for."""
    return set(re.findall(r"^(\S.+==.+) \\$", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


def test_config_yaml_says_what_holds_without_it() -> None:
    text = (ROOT / "config.yaml").read_text("utf-8")

    assert Config.parse(text, {}) == Config()


def test_config_yaml_has_every_key() -> None:
    lines = read_yaml((ROOT / "config.yaml").read_text("utf-8"), "config.yaml").lines

    values = [path for path, _ in keys_of(Config)]
    assert [path for path in lines if path in values] == values


def test_config_yaml_says_what_every_section_is_about() -> None:
    text = (ROOT / "config.yaml").read_text("utf-8")

    sections = re.findall(r"^\w+:(.*)\n  ", text, re.MULTILINE)
    assert len(sections) == 8
    assert all("#" in about for about in sections)


def test_the_settings_to_begin_with_are_those_of_the_repository() -> None:
    starter = ROOT / "sendguard/entrypoints/cli/starter/config.yaml"

    assert starter.read_bytes() == (ROOT / "config.yaml").read_bytes()


def test_the_manual_has_every_key_of_a_listener_with_its_default() -> None:
    page = (ROOT / "docs/gateway.md").read_text("utf-8")
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| `(.+?)` \|", page, re.MULTILINE)

    told = {key: yaml.safe_load(said) for keys, said in rows for key in re.findall(r"\w+", keys)}
    assert told == Listener().model_dump(mode="json")


def test_the_settings_for_tests_on_one_computer_are_settings() -> None:
    text = recipe("The keys of a listener")["config.yaml, for tests alone"]

    assert Config.parse(text, {}).visit.connect_to == {"*:80": "127.0.0.1:8080"}


def test_tools_are_tried_with_the_versions_that_users_get() -> None:
    assert pins("requirements.lock")
    assert pins("requirements.lock") < pins("requirements-dev.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")

    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_the_architecture_page_tells_the_chapters_in_their_order() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    chapters = page.partition("## The chapters")[2].partition("\n## ")[0]

    assert tuple(re.findall(r"^\| `(\w+)`", chapters, re.MULTILINE)) == STORY


def test_set_up_passes_over_a_python_that_does_not_run(tmp_path: Path) -> None:
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 127\n")
    (tmp_path / "python3.13").symlink_to(sys.executable)
    (tmp_path / "python3").chmod(0o755)
    shell = shutil.which("sh") or "/bin/sh"

    found = subprocess.run(
        [shell, ROOT / ".ci/find-python"],
        env={**os.environ, "PATH": f"{tmp_path}"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout == f"{tmp_path}/python3.13\n"
