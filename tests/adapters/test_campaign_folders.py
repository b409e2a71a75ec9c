"""Campaign folders on disk: what is seen at a glance, and what they hold."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sendguard.adapters.campaign_folders import CampaignFolders
from sendguard.adapters.files import passed_over_in
from tests.flows.watched import ToldJournal


@pytest.fixture
def spring(tmp_path: Path) -> Path:
    """A campaign in a folder for campaigns."""
    return put(tmp_path, "spring")


def put(root: Path, name: str) -> Path:
    folder = root / name
    folder.mkdir()
    (folder / "campaign.yaml").write_text("newsletter: n.html")
    (folder / "n.html").write_text("<p>Hello</p>")
    return folder


def marks(root: Path, name: str = "spring") -> int:
    seen = CampaignFolders(str(root)).glance()
    assert seen
    return seen[name].marks


def names(root: Path) -> list[str]:
    return sorted(CampaignFolders(str(root)).glance() or {})


def test_campaigns_are_folders_with_a_campaign_in_them(tmp_path: Path, spring: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "notes.txt").touch()
    (tmp_path / ".hidden").mkdir()

    seen = CampaignFolders(str(tmp_path)).glance()

    assert seen
    assert {name: one.path for name, one in seen.items()} == {"spring": str(spring)}


def test_a_newsletter_without_a_campaign_is_passed_over_and_named(tmp_path: Path) -> None:
    put(tmp_path, "spring")
    (put(tmp_path, "draft") / "campaign.yaml").unlink()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").touch()
    folders = CampaignFolders(str(tmp_path))

    folders.glance()

    assert folders.passed_over() == {"draft"}
    assert passed_over_in(str(tmp_path)) == ("draft",)


def test_a_place_that_is_not_there_is_no_empty_one(tmp_path: Path) -> None:
    assert CampaignFolders(str(tmp_path)).glance() == {}
    assert CampaignFolders(str(tmp_path / "none")).glance() is None


def test_a_name_is_the_one_that_the_store_keeps(tmp_path: Path) -> None:
    put(tmp_path, "two  blanks\nand more")

    assert names(tmp_path) == ["two blanks and more"]


def test_a_link_is_the_campaign_that_it_leads_to(tmp_path: Path, spring: Path) -> None:
    (tmp_path / "latest").symlink_to(spring)
    (tmp_path / "broken").symlink_to(tmp_path / "none")
    (tmp_path / "round").symlink_to(tmp_path / "round")

    assert names(tmp_path) == ["spring"]


@pytest.mark.parametrize("file", ["n.html", "campaign.yaml", "approvals.yaml", "parts/head.mjml"])
def test_any_file_makes_it_another_content(tmp_path: Path, spring: Path, file: str) -> None:
    folders, before = CampaignFolders(str(tmp_path)), marks(tmp_path)
    content = folders.content(str(spring))

    (spring / file).parent.mkdir(exist_ok=True)
    (spring / file).write_text("another")

    assert folders.content(str(spring)) != content
    assert marks(tmp_path) != before


def test_a_copy_with_the_old_time_is_seen(tmp_path: Path, spring: Path) -> None:
    file, before = spring / "n.html", marks(tmp_path)
    was = file.stat()

    file.write_text("<p>Other</p>")
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))

    assert marks(tmp_path) != before


def test_a_file_that_is_taken_away_is_seen(tmp_path: Path, spring: Path) -> None:
    before = marks(tmp_path)

    (spring / "n.html").unlink()

    assert marks(tmp_path) != before


@pytest.mark.parametrize("name", [".DS_Store", ".n.html.swp", "n.html~", "~$n.html"])
def test_what_editors_leave_there_does_not_count(tmp_path: Path, spring: Path, name: str) -> None:
    folders, before = CampaignFolders(str(tmp_path)), marks(tmp_path)
    content = folders.content(str(spring))

    (spring / name).touch()

    assert (folders.content(str(spring)), marks(tmp_path)) == (content, before)


def test_pipes_and_folders_without_end_are_not_read(tmp_path: Path, spring: Path) -> None:
    os.mkfifo(spring / "pipe")
    deep = spring
    for _ in range(40):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "file").touch()
    (spring / "all").symlink_to(tmp_path)

    content = CampaignFolders(str(tmp_path)).content(str(spring))

    (spring / "pipe").unlink()
    assert CampaignFolders(str(tmp_path)).content(str(spring)) == content


def test_a_campaign_that_stands_there_counts_more_than_a_link_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "elsewhere").mkdir()
    real = put(tmp_path / "campaigns", "spring")
    other = put(tmp_path / "elsewhere", "spring")
    (tmp_path / "campaigns" / "alias").symlink_to(other)
    journal = ToldJournal()
    folders = CampaignFolders(str(tmp_path / "campaigns"), journal)

    seen = [folders.glance(), folders.glance()][-1]

    assert seen
    assert [one.path for one in seen.values()] == [str(real)]
    (told,) = journal.of("same-name")
    assert told["left_out"] == str(tmp_path / "campaigns" / "alias")


def test_without_a_file_handle_left_nothing_is_known_and_nothing_is_gone(
    tmp_path: Path, spring: Path
) -> None:
    journal = ToldJournal()
    folders = CampaignFolders(str(tmp_path), journal)

    with no_handle_left(), pytest.raises(OSError, match="Too many open files"):
        folders.glance()
    with no_handle_left(), pytest.raises(OSError, match="Too many open files"):
        folders.content(str(spring))

    assert [one["says"] for one in journal.of("campaigns-folder-unreadable")] == [
        "too many open files"
    ]


@contextmanager
def no_handle_left() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
