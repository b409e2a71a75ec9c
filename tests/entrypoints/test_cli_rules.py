"""`sendguard rules`."""

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from sendguard.entrypoints.cli.app import app
from sendguard.entrypoints.cli.rules import listed
from sendguard.errors import WrongUsage
from sendguard.judge.rules import ALL


def rules(*arguments: str) -> str:
    return CliRunner().invoke(app, ["rules", *arguments], catch_exceptions=False).stdout


def test_every_rule_is_listed_with_its_name_and_weight() -> None:
    listed = rules()

    for rule in ALL:
        assert rule.code in listed
        assert f"{rule.name} " in listed


def test_the_list_fits_a_terminal() -> None:
    assert all(len(line) <= 80 for line in rules().splitlines())


@pytest.mark.parametrize("width", [50, 66, 80, 100])
def test_the_list_is_as_wide_as_asked(width: int) -> None:
    told = "\n".join(listed(ALL, width)).splitlines()

    assert width - 15 < max(map(len, told)) <= width


@pytest.mark.parametrize(("columns", "widest"), [("20", 50), ("60", 60), ("300", 100)])
def test_the_list_is_as_wide_as_the_terminal(columns: str, widest: int) -> None:
    ours, terminal = os.openpty()
    env = {**os.environ, "COLUMNS": columns}

    subprocess.run(
        [sys.executable, "-m", "sendguard", "rules"], stdout=terminal, env=env, check=True
    )
    os.close(terminal)

    told = os.read(ours, 100_000).decode().splitlines()
    os.close(ours)
    assert widest - 15 < max(map(len, told)) <= widest


@pytest.mark.parametrize("wanted", ["SG301", "sg301", "wrong-article", "Wrong-Article"])
def test_a_rule_is_explained_by_code_or_name_in_either_case(wanted: str) -> None:
    explained = rules(wanted)

    assert explained.startswith("SG301 wrong-article")
    assert "Blind spot" in explained


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [("wrong-artcle", "did you mean SG301 wrong-article"), ("zzz", "lists all of them")],
)
def test_an_unknown_rule_is_answered_with_the_nearest(wanted: str, answer: str) -> None:
    with pytest.raises(WrongUsage, match=answer):
        rules(wanted)
