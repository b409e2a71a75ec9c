"""Approvals from the campaign's folder into the check, and from a person into the folder."""

from datetime import date

import pytest

from sendguard.config import Config
from sendguard.errors import WrongUsage
from sendguard.flows.approve import Word, approve
from sendguard.flows.check import check
from sendguard.flows.prepare import prepare_all
from sendguard.gate import Approval, Run, approvals_text, renew
from sendguard.values import Decision
from tests.builders import CHRISTMAS, an_approval
from tests.fakes import StoppedClock, ToldPaths, ToldVisitor

CAMPAIGN = {
    "campaign.yaml": "newsletter: a.html",
    "a.html": '<p><a href="#">Read article</a> <a href="#">Read article</a></p>',
}
WORD = Word(by="Ada", because="The page moves at noon", until=CHRISTMAS)


class ToldApprovals:
    """A `ports.Approvals` in memory."""

    def __init__(self) -> None:
        self.kept: tuple[Approval, ...] = ()

    def keep(self, given: Approval) -> tuple[Approval, ...]:
        self.kept = renew(self.kept, given)
        return self.kept


async def run(approvals: str | None = None) -> Run:
    files = CAMPAIGN if approvals is None else {**CAMPAIGN, "approvals.yaml": approvals}
    paths = ToldPaths(issue=files)
    return await check(prepare_all(["issue"], paths), ToldVisitor({}), StoppedClock(), Config())


async def an_approved_campaign(until: date = CHRISTMAS) -> Run:
    found = (await run()).newsletters[0].all_findings
    words = [an_approval(one.fingerprint, until=until) for one in found]
    return await run(approvals_text(words))


async def test_what_the_campaign_approves_stands() -> None:
    assert (await run()).decision is Decision.BLOCK
    assert (await an_approved_campaign()).decision is Decision.PASS


async def test_an_approval_of_the_past_is_not_obeyed() -> None:
    assert (await an_approved_campaign(until=date(2026, 11, 23))).decision is Decision.BLOCK


async def test_to_approve_changes_nothing_of_what_was_checked() -> None:
    before, after = (await run()).newsletters[0], (await an_approved_campaign()).newsletters[0]

    assert before.campaign == after.campaign
    assert before.campaign.digest == after.campaign.digest


async def test_approvals_that_cannot_be_read_keep_the_campaign_from_being_checked() -> None:
    done = await run("approvals: yes")

    assert done.newsletters == ()
    assert [str(missing.place) for missing in done.unreadable] == ["approvals.yaml:1:12"]


async def test_what_is_approved_is_written_down_for_whoever_reviews_it() -> None:
    approvals = ToldApprovals()

    approved = approve(await run(), "SG101@L1", WORD, approvals, Config())

    (kept,) = approvals.kept
    assert approved.approval == kept
    assert (kept.by, kept.because, kept.until) == ("Ada", "The page moves at noon", CHRISTMAS)
    assert (kept.code, kept.label, kept.address) == ("SG101", "Read article", "#")
    assert kept.says == approved.finding.says


async def test_links_that_are_one_are_approved_together() -> None:
    approved = approve(await run(), "SG101", WORD, ToldApprovals(), Config())

    assert approved.links == ("L1", "L2")
    assert approved.run.decision is Decision.PASS


async def test_what_is_not_found_is_not_written_down() -> None:
    approvals = ToldApprovals()

    with pytest.raises(WrongUsage):
        approve(await run(), "SG301", WORD, approvals, Config())
    assert approvals.kept == ()
