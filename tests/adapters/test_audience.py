"""Audience files on disk."""

from pathlib import Path

import pytest

from sendguard.adapters.audience import open_audience, open_lines
from sendguard.errors import Unreadable
from sendguard.ports import OpenAudience
from sendguard.send.audience import LONGEST_LINE

OPEN: OpenAudience = open_audience


@pytest.mark.parametrize("named", ["", "campaign.yaml"])
def test_the_lines_of_an_audience_come_one_by_one(named: str, tmp_path: Path) -> None:
    (tmp_path / "readers.csv").write_bytes(b"email\r\nada@example.org")

    with OPEN(str(tmp_path / named), "readers.csv") as lines:
        read = list(lines)

    assert read == [b"email\r\n", b"ada@example.org"]


def test_a_line_without_end_comes_in_pieces(tmp_path: Path) -> None:
    (tmp_path / "readers.csv").write_bytes(b"x" * (LONGEST_LINE + 5))

    with OPEN(str(tmp_path), "readers.csv") as lines:
        read = [len(line) for line in lines]

    assert read == [LONGEST_LINE, 5]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("readers.csv", "there is no file readers.csv in the folder: check its name"),
        ("../readers.csv", "../readers.csv stands outside the newsletter's folder"),
        ("out.csv", "out.csv stands outside the newsletter's folder"),
        ("folder", "folder is not a file"),
    ],
)
def test_an_audience_that_cannot_be_opened_is_told_why(
    name: str, says: str, tmp_path: Path
) -> None:
    campaign = tmp_path / "navigator-42"
    (campaign / "folder").mkdir(parents=True)
    (tmp_path / "readers.csv").write_text("email\n")
    (campaign / "out.csv").symlink_to(tmp_path / "readers.csv")

    with pytest.raises(Unreadable) as refused, OPEN(str(campaign), name):
        pass

    assert str(refused.value).startswith(says)


def test_a_file_that_the_user_names_may_stand_anywhere(tmp_path: Path) -> None:
    (tmp_path / "left.txt").write_text("ada@example.org\n")

    with open_lines(str(tmp_path / "left.txt")) as lines:
        read = list(lines)

    assert read == [b"ada@example.org\n"]


@pytest.mark.parametrize(
    ("name", "says"), [("nowhere.csv", "there is no file"), ("", "is a folder")]
)
def test_a_file_that_cannot_be_opened_is_told_why(name: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=says), open_lines(str(tmp_path / name)):
        pass
