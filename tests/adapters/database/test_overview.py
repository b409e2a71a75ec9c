"""What the store says of all campaigns at once, on both databases."""

from datetime import timedelta

from sendguard.adapters.database.overview import remembered
from sendguard.adapters.database.store import SqlStore
from sendguard.gate import Sending
from sendguard.values import Decision
from sendguard.watch import Notice, Seen, Verdict, plan
from sendguard.watch.address import digest_of
from tests.adapters.database.kept import a_campaign, a_record
from tests.builders import CHRISTMAS, NOON

HOUR = timedelta(hours=1)
HOOK = "json://hooks.example"


def test_the_last_check_of_each_campaign_stands_with_what_it_found(store: SqlStore) -> None:
    store.keep(a_record(a_campaign("spring"), decision=Decision.BLOCK))
    last = store.keep(a_record(a_campaign("spring")))

    told = remembered(store.engine, None)

    assert [kept.id for kept in told.last] == [last]
    assert set(told.found) == {last}
    first, whole = told.found[last]
    assert (first.link, whole.link) == ("L1", None)
    assert (first.code, first.approved_until) == ("SG301", CHRISTMAS)


def test_what_is_to_be_checked_next_comes_soonest_first(store: SqlStore) -> None:
    agenda = store.moments("process 1")
    for name, hours in (("later", 30), ("soon", 2)):
        seen = Seen(campaign=name, content=name, send_at=NOON + hours * HOUR, at=NOON)
        agenda.plan(seen, plan(seen, (3600.0,), ()))

    moments = remembered(store.engine, None).moments

    assert [(one.campaign, one.name) for one in moments[2:]] == [
        ("soon", "1h before"),
        ("later", "1h before"),
    ]
    assert {one.name for one in moments[:2]} == {"noticed"}


def test_what_was_sent_is_told_once_for_each_campaign(store: SqlStore) -> None:
    for hours in (1, 3, 2):
        store.mark_sent(
            Sending(campaign="spring", digest="d", letter="l", at=NOON + hours * HOUR, subject=None)
        )

    assert remembered(store.engine, None).sent_at == {"spring": NOON + 3 * HOUR}


def test_a_notice_that_did_not_get_through_is_told(store: SqlStore) -> None:
    notice = Notice(
        campaign="spring",
        content="c",
        decision=Verdict.BLOCK,
        was=None,
        title="spring is blocked",
        body="",
        at=NOON,
    )
    notices = store.notices
    notices.put(notice, [HOOK])
    (due,) = notices.due(digest_of(HOOK), NOON)
    notices.begin(due, NOON)
    notices.give_up(due, "it hung up")

    (untold,) = remembered(store.engine, None, [HOOK]).untold

    assert (untold.title, untold.why, untold.again_at) == ("spring is blocked", "it hung up", None)
    assert untold.to.startswith("json://hooks.example")
    assert not remembered(store.engine, None, ["json://elsewhere.example"]).untold
