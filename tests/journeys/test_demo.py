"""The demo: the whole story, with a website and a mail server of its own."""

import asyncio
import os
import re
from pathlib import Path

import pytest

from tests.journeys.program import Ran, sendguard

SENT, CORRECTION = "How to recover from a mistake", "CORRECTED: How to recover from a mistake"
RIGHT, WRONG = "Schrodinger's Proposals", "Five Ways to Lose a Sale"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("here")


@pytest.fixture(scope="module")
def told(here: Path) -> Ran:
    """The demo, run where other settings hold for everything else."""
    (here / "config.yaml").write_text("smtp: {host: mail.example.org}\n", "utf-8")
    elsewhere = {"SENDGUARD_DATABASE": f"sqlite:///{here}/own.db", "SENDGUARD_VISIT__AT_ONCE": "x"}
    return asyncio.run(sendguard("demo", here=here, env={**os.environ, **elsewhere}))


def chapter(told: Ran, number: int) -> str:
    return re.split(r"^\d\. ", told.out, flags=re.MULTILINE)[number]


def test_it_ends_well_and_without_a_complaint(told: Ran) -> None:
    assert (told.code, told.err) == (0, "")


def test_the_wrong_link_is_stopped(told: Ran) -> None:
    assert "BLOCKED" in chapter(told, 1)


def test_mended_it_passes(told: Ran) -> None:
    assert "PASS" in chapter(told, 2)


def test_what_went_wrong_after_the_check_reaches_all(told: Ran) -> None:
    assert "navigator-42: 25 of 25 sent" in chapter(told, 3)
    assert f"25 readers have “{SENT}”, once each." in chapter(told, 3)
    assert f"[Read article] opens “{WRONG}”" in chapter(told, 3)


def test_one_command_puts_it_right_with_all_once(told: Ran) -> None:
    assert "navigator-42-corrected: 25 of 25 sent" in chapter(told, 4)
    assert f"25 readers have “{CORRECTION}”, once each." in chapter(told, 4)
    assert f"[Read article] opens “{RIGHT}”" in chapter(told, 4)


def test_the_reader_sees_what_was_wrong(told: Ran) -> None:
    seen = " ".join(chapter(told, 4).partition("sees:")[2].replace("|", " ").split())

    assert f"Subject {CORRECTION} We made a mistake" in seen
    assert f"“{RIGHT}” opened “{WRONG}”. The right link is {RIGHT}." in seen


def test_it_is_on_record(told: Ran) -> None:
    assert "25 of 25 readers got it" in chapter(told, 5)
    assert "Within the hour: yes." in chapter(told, 5)


@pytest.mark.usefixtures("told")
def test_nothing_of_the_users_is_touched(here: Path) -> None:
    assert [file.name for file in here.iterdir()] == ["config.yaml"]
