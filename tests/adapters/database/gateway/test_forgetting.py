"""Campaigns that are long over are forgotten whole; what is kept, or still passes, is not."""

from datetime import timedelta

from sendguard.adapters.database.store import SqlStore
from sendguard.gateway import HeldState, Standing
from sendguard.ports.gateway import Entries
from sendguard.send import State
from tests.adapters.database.gateway.passing import ADA, a_passage, begin, keep_one, pass_on, states
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_mail, a_stream

LATER = NOON + timedelta(days=100)


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
