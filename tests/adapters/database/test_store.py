"""What is kept comes back, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from sendguard.adapters.database.last_check import last_check
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.gate import Sending
from sendguard.ports import LastCheck
from sendguard.values import Decision
from tests.adapters.database.kept import a_campaign, a_record
from tests.builders import NOON

DAY = timedelta(days=1)


def test_a_check_comes_back_with_all_its_evidence(store: SqlStore) -> None:
    record = a_record()

    number = store.keep(record)

    assert store.record(number) == record


def test_half_a_character_is_kept_as_a_question_mark(store: SqlStore) -> None:
    record = a_record(a_campaign(subject="Half \ud83d of it\0"))

    kept = store.record(store.keep(record))

    assert kept
    assert kept.checked.campaign.subject == "Half ? of it\0"


def test_a_check_that_is_not_there_is_none(store: SqlStore) -> None:
    assert store.record(1) is None


def test_the_same_content_is_kept_once_however_often_it_is_checked(store: SqlStore) -> None:
    numbers = [store.keep(a_record()) for _ in range(3)]

    assert [one.id for one in store.runs("spring")] == numbers[::-1]


def test_without_a_campaign_the_last_check_of_each_is_told(store: SqlStore) -> None:
    spring, summer = a_campaign("spring"), a_campaign("summer")
    for campaign in (spring, summer, spring):
        last = store.keep(a_record(campaign))

    latest = store.runs()

    assert [(one.campaign, one.id) for one in latest] == [("spring", last), ("summer", last - 1)]


def test_the_last_check_of_just_this_content_is_found(store: SqlStore, address: str) -> None:
    first, second = a_campaign(digest="sha256:1"), a_campaign(digest="sha256:2")
    store.keep(a_record(first, decision=Decision.BLOCK))
    store.keep(a_record(first))
    store.keep(a_record(second, decision=Decision.BLOCK))

    found = last_check(address, "spring", "sha256:1")

    assert found == LastCheck(a_record(first), None)


@pytest.mark.parametrize("name", ["spring", "copied"])
def test_the_last_check_comes_with_what_went_out(store: SqlStore, address: str, name: str) -> None:
    store.keep(a_record(a_campaign(digest="sha256:1")))
    sending = Sending.of(a_campaign(name), NOON)
    store.mark_sent(sending)

    found = last_check(address, "spring", "sha256:1")

    assert found
    assert found.sent == sending


def test_nothing_is_found_of_content_that_nobody_checked(store: SqlStore, address: str) -> None:
    store.keep(a_record(a_campaign(digest="sha256:1")))

    assert last_check(address, "spring", "sha256:2") is None


def test_nothing_is_found_where_there_is_no_store_yet(database: str) -> None:
    assert last_check(database, "spring", "sha256:1") is None


def test_several_that_open_a_new_store_at_once_all_can(database: str) -> None:
    def keep(_: int) -> None:
        with closing(open_store(database)) as store:
            store.keep(a_record())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep, range(4)))

    with closing(open_store(database)) as store:
        assert len(store.runs("spring")) == 4


def test_earlier_issues_of_a_series_come_newest_first(store: SqlStore) -> None:
    issues = [a_campaign(f"n-{day}", series="n", send_at=NOON + day * DAY) for day in range(4)]
    for issue in (issues[2], issues[0], issues[1], issues[3]):
        store.keep(a_record(issue))

    history = store.history(issues[3], NOON + 4 * DAY)

    assert [issue.campaign.id for issue in history.issues] == ["n-2", "n-1", "n-0"]


def test_an_issue_without_a_date_counts_once_it_is_known_as_sent(store: SqlStore) -> None:
    early, late = a_campaign("early", series="n"), a_campaign("late", series="n")
    store.keep(a_record(early, at=NOON))
    store.keep(a_record(late, at=NOON + DAY))
    before = store.history(late, NOON + 2 * DAY).issues
    store.mark_sent(Sending.of(early, NOON))

    assert before == ()
    assert [one.campaign.id for one in store.history(late, NOON + 2 * DAY).issues] == ["early"]
    assert store.history(early, NOON + 2 * DAY).issues == ()


def test_an_issue_whose_time_is_still_to_come_is_no_earlier_one(store: SqlStore) -> None:
    store.keep(a_record(a_campaign("soon", series="n", send_at=NOON + DAY)))
    later = a_campaign("later", series="n", send_at=NOON + 2 * DAY)

    assert store.history(later, NOON).issues == ()
    assert len(store.history(later, NOON + DAY).issues) == 1


@pytest.mark.parametrize(("hours", "counts"), [(-1, 0), (1, 1)])
def test_what_was_blocked_before_its_time_did_not_go_out(
    store: SqlStore, hours: int, counts: int
) -> None:
    planned = a_campaign("planned", series="n", send_at=NOON)
    record = a_record(planned, at=NOON + hours * DAY / 24)
    checked = replace(record.checked, decision=Decision.BLOCK)
    store.keep(replace(record, checked=checked))

    issues = store.history(a_campaign("next", series="n"), NOON + DAY).issues

    assert len(issues) == counts


def test_an_earlier_issue_is_what_it_was_when_it_was_checked_last(store: SqlStore) -> None:
    draft = a_campaign("first", series="n", digest="sha256:1", subject="Draft")
    final = replace(draft, digest="sha256:2", subject="Final")
    for issue in (draft, final):
        store.keep(a_record(issue, at=NOON))

    store.mark_sent(Sending.of(final, NOON))

    history = store.history(a_campaign("second", series="n"), NOON + DAY)

    assert [issue.campaign.subject for issue in history.issues] == ["Final"]


def test_another_series_has_no_part_in_it(store: SqlStore) -> None:
    store.keep(a_record(a_campaign("other", series="m")))

    assert store.history(a_campaign("second", series="n"), NOON + DAY).issues == ()


@pytest.mark.parametrize("name", ["spring", "copied"])
def test_a_letter_that_went_out_is_known_under_any_name(store: SqlStore, name: str) -> None:
    campaign = a_campaign("spring")
    sending = Sending.of(campaign, NOON)
    store.mark_sent(sending)

    assert store.history(a_campaign(name), NOON).sent == sending


def test_the_very_letter_counts_before_another_one_of_the_campaign(store: SqlStore) -> None:
    campaign = a_campaign("spring")
    very = replace(Sending.of(campaign, NOON), campaign="copied")
    store.mark_sent(very)
    store.mark_sent(replace(Sending.of(campaign, NOON + DAY), letter="sha256:other"))

    assert store.history(campaign, NOON).sent == replace(very, times=2)


def test_each_further_sending_is_counted(store: SqlStore) -> None:
    campaign = a_campaign("spring")
    store.mark_sent(Sending.of(campaign, NOON))
    store.mark_sent(Sending.of(campaign, NOON))
    store.mark_sent(Sending.of(a_campaign("other"), NOON - DAY))

    sent = store.history(campaign, NOON).sent

    assert sent
    assert sent.times == 3  # the other one is the very same letter


def test_what_was_marked_last_is_taken_back(store: SqlStore) -> None:
    campaign = a_campaign("spring")
    first, wrong = Sending.of(campaign, NOON), Sending.of(campaign, NOON - DAY)
    store.mark_sent(first)
    store.mark_sent(wrong)

    taken = [store.take_back_sent("spring") for _ in range(3)]

    assert taken == [wrong, first, None]
    assert store.history(campaign, NOON).sent is None


def test_old_checks_go_but_never_the_last_of_a_campaign(store: SqlStore) -> None:
    spring, summer = a_campaign("spring"), a_campaign("summer", digest="sha256:2")
    for at in (NOON - 3 * DAY, NOON - 2 * DAY):
        store.keep(a_record(spring, at=at))
    store.keep(a_record(summer, at=NOON - 3 * DAY))
    store.keep(a_record(summer, at=NOON))

    gone = store.prune(NOON - DAY)

    assert gone == 2
    assert {(one.campaign, one.at) for one in store.runs()} == {
        ("spring", NOON - 2 * DAY),
        ("summer", NOON),
    }


def test_content_that_no_check_is_about_goes_with_it(store: SqlStore, address: str) -> None:
    old, new = a_campaign(digest="sha256:1"), a_campaign(digest="sha256:2")
    store.keep(a_record(old, at=NOON - DAY))
    number = store.keep(a_record(new, at=NOON))

    store.prune(NOON)

    assert last_check(address, "spring", "sha256:1") is None
    assert store.record(number)
