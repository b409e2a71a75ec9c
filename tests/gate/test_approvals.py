"""Whose word lets which finding stand, and until when."""

from datetime import date, timedelta

from sendguard.config import Walled
from sendguard.gate import decide_again, interrupted, renew, with_approvals
from sendguard.values import Decision
from tests.builders import NOON, an_approval
from tests.report.runs import a_blocked_link, a_checked, a_finding, a_fine_link

TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)
FOUND = a_finding()


def test_an_approval_lets_the_finding_of_its_fingerprint_stand() -> None:
    other = a_finding("Another thing is wrong")
    word = an_approval(FOUND.fingerprint)

    approved = with_approvals([FOUND, other], [word], TODAY)

    assert [found.approved for found in approved] == [word, None]


def test_an_approval_counts_on_its_last_day() -> None:
    word = an_approval(FOUND.fingerprint, until=TODAY)

    (found,) = with_approvals([FOUND], [word], TODAY)

    assert (found.approved, found.lapsed) == (word, None)


def test_an_approval_whose_day_has_passed_is_told_and_not_obeyed() -> None:
    word = an_approval(FOUND.fingerprint, until=YESTERDAY)

    (found,) = with_approvals([FOUND], [word], TODAY)

    assert (found.approved, found.lapsed) == (None, word)


def test_of_two_approvals_the_longer_one_counts() -> None:
    gone = an_approval(FOUND.fingerprint, by="Bob", until=YESTERDAY)
    word = an_approval(FOUND.fingerprint, by="Ada", until=TODAY)

    for both in ([gone, word], [word, gone]):
        (found,) = with_approvals([FOUND], both, TODAY)
        assert (found.approved, found.lapsed) == (word, None)


def test_an_approval_of_what_is_not_found_changes_nothing() -> None:
    assert with_approvals([FOUND], [an_approval("f" * 16)], TODAY) == (FOUND,)


def test_with_an_approval_a_check_is_decided_again() -> None:
    checked = a_checked(a_fine_link("L1"), a_blocked_link(id="L2"))
    word = an_approval(checked.links[1].findings[0].fingerprint)

    again = decide_again(checked, [word], TODAY, walled=Walled.WARN)

    assert (checked.decision, again.decision) == (Decision.BLOCK, Decision.PASS)
    assert again.links[1].findings[0].approved == word


def test_a_new_approval_comes_last() -> None:
    one, two = an_approval("1" * 16), an_approval("2" * 16)

    assert renew([one], two) == (one, two)


def test_a_renewed_approval_keeps_its_place_and_stands_once() -> None:
    one, two = an_approval("1" * 16), an_approval("2" * 16)
    renewed = an_approval("1" * 16, until=date(2027, 1, 1))

    assert renew([one, two, one], renewed) == (renewed, two)


def test_no_word_lets_an_interrupted_check_pass() -> None:
    checked = interrupted(a_checked(a_fine_link()))

    again = decide_again(checked, [], TODAY, walled=Walled.WARN)

    assert again.decision is Decision.UNVERIFIED
