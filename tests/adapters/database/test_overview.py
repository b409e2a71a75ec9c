"""What the store says of all campaigns at once, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sendguard.adapters.database.incidents import SqlIncidents
from sendguard.adapters.database.overview import remembered
from sendguard.adapters.database.store import SqlStore
from sendguard.gate import Sending
from sendguard.gateway import Ruling, Standing
from sendguard.incident import Note
from sendguard.send import BEING_CORRECTED, State
from sendguard.values import Decision
from sendguard.watch import Notice, Seen, Verdict, plan
from sendguard.watch.address import digest_of
from sendguard.watch.status import AtGate, Mailing, OpenIncident, Outgoing, Stopped
from tests.adapters.database.gateway.passing import ADA, a_passage, keep_one, pass_on
from tests.adapters.database.gateway.passing import begin as begin_stream
from tests.adapters.database.kept import a_campaign, a_record
from tests.adapters.database.outbox.queued import begin, end, queue, readers, states
from tests.builders import CHRISTMAS, NOON
from tests.fakes_gateway import A_FINGERPRINT

HOUR = timedelta(hours=1)
HOOK = "json://hooks.example"


def test_the_last_check_of_each_campaign_stands_with_what_it_found(store: SqlStore) -> None:
    store.keep(a_record(a_campaign("spring"), decision=Decision.BLOCK))
    last = store.keep(a_record(a_campaign("spring")))

    told = remembered(store.engine, None, now=NOON)

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

    moments = remembered(store.engine, None, now=NOON).moments

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

    assert remembered(store.engine, None, now=NOON).sent_at == {"spring": NOON + 3 * HOUR}


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

    (untold,) = remembered(store.engine, None, [HOOK], now=NOON).untold

    assert (untold.title, untold.why, untold.again_at) == ("spring is blocked", "it hung up", None)
    assert untold.to.startswith("json://hooks.example")
    assert not remembered(store.engine, None, ["json://elsewhere.example"], now=NOON).untold


def test_what_is_queued_and_not_over_is_told(store: SqlStore) -> None:
    dispatch = queue(store.outbox, readers(5))
    end(store.outbox, begin(store.outbox, dispatch, 2))
    end(store.outbox, begin(store.outbox, dispatch, 1), State.REFUSED)
    begin(store.outbox, dispatch, 1)
    queue(store.outbox, (), "winter")

    working = remembered(store.engine, None, now=NOON).outgoing
    lost = remembered(store.engine, None, now=NOON + HOUR).outgoing

    spring = Mailing(
        campaign="spring",
        queued_at=NOON,
        waiting=2,
        sent=2,
        refused=1,
        due=datetime.fromtimestamp(0, UTC),
        last_sent=NOON,
    )
    assert working == Outgoing(mailings=(spring,), has_worker=True, last_sent=NOON)
    assert lost == Outgoing(mailings=(replace(spring, waiting=1, in_doubt=1),), last_sent=NOON)
    assert states(store.outbox)[State.SENDING] == 1  # nothing was changed


def test_what_is_paused_for_its_correction_stands_apart(store: SqlStore) -> None:
    store.outbox.pause(queue(store.outbox, readers(1), "spring"), "the prices are wrong")
    store.outbox.pause(queue(store.outbox, readers(1), "summer"), BEING_CORRECTED)
    store.outbox.cancel(queue(store.outbox, readers(1), "autumn"), "of no use any more")

    told = remembered(store.engine, None, now=NOON).outgoing.mailings

    assert [(one.campaign, one.paused, one.is_being_corrected) for one in told] == [
        ("summer", BEING_CORRECTED, True),
        ("spring", "the prices are wrong", False),
    ]


def test_incidents_are_told_until_people_are_done_with_them(store: SqlStore) -> None:
    incidents = SqlIncidents(store.engine)
    for name in ("spring", "summer"):
        incidents.open_or_update(name, NOON, lambda one: one.with_why(Note(text="why", at=NOON)))
    incidents.update(1, lambda one: one.closed(NOON))

    (told,) = remembered(store.engine, None, now=NOON).incidents

    assert told == OpenIncident(
        number=2, campaign="summer", opened_at=NOON, is_settled=False, has_whys=True
    )


def test_what_the_gateway_stopped_or_left_in_doubt_is_told_with_its_counts(store: SqlStore) -> None:
    begin_stream(store.streams, Standing.BLOCKED)
    keep_one(store.ledger, "ada@example.org")
    pass_on(store.ledger, a_passage("bob@example.org", State.IN_DOUBT))

    told = remembered(store.engine, None, now=NOON)

    stopped = Stopped(
        fingerprint=A_FINGERPRINT,
        subject="News",
        since=NOON,
        decision=Decision.BLOCK,
        kept=1,
        in_doubt=1,
    )
    named = {A_FINGERPRINT: "News"}
    assert told.gate == AtGate(is_at_work=True, stopped=(stopped,), subjects=named)


def test_a_gateway_that_hands_nothing_on_is_told_as_long_as_it_lives(store: SqlStore) -> None:
    store.ledger.keep_alive(ADA, NOON + HOUR / 12, "it hung up")

    now = remembered(store.engine, None, now=NOON).gate
    later = remembered(store.engine, None, now=NOON + HOUR).gate

    assert (now.is_at_work, now.trouble) == (True, "it hung up")
    assert later == AtGate()


def test_what_is_being_corrected_waits_for_nobody_once_nothing_is_kept(store: SqlStore) -> None:
    begin_stream(store.streams, Standing.PASSED)
    ruling = Ruling(standing=Standing.BLOCKED, at=NOON, says=BEING_CORRECTED, by="Ada")
    store.streams.rule(A_FINGERPRINT, ruling, {Standing.PASSED})

    assert remembered(store.engine, None, now=NOON).gate.stopped == ()
