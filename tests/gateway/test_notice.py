"""What people are told when a newsletter is stopped at the gate."""

from dataclasses import replace

import pytest

from sendguard.gateway import Ruling, Standing
from sendguard.gateway.notice import Numbers, notice_of
from sendguard.gateway.ruling import sealed
from sendguard.watch import Verdict
from sendguard.watch.notice import LONGEST_BODY, LONGEST_TITLE
from tests.builders import NOON
from tests.fakes_gateway import a_copy, a_stream

SAYS = "“Read article” opens “Five Ways to Lose a Sale”, not “Schrodinger's Proposals”"


def a_ruling(standing: Standing = Standing.BLOCKED, by: str | None = None) -> Ruling:
    return Ruling(standing=standing, at=NOON, says=SAYS, by=by)


def test_a_block_is_told_with_the_finding_and_with_what_can_be_done() -> None:
    stream = a_stream()

    notice = notice_of(stream, a_ruling(), Numbers(kept=3))

    assert notice is not None
    assert (notice.campaign, notice.decision) == (stream.fingerprint, Verdict.BLOCK)
    assert notice.title.startswith("“News” is stopped: “Read article” opens")
    assert SAYS in notice.body
    assert "No reader has it yet; 3 copies so far are kept until somebody decides." in notice.body
    assert f"sendguard gateway show {stream.fingerprint}" in notice.body
    assert "sendguard correct" not in notice.body


def test_who_has_the_wrong_one_already_is_said_and_how_to_write_to_them() -> None:
    notice = notice_of(a_stream(), a_ruling(), Numbers(sent=1))

    assert notice is not None
    assert "1 reader has it already." in notice.body
    assert "sendguard correct" in notice.body


def test_the_repair_names_the_link_that_is_wrong_ready_to_paste() -> None:
    notice = notice_of(a_stream(), a_ruling(), Numbers(), "L2")

    assert notice is not None
    assert ' --link "L2=https://…" --by NAME' in notice.body


def test_what_could_not_be_verified_can_be_checked_once_more() -> None:
    ruling = replace(a_ruling(Standing.UNVERIFIED), record=17)

    notice = notice_of(a_stream(), ruling, Numbers())

    assert notice is not None
    assert notice.decision is Verdict.UNVERIFIED
    assert "could not be verified" in notice.title
    assert "sendguard gateway recheck" in notice.body


def test_what_nobody_can_read_can_only_be_let_out_or_discarded() -> None:
    notice = notice_of(a_stream(), sealed("encrypted (PGP)", NOON), Numbers())

    assert notice is not None
    assert notice.title == "“News” could not be verified: it is encrypted (PGP)"
    assert notice.body.startswith("SendGuard stopped the message “News”")
    assert "It is encrypted (PGP), and SendGuard cannot read it" in notice.body
    assert "sendguard gateway approve" in notice.body
    assert "repair" not in notice.body
    assert "recheck" not in notice.body


@pytest.mark.parametrize(
    "ruling",
    [a_ruling(Standing.CHECKING), a_ruling(by="Ada")],
    ids=["checking", "a person's own word"],
)
def test_nobody_is_told_of_what_needs_nobody(ruling: Ruling) -> None:
    assert notice_of(a_stream(), ruling, Numbers()) is None


def test_foreign_words_stay_short_and_on_their_line() -> None:
    copy = replace(a_copy(), subject="a\n\u202eb" * 900, sender="c\r\n" * 900)

    notice = notice_of(replace(a_stream(), first=copy), a_ruling(), Numbers())

    assert notice is not None
    assert len(notice.title) <= LONGEST_TITLE
    assert len(notice.body) <= LONGEST_BODY
    assert "\u202e" not in notice.title + notice.body
    assert "sendguard gateway discard" in notice.body


def test_a_title_holds_no_half_of_an_address() -> None:
    says = f"“Read article” should open “A” but opens “B” (https://example.org/{'b' * 90})"

    notice = notice_of(a_stream(), replace(a_ruling(), says=says), Numbers())

    assert notice is not None
    assert notice.title == "“News” is stopped: “Read article” should open “A” but opens “B”"


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (Standing.APPROVED, "goes out after all, as it is: Ada approved it"),
        (Standing.DISCARDED, "was discarded by Ada: none of it goes out"),
    ],
)
def test_what_a_person_decided_is_told_with_the_reason(standing: Standing, told: str) -> None:
    notice = notice_of(a_stream(), a_ruling(standing, by="Ada"), Numbers())

    assert notice is not None
    assert (notice.decision, notice.title) == (Verdict.PASS, f"“News” {told}")
    assert f"The reason: {SAYS}" in notice.body
    assert ("Do not send it again" in notice.body) is (standing is Standing.APPROVED)


def test_of_what_goes_out_again_only_the_refused_are_to_be_sent_to_again() -> None:
    stream = replace(a_stream(repairs=(("a", "b"),)), repaired_by="Ada")

    notice = notice_of(stream, a_ruling(Standing.PASSED), Numbers(refused=2))

    assert notice is not None
    assert notice.title == "“News” was put right by Ada, and goes out now"
    assert "2 copies were refused while it was stopped" in notice.body
    assert "Send it to nobody else" in notice.body


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (3, "3 readers have it already, as it was before it was repaired."),
        (1, "3 readers have it already, 1 of them as it was before it was repaired."),
    ],
)
def test_who_has_what_a_repair_did_not_touch_is_said(before: int, says: str) -> None:
    notice = notice_of(a_stream(), a_ruling(), Numbers(sent=3, before=before))

    assert notice is not None
    assert says in notice.body
