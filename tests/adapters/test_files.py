import io
import os
from pathlib import Path

import pytest

from sendguard.adapters.files import (
    MOST_BESIDE,
    DiskFolder,
    StdinFolder,
    campaigns_in,
    open_path,
)
from sendguard.errors import Unreadable
from sendguard.values import Place

HERE = Place("campaign.yaml", 2, 3)


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    folder = tmp_path / "navigator-42"
    (folder / "parts").mkdir(parents=True)
    (folder / "campaign.yaml").write_bytes(b"newsletter: a.html")
    (folder / "a.html").write_bytes(b"<p>A</p>")
    (folder / "parts/b.mjml").write_bytes(b"B")
    (tmp_path / "secret.html").write_bytes(b"S")
    return folder


def refusal(folder: DiskFolder, name: str) -> str:
    with pytest.raises(Unreadable) as caught:
        folder.read(name, HERE)
    assert caught.value.place == HERE
    return caught.value.says


@pytest.mark.parametrize("inner", ["", "campaign.yaml"])
def test_a_campaign_folder_is_opened_at_its_brief(campaign: Path, inner: str) -> None:
    opened = open_path(str(campaign / inner))

    assert (opened.name, opened.id) == ("campaign.yaml", "navigator-42")
    assert opened.folder.read(opened.name) == b"newsletter: a.html"


def test_the_present_folder_has_a_name_too(campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(campaign)

    assert open_path(".").id == "navigator-42"


def test_a_bare_file_is_opened_with_the_files_beside_it(campaign: Path) -> None:
    opened = open_path(str(campaign / "a.html"))

    assert (opened.name, opened.id) == ("a.html", None)
    assert opened.folder.read("parts/b.mjml") == b"B"


def test_a_link_that_the_user_names_is_followed(campaign: Path, tmp_path: Path) -> None:
    (tmp_path / "latest.html").symlink_to(campaign / "a.html")

    opened = open_path(str(tmp_path / "latest.html"))

    assert opened.folder.read(opened.name) == b"<p>A</p>"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("nothing.html", "there is no {path}: check the name and the folder"),
        ("a.html/b", "{path} cannot be opened: not a directory"),
        ("parts", "{path} is a folder without campaign.yaml: name the newsletter in it"),
        ("a\0b", "{path} cannot be opened: its name cannot be used"),
        ("x" * 999, "{path} cannot be opened: file name too long"),
    ],
)
def test_a_path_to_no_newsletter_is_refused(campaign: Path, path: str, says: str) -> None:
    whole = f"{campaign}/{path}"

    with pytest.raises(Unreadable) as caught:
        open_path(whole)

    assert caught.value.says.startswith(says.format(path=whole))


def test_a_folder_of_campaigns_is_none_itself(campaign: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        open_path(f"{campaign.parent}/")

    assert caught.value.says.endswith(f"`sendguard check {campaign.parent}/*`")


def test_a_campaign_that_is_named_without_its_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "campaigns" / "spring").mkdir(parents=True)
    (tmp_path / "campaigns" / "spring" / "campaign.yaml").touch()
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Unreadable, match=r"^there is no spring: did you mean campaigns/spring\?$"):
        open_path("spring")


@pytest.mark.parametrize("name", ["../secret.html", "/etc/passwd", "..\\secret.html", "", "."])
def test_nothing_outside_the_folder_is_read(campaign: Path, name: str) -> None:
    says = refusal(DiskFolder(campaign), name)

    assert says == f"{name} stands outside the newsletter's folder: put it inside"


def test_no_symbolic_link_leads_out(campaign: Path) -> None:
    (campaign / "out.html").symlink_to("../secret.html")
    (campaign / "in.html").symlink_to("a.html")

    folder = DiskFolder(campaign)

    assert refusal(folder, "out.html").startswith("out.html stands outside")
    assert folder.read("in.html") == b"<p>A</p>"


def test_a_link_that_leads_to_itself_is_refused(campaign: Path) -> None:
    (campaign / "loop.html").symlink_to("loop.html")

    assert refusal(DiskFolder(campaign), "loop.html").startswith("loop.html cannot be opened")


def test_a_large_file_is_refused_before_it_is_read(campaign: Path) -> None:
    with (campaign / "big.html").open("wb") as stream:
        stream.truncate(10**12)

    says = refusal(DiskFolder(campaign), "big.html")

    assert says == "big.html is 1,000,000.0 MB; SendGuard reads at most 5 MB"


def test_a_missing_file_is_named(campaign: Path) -> None:
    says = refusal(DiskFolder(campaign), "c.html")

    assert says == "there is no file c.html in the folder: check its name"


def test_a_folder_or_a_pipe_is_no_file(campaign: Path) -> None:
    os.mkfifo(campaign / "pipe.html")

    folder = DiskFolder(campaign)

    assert refusal(folder, "parts") == "parts is not a file: name the newsletter itself"
    assert refusal(folder, "pipe.html").startswith("pipe.html is not a file")


def test_a_file_that_cannot_be_opened_is_refused(campaign: Path) -> None:
    (campaign / "a.html").unlink()
    (campaign / "a.html").symlink_to("a.html")

    assert refusal(DiskFolder(campaign), "a.html").startswith("a.html cannot be opened: ")


def test_standard_input_is_one_file() -> None:
    opened = open_path("-")

    assert (opened.name, opened.id) == ("-", None)


def test_standard_input_is_read_whole() -> None:
    assert StdinFolder(io.BytesIO(b"<p>A</p>")).read("-") == b"<p>A</p>"


def test_too_much_on_standard_input_is_refused() -> None:
    folder = StdinFolder(io.BytesIO(b"x" * 3_000_000), largest=2_000_000)

    with pytest.raises(Unreadable, match=r"^standard input is over 2 MB, the most that"):
        folder.read("-")


def test_no_file_stands_beside_standard_input() -> None:
    with pytest.raises(Unreadable, match=r"^campaign\.yaml:2:3: a\.mjml cannot be read beside"):
        StdinFolder(io.BytesIO()).read("a.mjml", HERE)


def test_a_file_that_need_not_be_there_is_read_or_none(campaign: Path) -> None:
    folder = DiskFolder(campaign)

    assert folder.read_if_there("a.html") == b"<p>A</p>"
    assert folder.read_if_there("approvals.yaml") is None
    assert StdinFolder(io.BytesIO()).read_if_there("approvals.yaml") is None


@pytest.mark.parametrize("leads_to", ["nowhere.yaml", "../secret.html", "approvals.yaml", "parts"])
def test_a_link_that_cannot_be_followed_is_no_missing_file(campaign: Path, leads_to: str) -> None:
    (campaign / "approvals.yaml").symlink_to(leads_to)

    with pytest.raises(Unreadable):
        DiskFolder(campaign).read_if_there("approvals.yaml")


def test_other_campaigns_in_the_same_place_stand_beside_it(campaign: Path, tmp_path: Path) -> None:
    (tmp_path / "navigator-41").mkdir()
    (tmp_path / "navigator-41/campaign.yaml").write_bytes(b"newsletter: a.html")
    (tmp_path / "pictures").mkdir()

    beside = open_path(str(campaign)).beside()

    assert [open_path(path).id for path in beside] == ["navigator-41"]
    assert open_path(str(campaign / "a.html")).beside() == ()


def test_many_folders_in_one_place_are_not_all_asked(campaign: Path, tmp_path: Path) -> None:
    for number in range(MOST_BESIDE + 5):
        (tmp_path / f"n{number:04}").mkdir()
        (tmp_path / f"n{number:04}/campaign.yaml").touch()

    beside = open_path(str(campaign)).beside()

    assert len(beside) <= MOST_BESIDE


def test_campaigns_in_a_folder_are_found_by_name(tmp_path: Path) -> None:
    for name in ("b", "a", "none"):
        (tmp_path / name).mkdir()
    for name in ("a", "b"):
        (tmp_path / name / "campaign.yaml").touch()

    assert campaigns_in(str(tmp_path)) == (str(tmp_path / "a"), str(tmp_path / "b"))


@pytest.mark.parametrize(
    ("name", "says"), [("none", "there is no folder"), ("file", "is no folder")]
)
def test_a_folder_of_campaigns_may_be_missing(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Unreadable, match=says):
        campaigns_in(str(tmp_path / name))
