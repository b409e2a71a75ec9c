"""Campaigns are read one by one, and one that cannot be does not keep the others from it."""

from sendguard.flows.survey import Surveyed, survey
from sendguard.gate import CouldNotRead
from tests.fakes import ToldPaths

GOOD = {"campaign.yaml": "newsletter: a.html\nsubject: Good", "a.html": "<p>Hello</p>"}


def test_each_campaign_is_read() -> None:
    (read,) = survey(["good"], ToldPaths(good=GOOD))

    assert isinstance(read, Surveyed)
    assert (read.name, read.brief.subject, read.approvals) == ("good", "Good", ())


def test_one_that_cannot_be_read_is_named() -> None:
    broken = {**GOOD, "approvals.yaml": "approvals: 7"}

    first, second = survey(["broken", "good"], ToldPaths(broken=broken, good=GOOD))

    assert isinstance(first, CouldNotRead)
    assert first.path == "broken"
    assert isinstance(second, Surveyed)
