"""`sendguard init`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sendguard.config import Config
from sendguard.config.section import keys_of
from sendguard.entrypoints.cli.app import app
from sendguard.errors import SendGuardError


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init() -> str:
    return CliRunner().invoke(app, ["init"], catch_exceptions=False).stdout


def written(here: Path) -> set[str]:
    return {str(file.relative_to(here)) for file in here.rglob("*") if file.is_file()}


def test_init_makes_settings_and_a_first_campaign(here: Path) -> None:
    said = init()

    assert written(here) == {
        "config.yaml",
        "campaigns/first-issue/campaign.yaml",
        "campaigns/first-issue/newsletter.html",
    }
    assert "sendguard check campaigns/first-issue" in said


def test_the_settings_made_are_the_defaults(here: Path) -> None:
    init()

    assert Config.parse((here / "config.yaml").read_text("utf-8"), {}) == Config()


def test_the_settings_made_name_every_key(here: Path) -> None:
    init()

    text = (here / "config.yaml").read_text("utf-8")
    assert all(f"{path[-1]}:" in text for path, _ in keys_of(Config))


def test_settings_that_are_there_are_left_as_they_are(here: Path) -> None:
    (here / "config.yaml").write_text("mine", "utf-8")

    said = init()

    assert (here / "config.yaml").read_text("utf-8") == "mine"
    assert (here / "campaigns/first-issue/campaign.yaml").is_file()
    assert "config.yaml is already here and was left as it is" in said


@pytest.mark.parametrize("besides", [{}, {"config.yaml": "mine"}])
def test_a_campaign_that_is_there_keeps_anything_from_being_written(
    here: Path, besides: dict[str, str]
) -> None:
    there = {"campaigns/first-issue": "mine", **besides}
    (here / "campaigns").mkdir()
    for name, text in there.items():
        (here / name).write_text(text, "utf-8")

    with pytest.raises(SendGuardError, match="campaigns/first-issue is already here"):
        init()

    assert {name: (here / name).read_text("utf-8") for name in written(here)} == there


def test_a_folder_that_cannot_be_made_leaves_nothing_behind(here: Path) -> None:
    (here / "campaigns").write_text("a file", "utf-8")

    with pytest.raises(SendGuardError, match="campaigns cannot be written"):
        init()

    assert written(here) == {"campaigns"}


def test_other_campaigns_are_left_alone(here: Path) -> None:
    (here / "campaigns" / "mine").mkdir(parents=True)

    init()

    assert (here / "campaigns" / "mine").is_dir()


def test_nothing_in_the_first_campaign_blocks() -> None:
    init()

    told = CliRunner().invoke(app, ["check", "campaigns/first-issue", "--offline"])

    assert told.exit_code == 3
    assert "2 of 3 links not opened, because of --offline" in told.stdout
