"""`sendguard approve`: what it takes as a person's word, before it looks at anything."""

from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from sendguard.entrypoints.cli.app import app
from sendguard.errors import BadConfig, WrongUsage

TODAY = datetime.now(UTC).date()


def approve(*arguments: str, by: str = "Ada", because: str = "Because") -> None:
    command = ["approve", "nowhere", "SG301", "--by", by, "--because", because, *arguments]
    CliRunner().invoke(app, command, catch_exceptions=False)


@pytest.mark.parametrize("nobody", ["", "  ", "\u202e", "\u200d", "…", "--"])
def test_a_word_is_given_by_a_name(nobody: str) -> None:
    with pytest.raises(WrongUsage, match="--by is empty"):
        approve(by=nobody)


def test_a_word_has_a_reason() -> None:
    with pytest.raises(WrongUsage, match="--because is empty"):
        approve(because=" ")


def test_a_name_and_a_reason_are_short_enough_to_read() -> None:
    with pytest.raises(WrongUsage, match="--by has 81 characters; 80 are the most"):
        approve(by="a" * 81)
    with pytest.raises(WrongUsage, match="--because has 501 characters; 500 are the most"):
        approve(because="a" * 501)


@pytest.mark.parametrize("until", ["tomorrow", "24.12.2026", "20261224", "2026-02-30", ""])
def test_a_last_day_is_a_date(until: str) -> None:
    with pytest.raises(WrongUsage, match="is no date: write it like"):
        approve("--until", until)


def test_a_last_day_is_not_past() -> None:
    with pytest.raises(WrongUsage, match="is past"):
        approve("--until", f"{TODAY - timedelta(days=2)}")


def test_a_last_day_is_not_further_away_than_a_year() -> None:
    with pytest.raises(WrongUsage, match="more than a year away"):
        approve("--until", f"{TODAY + timedelta(days=368)}")


def test_settings_are_obeyed() -> None:
    with pytest.raises(BadConfig, match="cannot be read"):
        approve("--config", "nowhere.yaml")
