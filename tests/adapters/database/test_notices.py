"""The notices that wait to be told outlive the program, on both databases."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, text

from sendguard.adapters.database.engine import open_engine, reading
from sendguard.adapters.database.notices import SqlNotices
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.flows.tell import tell_due
from sendguard.ports.telling import DueNotice
from sendguard.watch import Notice, Verdict
from sendguard.watch.address import digest_of
from sendguard.watch.retry import ON_ITS_WAY
from tests.builders import NOON
from tests.fakes import StoppedClock
from tests.telling import ToldNotifier

SECRET = "x5e3c2r9e1t"  # noqa: S105 - stands for one
MAIL = f"mailto://ada:{SECRET}@example.org"
CHAT = f"slack://{SECRET}/{SECRET}/{SECRET}"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def notices(store: SqlStore) -> SqlNotices:
    return store.notices


def a_notice(
    campaign: str = "navigator-42",
    *,
    decision: Verdict = Verdict.BLOCK,
    at: datetime = NOON,
    body: str = "One link opens another article.\n\nTo be sent on Tuesday.",
) -> Notice:
    return Notice(
        campaign=campaign,
        content="sha256:1",
        decision=decision,
        was=None,
        title=f"{campaign}: {decision}",
        body=body,
        at=at,
    )


def titles(due: tuple[DueNotice, ...]) -> list[str]:
    return [notice.title for notice in due]


def begin(notices: SqlNotices, to: str = MAIL, now: datetime = NOON) -> DueNotice:
    """The first notice that is due, on its way."""
    first, *_ = notices.due(digest_of(to), now)
    assert notices.begin(first, now + ON_ITS_WAY)
    return first


def rows(database: str) -> Sequence[Row[Any]]:
    """All that is written down, column by column."""
    engine = open_engine(database)
    with reading(engine) as session:
        found = session.execute(text("SELECT * FROM notice ORDER BY state")).all()
    engine.dispose()
    return found


def test_a_notice_is_due_at_once_to_each_address_as_it_was_written(notices: SqlNotices) -> None:
    notice = a_notice()

    notices.put(notice, [MAIL, CHAT])

    for address in (MAIL, CHAT):
        (due,) = notices.due(digest_of(address), NOON)
        assert (due.title, due.body, due.tries) == (notice.title, notice.body, 0)


def test_the_same_notice_put_twice_is_one(notices: SqlNotices) -> None:
    for _ in range(2):
        notices.put(a_notice(), [MAIL])

    assert len(notices.due(digest_of(MAIL), NOON)) == 1


def test_what_was_told_is_not_due_again(notices: SqlNotices) -> None:
    notices.put(a_notice(), [MAIL])

    notices.told(begin(notices))
    notices.put(a_notice(), [MAIL])

    assert not notices.due(digest_of(MAIL), NOON + timedelta(days=9))


def test_what_failed_is_due_again_when_its_pause_is_over(notices: SqlNotices) -> None:
    notices.put(a_notice(), [MAIL])

    notices.failed(begin(notices), "it hung up", NOON + MINUTE)

    assert not notices.due(digest_of(MAIL), NOON)
    (again,) = notices.due(digest_of(MAIL), NOON + MINUTE)
    assert again.tries == 1


def test_an_address_that_failed_is_left_alone_with_the_rest(notices: SqlNotices) -> None:
    for campaign in ("one", "two"):
        notices.put(a_notice(campaign), [MAIL, CHAT])

    notices.failed(begin(notices), "it hung up", NOON + MINUTE)

    assert not notices.due(digest_of(MAIL), NOON)
    assert len(notices.due(digest_of(MAIL), NOON + MINUTE)) == 2
    assert len(notices.due(digest_of(CHAT), NOON)) == 2


def test_what_was_tried_least_comes_first_then_the_oldest(notices: SqlNotices) -> None:
    for number, campaign in enumerate(("one", "two", "three")):
        notices.put(a_notice(campaign, at=NOON + number * MINUTE), [MAIL])

    notices.failed(begin(notices), "it hung up", NOON + MINUTE)

    due = titles(notices.due(digest_of(MAIL), NOON + 5 * MINUTE))
    assert due == ["two: block", "three: block", "one: block"]


def test_what_is_on_its_way_is_due_again_only_when_its_sender_must_have_died(
    notices: SqlNotices,
) -> None:
    notices.put(a_notice(), [MAIL])

    begin(notices)

    assert not notices.due(digest_of(MAIL), NOON + ON_ITS_WAY - MINUTE)
    assert len(notices.due(digest_of(MAIL), NOON + ON_ITS_WAY)) == 1


def test_no_two_programs_send_the_same(notices: SqlNotices) -> None:
    notices.put(a_notice(), [MAIL])
    (due,) = notices.due(digest_of(MAIL), NOON)

    with ThreadPoolExecutor(8) as programs:
        begun = list(programs.map(lambda _: notices.begin(due, NOON + ON_ITS_WAY), range(8)))

    assert begun.count(True) == 1


def test_a_clock_that_was_set_back_puts_nothing_off_for_long(notices: SqlNotices) -> None:
    notices.put(a_notice(), [MAIL])
    notices.failed(begin(notices), "it hung up", NOON + MINUTE)

    assert len(notices.due(digest_of(MAIL), NOON - timedelta(days=365))) == 1


def test_a_later_notice_about_a_campaign_overtakes_what_waits(notices: SqlNotices) -> None:
    notices.put(a_notice(), [MAIL])
    waits = begin(notices)
    notices.put(a_notice("other"), [MAIL])
    notices.put(a_notice(decision=Verdict.PASS, at=NOON + MINUTE), [MAIL])

    notices.failed(waits, "it hung up", NOON + MINUTE)

    due = titles(notices.due(digest_of(MAIL), NOON + MINUTE))
    assert due == ["other: block", "navigator-42: pass"]
    assert not notices.untold()


def test_what_was_given_up_is_shown_until_a_later_one_comes(notices: SqlNotices) -> None:
    notices.put(a_notice(), [MAIL])

    notices.give_up(begin(notices), "it hung up")
    given_up = notices.untold()
    notices.put(a_notice(decision=Verdict.PASS, at=NOON + MINUTE), [MAIL])

    assert [(one.campaign, one.why, one.again_at) for one in given_up] == [
        ("navigator-42", "it hung up", None)
    ]
    assert not notices.untold()
    assert titles(notices.due(digest_of(MAIL), NOON + MINUTE)) == ["navigator-42: pass"]


def test_what_is_tried_again_is_shown_with_when(notices: SqlNotices) -> None:
    notices.put(a_notice(), [MAIL])

    notices.failed(begin(notices), "it hung up", NOON + MINUTE)

    (untold,) = notices.untold()
    assert (untold.why, untold.tries, untold.again_at) == ("it hung up", 1, NOON + MINUTE)


def test_what_waits_for_an_address_that_was_taken_away_is_dropped(notices: SqlNotices) -> None:
    notices.put(a_notice(), [MAIL, CHAT])

    assert notices.drop_others([digest_of(CHAT)]) == 1
    assert notices.drop_others([digest_of(CHAT)]) == 0
    assert notices.drop_others([]) == 1


def test_old_notices_are_pruned_but_never_what_waits(store: SqlStore, address: str) -> None:
    store.notices.put(a_notice("told"), [MAIL])
    store.notices.told(begin(store.notices))
    store.notices.put(a_notice("waits"), [MAIL])

    store.prune(NOON + timedelta(days=1))

    assert [row.campaign for row in rows(address)] == ["waits"]


def test_signs_that_a_database_cannot_hold_are_left_out(notices: SqlNotices) -> None:
    notice = replace(a_notice("spring \ud83d\0"), title="Half \ud83d\0", body="One\0\nTwo \ud83d")

    notices.put(notice, [MAIL])

    (due,) = notices.due(digest_of(MAIL), NOON)
    assert (due.campaign, due.title, due.body) == ("spring", "Half", "One\nTwo")


async def test_no_column_holds_anything_secret(notices: SqlNotices, address: str) -> None:
    notices.put(a_notice(), [MAIL, CHAT])
    trouble = {MAIL: "it hung up"}

    await tell_due(notices, ToldNotifier(trouble), [MAIL, CHAT], StoppedClock())

    kept = rows(address)
    assert [row.state for row in kept] == ["pending", "told"]
    assert SECRET not in repr(kept)


async def test_each_address_is_told_once_though_the_program_starts_anew(database: str) -> None:
    notifier = ToldNotifier()
    for _ in range(2):
        with closing(open_store(database)) as store:
            store.notices.put(a_notice(), [MAIL, CHAT])
            await tell_due(store.notices, notifier, [MAIL, CHAT], StoppedClock())

    assert sorted(address for address, _ in notifier.told) == [MAIL, CHAT]
