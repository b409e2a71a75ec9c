"""Campaigns that are long over are forgotten whole; what is kept, or still passes, is not."""

from dataclasses import replace
from datetime import timedelta

from sendguard.adapters.database.engine import changing
from sendguard.adapters.database.gateway.forgetting import forget_beyond
from sendguard.adapters.database.outbox.statement import execute
from sendguard.adapters.database.store import SqlStore
from sendguard.gateway import HeldState, Standing
from sendguard.ports.gateway import Entries
from sendguard.send import State
from tests.adapters.database.gateway.passing import ADA, a_passage, begin, keep_one, pass_on, states
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_copy, a_mail, a_stream

LATER = NOON + timedelta(days=100)


def first_bytes(store: SqlStore) -> int:
    with store.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT sum(length(data)) FROM stream_sample")
        return int(found.scalar_one())


def count(store: SqlStore, table: str) -> int:
    with store.engine.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(found.scalar_one())


def test_what_is_over_is_forgotten_with_all_that_belongs_to_it(store: SqlStore) -> None:
    begin(store.streams, Standing.PASSED)
    pass_on(store.ledger, a_passage(state=State.SENT))

    store.prune(LATER)

    assert store.streams.latest(9) == ()
    assert store.streams.sample(A_FINGERPRINT) is None
    begin(store.streams, Standing.PASSED)
    assert states(store.ledger) == {}


def test_what_others_left_of_one_that_is_forgotten_goes_too(store: SqlStore) -> None:
    begin(store.streams, Standing.PASSED)
    pass_on(store.ledger, a_passage(state=State.SENT))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM stream")
    store.streams.begin(a_stream(), a_mail(), 0)
    pass_on(store.ledger, a_passage(state=State.SENT))

    store.prune(NOON)

    assert states(store.ledger) == {"ada": State.SENT}
    assert count(store, "passage") == 1


def test_bodies_of_messages_that_are_gone_go_too(store: SqlStore) -> None:
    begin(store.streams)
    keep_one(store.ledger, "ada@example.org", state=HeldState.HELD)
    keep_one(store.ledger, "bob@example.org", state=HeldState.HELD)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM held WHERE id = (SELECT min(id) FROM held)")

    store.prune(NOON)

    assert count(store, "held_body") == 1


def test_what_is_kept_is_never_forgotten(store: SqlStore) -> None:
    begin(store.streams)
    keep_one(store.ledger, "ada@example.org", state=HeldState.HELD)

    store.prune(LATER)

    assert store.streams.find(A_FINGERPRINT)
    assert store.ledger.held_count() == 1


def test_what_still_passes_is_not_forgotten(store: SqlStore) -> None:
    begin(store.streams, Standing.PASSED)
    entries = Entries(passages=[a_passage(state=State.SENT)], holder=ADA, at=LATER)
    store.ledger.write(entries)

    store.prune(LATER)

    assert states(store.ledger) == {"ada": State.SENT}


def begin_three(store: SqlStore) -> None:
    """One each day, whose first messages take some 100 bytes each."""
    for day, name in enumerate(("old", "newer", "newest")):
        at = NOON + timedelta(days=day)
        one = a_stream(fingerprint=name)
        stream = replace(one, since=at, first=a_copy(key=name))
        assert store.streams.begin(stream, a_mail(), 0)


def left(store: SqlStore) -> list[str]:
    return [one.fingerprint for one in store.streams.latest(9)]


def test_the_oldest_go_first_where_first_messages_take_too_much(store: SqlStore) -> None:
    begin_three(store)

    forget_beyond(store.engine, 2 * first_bytes(store) // 3, LATER)

    assert left(store) == ["newest", "newer"]
    assert store.streams.sample("old") is None


def test_what_first_messages_may_take_they_take(store: SqlStore) -> None:
    begin_three(store)

    forget_beyond(store.engine, first_bytes(store), LATER)

    assert left(store) == ["newest", "newer", "old"]


def test_nothing_goes_that_is_not_old_however_large(store: SqlStore) -> None:
    begin_three(store)

    forget_beyond(store.engine, 0, NOON + timedelta(days=1))

    assert left(store) == ["newest", "newer"]


def test_nothing_goes_of_which_a_message_is_kept_however_large(store: SqlStore) -> None:
    begin(store.streams)
    keep_one(store.ledger, "ada@example.org", state=HeldState.HELD)

    forget_beyond(store.engine, 0, LATER)

    assert left(store) == [A_FINGERPRINT]
    assert store.streams.sample(A_FINGERPRINT) == a_mail()


def test_first_messages_are_compressed(store: SqlStore) -> None:
    assert store.streams.begin(a_stream(), a_mail(text="again and " * 10_000), 0)

    assert first_bytes(store) < 5_000


def test_one_that_an_earlier_release_left_as_it_came_is_read(store: SqlStore) -> None:
    begin(store.streams)
    with changing(store.engine) as connection:
        execute(connection, "UPDATE stream_sample SET data = ?", (a_mail().data,))

    assert store.streams.sample(A_FINGERPRINT) == a_mail()
