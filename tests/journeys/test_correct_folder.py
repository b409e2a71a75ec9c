"""The folder of a correction: what an editor changed there stays, and nobody else's is touched."""

from pathlib import Path

from tests.journeys.mailing import NAME
from tests.journeys.mistakes import mistaken


async def test_what_an_editor_changed_in_the_corrections_folder_is_kept(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        await room.correct("--dry-run")
        same = await room.correct("--dry-run")
        (room.corrected / "newsletter.html").write_text("mine", "utf-8")
        changed = await room.correct("--dry-run")

        aside = room.corrected.with_name(f"{NAME}-corrected.1")
        kept = (aside / "newsletter.html").read_text("utf-8")
    assert "is in" not in same.err
    assert f"is in {aside.name} now" in changed.err
    assert kept == "mine"


async def test_a_link_to_a_folder_is_never_written_through(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        (tmp_path / "mine").mkdir()
        room.corrected.symlink_to(tmp_path / "mine")

        ran = await room.correct("--yes")

    assert ran.code == 4
    assert not list((tmp_path / "mine").iterdir())


async def test_a_correction_is_sent_by_correct_alone(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        await room.correct("--dry-run")

        ran = await room.run("send", str(room.corrected), "--yes")

        assert len(room.taken(3)) == 3
    assert ran.code == 1
    assert f"`sendguard correct {NAME}` sends it, once" in ran.err


async def test_somebody_elses_folder_is_never_overwritten(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        room.corrected.mkdir()
        (room.corrected / "campaign.yaml").write_text("newsletter: mine.html\n", "utf-8")

        ran = await room.correct("--yes")

        assert room.incident() is None
        assert [one.name for one in room.corrected.iterdir()] == ["campaign.yaml"]
    assert ran.code == 4
    assert "was not made by `sendguard correct`" in ran.err
