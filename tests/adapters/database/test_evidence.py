"""What is written down is read back as the very same value."""

import zlib
from dataclasses import replace

from hypothesis import given

from sendguard.adapters.database.evidence import (
    FORM,
    LARGEST_BYTES,
    Evidence,
    packed,
    unpacked,
)
from sendguard.gate import Record, Run
from sendguard.read import Campaign
from tests.adapters.database.kept import a_campaign, a_record
from tests.report.runs import made_up_runs


@given(made_up_runs)
def test_whatever_was_found_comes_back(run: Run) -> None:
    for newsletter in run.newsletters:
        checked = replace(newsletter, passed=None)  # what is told again is not kept again
        record = Record(at=run.at, took_s=run.took_s, checked=checked, terms="", says="")

        back = unpacked(Evidence, packed(Evidence.of(record)))

        assert back
        assert back.about(checked.campaign) == record


def test_a_campaign_comes_back() -> None:
    assert unpacked(Campaign, packed(a_campaign())) == a_campaign()


def test_evidence_of_another_form_is_not_read() -> None:
    stored = packed(Evidence.of(a_record()))

    assert unpacked(Evidence, b"9" + stored[1:]) is None


def test_damaged_evidence_is_not_read() -> None:
    stored = packed(Evidence.of(a_record()))

    assert unpacked(Evidence, stored[:-8]) is None


def test_evidence_that_swells_without_end_is_not_read() -> None:
    bomb = FORM + zlib.compress(b'"' + bytes(2 * LARGEST_BYTES), level=1)

    assert unpacked(Evidence, bomb) is None
