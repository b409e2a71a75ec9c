from dataclasses import replace
from datetime import timedelta

import pytest

from sendguard.watch import Blind, Circumstances, Notice, Standing, Verdict, changed, following
from tests.builders import NOON
from tests.watch.watching import SEND, a_standing, hours

PASS, UNVERIFIED, BLOCK, UNREADABLE = Verdict
UNHEARD = following(None, replace(a_standing(), blind=Blind.INTERRUPTED))


def told_in_turn(*looks: Standing) -> list[Notice | None]:
    """What people hear of a campaign that is looked at again and again."""
    before: Standing | None = None
    notices: list[Notice | None] = []
    for now in looks:
        notices.append(changed(before, now))
        before = following(before, now)
    return notices


def decisions(*looks: Standing) -> list[Verdict | None]:
    return [notice.decision if notice else None for notice in told_in_turn(*looks)]


def test_a_folder_that_appears_with_a_send_long_past_is_told_and_an_archive_is_not() -> None:
    now = a_standing(BLOCK, send_at=NOON - hours(24 * 365))
    appeared = Circumstances(has_appeared=True)

    notice = changed(None, now, appeared)

    assert notice
    assert "365 days ago" in notice.body
    assert following(None, now, appeared).told is BLOCK
    assert changed(None, now) is None


def test_a_notice_says_when_it_is_checked_again() -> None:
    day_and_hour = Circumstances(before=(86_400.0, 3_600.0))

    far, near, none = (
        changed(None, a_standing(send_at=send_at), day_and_hour)
        for send_at in (SEND, NOON + hours(2), NOON + hours(0.5))
    )

    assert far
    assert near
    assert none
    assert "when its folder is changed, and 24 h before the send. To look" in far.body
    assert "when its folder is changed, and 1 h before the send. To look" in near.body
    assert "when its folder is changed. To look" in none.body


def test_a_first_pass_is_no_news() -> None:
    assert changed(None, a_standing(PASS)) is None


@pytest.mark.parametrize("decision", [BLOCK, UNVERIFIED, UNREADABLE])
def test_everything_else_is_news_from_the_first(decision: Verdict) -> None:
    notice = changed(None, a_standing(decision))

    assert notice
    assert (notice.was, notice.decision) == (None, decision)


def test_people_hear_of_each_change_once() -> None:
    looks = [a_standing(one) for one in (PASS, BLOCK, BLOCK, PASS, PASS, UNVERIFIED, BLOCK)]

    assert decisions(*looks) == [None, BLOCK, None, PASS, None, UNVERIFIED, BLOCK]


def test_another_reason_for_the_same_decision_is_no_change() -> None:
    other = replace(a_standing(BLOCK), gist="2 links are broken", content="sha256:1")

    assert decisions(a_standing(BLOCK), other) == [BLOCK, None]


def test_a_notice_says_what_people_knew_before() -> None:
    *_, notice = told_in_turn(a_standing(BLOCK), a_standing(PASS))

    assert notice
    assert notice.was is BLOCK


def no_network(days: float = 5) -> Standing:
    """A look while the cable is out, so many days before the send."""
    unverified = a_standing(UNVERIFIED, send_at=NOON + timedelta(days=days))
    return replace(unverified, blind=Blind.NO_NETWORK)


@pytest.mark.parametrize("known", [PASS, BLOCK])
def test_a_network_that_is_down_for_a_while_is_no_news_of_a_campaign(known: Verdict) -> None:
    before = a_standing(known)

    heard = told_in_turn(before, no_network(), no_network(), before)

    assert heard[1:] == [None, None, None]


def test_a_network_that_is_down_right_before_the_send_is_told_once() -> None:
    looks = [a_standing(PASS), no_network(1), no_network(0.04), a_standing(PASS)]

    assert decisions(*looks) == [None, UNVERIFIED, None, PASS]


def test_a_network_that_is_down_after_the_send_is_no_news() -> None:
    assert decisions(a_standing(PASS), no_network(-1)) == [None, None]


def test_what_was_unknown_while_the_network_was_down_is_told_when_it_is_known() -> None:
    assert decisions(no_network(), a_standing(BLOCK)) == [None, BLOCK]


def test_a_check_that_was_ended_says_nothing() -> None:
    ended = replace(a_standing(UNVERIFIED), blind=Blind.INTERRUPTED)

    assert decisions(a_standing(BLOCK), ended, a_standing(BLOCK)) == [BLOCK, None, None]


def test_what_was_sent_before_anybody_watched_is_no_news() -> None:
    old = a_standing(BLOCK, send_at=NOON - timedelta(days=200))

    assert decisions(old, old) == [None, None]


def test_what_is_seen_for_the_first_time_soon_after_the_send_is_news() -> None:
    assert decisions(a_standing(BLOCK, send_at=NOON - timedelta(days=2))) == [BLOCK]


def test_an_old_campaign_that_somebody_works_on_again_is_news() -> None:
    fine = a_standing(PASS, at=SEND - hours(1))
    edited = a_standing(BLOCK, at=SEND + timedelta(days=100))

    assert decisions(fine, edited) == [None, BLOCK]


def test_a_link_that_dies_after_the_send_is_news() -> None:
    fine, dead = a_standing(PASS), a_standing(BLOCK, at=SEND + hours(6))

    assert decisions(fine, dead, dead) == [None, BLOCK, None]


def test_nothing_was_heard_of_a_campaign_whose_first_check_was_ended() -> None:
    assert UNHEARD.told is None
