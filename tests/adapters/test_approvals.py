"""The approvals of a campaign on disk."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sendguard.adapters.approvals import ApprovalsOnDisk
from sendguard.errors import SendGuardError, Unreadable, WrongUsage
from sendguard.gate import Approval, approvals_text, parse_approvals
from tests.builders import an_approval

ROOT = Path(__file__).parent.parent.parent
OTHERS = tuple(an_approval(f"{number:016x}", because="a" * 400) for number in range(1, 200))
# The kernel stops what writes more than half a file, with a signal that kills.
STOPPED_HALFWAY = """
import resource, signal, sys
from sendguard.adapters.approvals import ApprovalsOnDisk
from tests.builders import an_approval
kept = ApprovalsOnDisk(sys.argv[1])
if sys.argv[2] == "killed":
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
kept.keep(an_approval())
"""


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    folder = tmp_path / "navigator-42"
    folder.mkdir()
    (folder / "campaign.yaml").write_text("newsletter: a.html", "utf-8")
    return folder


def kept(campaign: Path) -> tuple[Approval, ...]:
    return parse_approvals((campaign / "approvals.yaml").read_bytes())


@pytest.mark.parametrize("named", ["", "campaign.yaml"])
def test_an_approval_is_kept_beside_the_campaign(campaign: Path, named: str) -> None:
    approvals = ApprovalsOnDisk(str(campaign / named)).keep(an_approval())

    assert kept(campaign) == approvals == (an_approval(),)
    assert {file.name for file in campaign.iterdir()} == {"campaign.yaml", "approvals.yaml"}


def test_a_second_approval_of_a_finding_renews_the_first(campaign: Path) -> None:
    approvals = ApprovalsOnDisk(str(campaign))
    approvals.keep(an_approval())

    approvals.keep(an_approval(by="Bob"))

    assert kept(campaign) == (an_approval(by="Bob"),)


def test_of_many_at_once_none_is_lost(campaign: Path) -> None:
    words = [an_approval(f"{number:016x}") for number in range(40)]
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda word: ApprovalsOnDisk(str(campaign)).keep(word), words))

    assert set(kept(campaign)) == set(words)


def stopped_halfway(campaign: Path, how: str) -> subprocess.CompletedProcess[str]:
    (campaign / "approvals.yaml").write_text(approvals_text(OTHERS), "utf-8")
    return subprocess.run(
        [sys.executable, "-c", STOPPED_HALFWAY, campaign, how],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_program_that_is_killed_while_it_writes_leaves_the_old_file(campaign: Path) -> None:
    ran = stopped_halfway(campaign, "killed")

    assert ran.returncode == -signal.SIGXFSZ
    assert kept(campaign) == OTHERS


def test_a_disk_that_holds_no_more_leaves_the_old_file_and_nothing_beside(campaign: Path) -> None:
    ran = stopped_halfway(campaign, "refused")

    assert "SendGuardError" in ran.stderr
    assert kept(campaign) == OTHERS
    assert {file.name for file in campaign.iterdir()} == {"campaign.yaml", "approvals.yaml"}


def test_what_a_killed_program_left_does_not_hinder_the_next(campaign: Path) -> None:
    stopped_halfway(campaign, "killed")

    ApprovalsOnDisk(str(campaign)).keep(an_approval())

    assert kept(campaign) == (*OTHERS, an_approval())
    assert {file.name for file in campaign.iterdir()} == {"campaign.yaml", "approvals.yaml"}


def test_a_file_that_cannot_be_read_is_left_as_it_is(campaign: Path) -> None:
    file = campaign / "approvals.yaml"
    file.write_text("approvals:\n  - by: Ada\n<<<<<<< HEAD\n", "utf-8")

    with pytest.raises(Unreadable, match=r"^approvals\.yaml:3"):
        ApprovalsOnDisk(str(campaign)).keep(an_approval())
    assert file.read_text("utf-8").endswith("HEAD\n")


@pytest.mark.parametrize("there", [True, False])
def test_a_link_that_leads_out_of_the_campaign_is_refused(
    campaign: Path, tmp_path: Path, *, there: bool
) -> None:
    outside = tmp_path / "approvals.yaml"
    if there:
        outside.write_text("approvals: []\n", "utf-8")
    (campaign / "approvals.yaml").symlink_to(outside)

    with pytest.raises(Unreadable):
        ApprovalsOnDisk(str(campaign)).keep(an_approval())
    assert outside.exists() == there
    assert not there or outside.read_text("utf-8") == "approvals: []\n"


def test_a_folder_of_that_name_is_refused(campaign: Path) -> None:
    (campaign / "approvals.yaml").mkdir()

    with pytest.raises(Unreadable, match="is not a file"):
        ApprovalsOnDisk(str(campaign)).keep(an_approval())


def test_a_campaign_that_is_gone_is_said(campaign: Path) -> None:
    approvals = ApprovalsOnDisk(str(campaign))
    (campaign / "campaign.yaml").unlink()
    campaign.rmdir()

    with pytest.raises(SendGuardError, match="cannot be written: No such file"):
        approvals.keep(an_approval())


@pytest.mark.parametrize("named", ["a.html", "-"])
def test_a_bare_newsletter_is_told_what_it_needs(campaign: Path, named: str) -> None:
    (campaign / "a.html").write_text("<p>A</p>", "utf-8")
    path = named if named == "-" else str(campaign / named)

    with pytest.raises(WrongUsage, match="only a campaign folder keeps approvals"):
        ApprovalsOnDisk(path)


def test_a_folder_that_is_no_campaign_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"is a folder without campaign\.yaml"):
        ApprovalsOnDisk(str(tmp_path))
