"""Campaigns are begun once, found again, decided once and checked by one, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.process import own_name
from sendguard.gateway import Ruling, Standing
from sendguard.ports.gateway import Entries, Ledger, Streams
from sendguard.watch import Notice, Verdict
from sendguard.watch.address import digest_of
from tests.adapters.database.gateway.passing import ADA, BOB, begin, decide, keep_one, take
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_copy, a_mail, a_stream

MAIL = "mailto://ada@example.org"
SOON = NOON + timedelta(minutes=1)
OTHER = "3f9a2c000000"
WHAT_IS_ADAS = frozenset({"X7K2P9"})


def test_what_was_begun_is_there_again_whole(streams: Streams) -> None:
    copy = replace(a_copy(subject="Grüße"), meaning=(0,), list_id="x", own=frozenset({"ada"}))
    stream = replace(a_stream(Standing.CHECKING), first=copy)
    sample = replace(a_mail("ada\udcff@example.org", sender=""), data=b"\0\xff", is_utf8=True)

    assert streams.begin(stream, sample, 0)

    assert streams.of_key(copy.key) == streams.latest(9) == (stream,)
    assert streams.changed(NOON) == (stream,)
    assert streams.changed(SOON) == ()
    assert streams.sample(A_FINGERPRINT) == sample


def test_of_several_that_begin_at_once_one_does(store: SqlStore) -> None:
    def try_to_begin(number: int) -> bool:
        return store.streams.begin(a_stream(fingerprint=f"{number:012}"), a_mail(), 0)

    with ThreadPoolExecutor(4) as threads:
        begun = list(threads.map(try_to_begin, range(8)))

    assert sum(begun) == len(store.streams.latest(99)) == 1


def test_a_second_one_of_a_key_is_begun_by_who_knows_of_the_first(streams: Streams) -> None:
    begin(streams)
    second = a_stream(fingerprint=OTHER)

    assert not streams.begin(second, a_mail(), 0)
    assert not streams.begin(a_stream(), a_mail(), 1)
    assert streams.begin(second, a_mail(), 1)
    assert [one.fingerprint for one in streams.of_key(second.first.key)] == [OTHER, A_FINGERPRINT]


def test_a_campaign_is_found_by_the_beginning_of_its_name(streams: Streams) -> None:
    begin(streams)
    streams.begin(a_stream(fingerprint=OTHER), a_mail(), 1)

    assert streams.find("3F9A2C7") == a_stream(Standing.CHECKING)
    assert streams.find("3f9a2c") is streams.find("3f9a") is streams.find("______") is None


def test_one_process_checks_at_a_time(streams: Streams) -> None:
    begin(streams)

    assert streams.take_check(A_FINGERPRINT, ADA, NOON, SOON)
    assert not streams.take_check(A_FINGERPRINT, BOB, NOON, SOON)
    assert streams.unchecked(NOON) == ()
    assert streams.take_check(A_FINGERPRINT, ADA, NOON, SOON)
    assert streams.unchecked(SOON) == (a_stream(Standing.CHECKING),)
    assert streams.take_check(A_FINGERPRINT, BOB, SOON, SOON + timedelta(minutes=1))


def test_a_process_that_lives_checks_on_and_one_that_died_does_not(streams: Streams) -> None:
    begin(streams)

    streams.take_check(A_FINGERPRINT, own_name(), NOON, SOON)
    assert not streams.unchecked(NOON)

    computer = own_name().partition(" ")[0]
    streams.take_check(A_FINGERPRINT, f"{computer} 4194999 x", SOON, SOON + timedelta(minutes=1))
    assert streams.unchecked(SOON)


def test_of_two_who_decide_at_once_one_does(streams: Streams) -> None:
    begin(streams)
    blocked = Ruling(standing=Standing.BLOCKED, at=SOON, says="Wrong.", record=7, by="Ada")

    assert streams.rule(A_FINGERPRINT, blocked, {Standing.CHECKING})
    assert not streams.rule(A_FINGERPRINT, blocked, {Standing.CHECKING})

    assert [one.ruling for one in streams.changed(SOON)] == [blocked]


def test_what_a_person_blocked_no_check_lets_go(streams: Streams) -> None:
    begin(streams)
    decide(streams, Standing.BLOCKED)
    passed = Ruling(standing=Standing.PASSED, at=SOON)

    assert not streams.rule(A_FINGERPRINT, passed, frozenset(Standing))
    assert streams.rule(A_FINGERPRINT, replace(passed, by="Bob"), frozenset(Standing))


def test_a_decision_puts_its_notice(store: SqlStore) -> None:
    begin(store.streams)
    notice = Notice(
        campaign=A_FINGERPRINT,
        content="",
        decision=Verdict.BLOCK,
        was=None,
        title="News is blocked",
        body="Why.",
        at=NOON,
    )
    ruling = Ruling(standing=Standing.BLOCKED, at=NOON)

    store.streams.rule(A_FINGERPRINT, ruling, {Standing.CHECKING}, notice, ["json://a", "json://b"])

    with store.engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT title FROM notice").scalars().all()
    assert told == ["News is blocked"] * 2


def test_a_check_says_nothing_of_repairs_that_it_did_not_see(streams: Streams) -> None:
    begin(streams)
    again = Ruling(standing=Standing.CHECKING, at=SOON, by="Ada")
    passed = Ruling(standing=Standing.PASSED, at=SOON)

    assert streams.repair(A_FINGERPRINT, [("a", "b")], again)

    assert not streams.rule(A_FINGERPRINT, passed, {Standing.CHECKING}, repairs=())
    assert streams.rule(A_FINGERPRINT, passed, {Standing.CHECKING}, repairs=[("a", "b")])


def test_what_is_repaired_twice_leads_where_it_was_led_last(
    streams: Streams, ledger: Ledger
) -> None:
    begin(streams, Standing.PASSED)
    keep_one(ledger, "ada@example.org")
    again = Ruling(standing=Standing.CHECKING, at=SOON, by="Ada")

    streams.repair(A_FINGERPRINT, [("a", "b"), ("x", "y")], again)
    streams.repair(A_FINGERPRINT, [("b", "c"), ("y", "x")], again)

    (found,) = streams.changed(SOON)
    assert found.ruling == again
    assert found.repairs == (("a", "c"), ("b", "c"), ("y", "x"))
    assert found.earlier == ((("a", "b"), ("x", "y")),)
    assert found.repaired_by == "Ada"
    assert not take(ledger)
    assert not streams.repair(OTHER, [], again)


def test_what_passed_by_a_readers_own_is_undecided_again(streams: Streams, ledger: Ledger) -> None:
    begin(streams)
    streams.rule(A_FINGERPRINT, Ruling(standing=Standing.PASSED, at=NOON), set(Standing))
    keep_one(ledger)

    stream = streams.set_apart(A_FINGERPRINT, WHAT_IS_ADAS, SOON)

    assert stream is not None
    assert (stream.standing, stream.ruling.personal) == (Standing.CHECKING, WHAT_IS_ADAS)
    assert streams.find(A_FINGERPRINT) == stream
    assert streams.changed(SOON) == (stream,)
    assert streams.unchecked(SOON) == (stream,)
    assert not take(ledger)


def test_a_check_that_opened_a_readers_own_decides_nothing(streams: Streams) -> None:
    begin(streams)
    streams.set_apart(A_FINGERPRINT, WHAT_IS_ADAS, NOON)
    passed = Ruling(standing=Standing.PASSED, at=SOON)
    knowing = replace(passed, personal=frozenset({"X7K2P9", "10001"}))

    assert not streams.rule(A_FINGERPRINT, passed, {Standing.CHECKING})
    assert streams.rule(A_FINGERPRINT, knowing, {Standing.CHECKING})
    assert streams.set_apart(A_FINGERPRINT, WHAT_IS_ADAS, SOON) == streams.find(A_FINGERPRINT)
    assert streams.set_apart(OTHER, WHAT_IS_ADAS, SOON) is None


def test_what_a_person_decided_stands_whatever_is_a_readers_own(streams: Streams) -> None:
    begin(streams)
    approved = Ruling(standing=Standing.APPROVED, at=NOON, by="Ada")
    streams.rule(A_FINGERPRINT, approved, set(Standing))

    stream = streams.set_apart(A_FINGERPRINT, WHAT_IS_ADAS, SOON)

    assert stream is not None
    assert stream.ruling == replace(approved, personal=WHAT_IS_ADAS)


def test_nobody_decides_what_is_not_there(streams: Streams) -> None:
    assert not decide(streams, Standing.PASSED)
    assert not streams.take_check(A_FINGERPRINT, ADA, NOON, SOON)
    assert streams.find(A_FINGERPRINT) is None
    assert streams.sample(A_FINGERPRINT) is None


def _notice(decision: Verdict, after_s: int = 0) -> Notice:
    return Notice(
        campaign=A_FINGERPRINT,
        content="0",
        decision=decision,
        was=None,
        title=decision,
        body=".",
        at=NOON + timedelta(seconds=after_s),
    )


def _rule(
    streams: Streams, standing: Standing, notice: Notice | None, by: str | None = None
) -> None:
    ruling = Ruling(standing=standing, at=NOON, says="Why.", by=by)
    assert streams.rule(A_FINGERPRINT, ruling, frozenset(Standing), notice, [MAIL])


def _told(store: SqlStore) -> list[str]:
    """What that address hears now."""
    due = store.notices.due(digest_of(MAIL), NOON + timedelta(minutes=5))
    for one in due:
        assert store.notices.begin(one, NOON)
        store.notices.told(one)
    return [one.title for one in due]


def test_nobody_hears_that_it_is_stopped_once_that_is_over(store: SqlStore) -> None:
    begin(store.streams)
    _rule(store.streams, Standing.BLOCKED, _notice(Verdict.BLOCK))

    store.streams.repair(
        A_FINGERPRINT, [("a", "b")], Ruling(standing=Standing.CHECKING, at=NOON, by="Ada")
    )
    _rule(store.streams, Standing.PASSED, _notice(Verdict.PASS, 9))

    assert _told(store) == []


def test_who_heard_that_it_is_stopped_hears_once_that_it_goes_out(store: SqlStore) -> None:
    begin(store.streams)
    _rule(store.streams, Standing.BLOCKED, _notice(Verdict.BLOCK))
    assert _told(store) == ["block"]

    _rule(store.streams, Standing.CHECKING, None, by="Ada")
    _rule(store.streams, Standing.PASSED, _notice(Verdict.PASS, 9))
    assert _told(store) == ["pass"]

    _rule(store.streams, Standing.APPROVED, _notice(Verdict.PASS, 20), by="Ada")
    assert _told(store) == []


def test_who_got_a_copy_back_is_counted(streams: Streams, ledger: Ledger) -> None:
    begin(streams)
    for _ in range(2):
        turned_away = {(A_FINGERPRINT, True): 2, (A_FINGERPRINT, False): 3, ("gone", True): 1}
        ledger.write(Entries(turned_away=turned_away))

    tally = ledger.tally(A_FINGERPRINT)

    assert (tally.refused, tally.put_off) == (4, 6)
