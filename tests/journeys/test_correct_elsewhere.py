"""`sendguard correct` for what another program sent, and without a mail server of its own."""

import csv
from pathlib import Path

import pytest

from tests.journeys.mailing import HTML, RIGHT, SITE, newsroom
from tests.journeys.mistakes import CORRECTION, SUBJECT

EML = f"Subject: {SUBJECT}\nContent-Type: text/html; charset=utf-8\n\n" + HTML.replace(
    "{{ unsubscribe_url }}", f"{SITE}/leave/1"
).replace('{{ name | default: "reader" }}', "Ada")


async def test_without_a_mail_server_a_folder_is_taken_as_it_stands(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.settings.pop("smtp")
        room.change()
        room.spoil()
        link = f"Read article={RIGHT}"
        ran = await room.run("correct", str(room.folder), "--yes", "--link", link)

        rows = (room.corrected / "readers.csv").read_text("utf-8").splitlines()
    assert (ran.code, len(rows)) == (0, 4)
    assert "no mail server is set" in ran.err


@pytest.mark.parametrize("has_server", [True, False])
async def test_what_somebody_else_sent_is_corrected_too(has_server: bool, tmp_path: Path) -> None:  # noqa: FBT001
    async with newsroom(tmp_path) as room:
        room.spoil()
        (tmp_path / "issue.eml").write_text(
            f"From: Nav <nav@navigator.example>\nSubject: {SUBJECT}\n"
            f"Content-Type: text/html; charset=utf-8\n\n{HTML}",
            "utf-8",
        )
        if not has_server:
            room.settings.pop("smtp")
            room.change()
        ran = await room.run(
            *("correct", "--original", str(tmp_path / "issue.eml"), "--yes"),
            *("--audience", str(room.folder / "readers.csv"), "--link", f"Read article={RIGHT}"),
        )

        folder = tmp_path / "issue-corrected"
        sent = room.subjects()
        with (folder / "readers.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    assert ran.code == 0
    assert sent == ({CORRECTION} if has_server else set())
    assert (folder / "subject.txt").read_text("utf-8") == f"{CORRECTION}\n"
    assert rows[:2] == [["email", "name"], ["reader0@example.org", "Reader 0"]]
    assert ("no mail server is set" in ran.err) is not has_server


async def test_readers_of_somebody_elses_send_are_listed_once_with_one_address(
    tmp_path: Path,
) -> None:
    async with newsroom(tmp_path) as room:
        room.settings.pop("smtp")
        room.change()
        room.spoil()
        (tmp_path / "issue.eml").write_text(f"From: Nav <nav@navigator.example>\n{EML}", "utf-8")
        (tmp_path / "all.csv").write_text("E-Mail,Name\na@b.example,A\nA@B.example,A\n", "utf-8")
        ran = await room.run(
            *("correct", "--original", str(tmp_path / "issue.eml"), "--yes"),
            *("--audience", str(tmp_path / "all.csv"), "--link", f"Read article={RIGHT}"),
        )

        rows = (tmp_path / "issue-corrected" / "readers.csv").read_text("utf-8").splitlines()
    assert (ran.code, rows) == (0, ["E-Mail,Name", "a@b.example,A"])
    assert "1 reader who got it" in ran.out


async def test_a_message_that_one_reader_got_is_refused(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.spoil()
        got = f"Received: by a; Tue, 24 Nov 2026 09:00:00 +0000\nFrom: a@b.example\n{EML}"
        (tmp_path / "got.eml").write_text(got, "utf-8")
        ran = await room.run(
            *("correct", "--original", str(tmp_path / "got.eml"), "--yes"),
            *("--audience", str(room.folder / "readers.csv"), "--link", f"Read article={RIGHT}"),
        )

        assert room.tally() == {}
        assert not (tmp_path / "got-corrected").exists()
    assert (ran.code, "one reader" in ran.err) == (4, True)
