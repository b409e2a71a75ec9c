"""One process watches at a time, and another one takes over, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from sendguard.adapters.database.engine import open_engine, writing
from sendguard.adapters.database.locks import LEASE_S
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.adapters.process import own_name
from sendguard.errors import BadStore
from sendguard.ports.watching import Watcher
from tests.builders import NOON
from tests.fakes import SetClock

ADA, BOB = "ada 1 x", "bob 1 y"


@pytest.fixture
def address(database: str) -> str:
    """A database of each test's own: each class asks for one of its kind."""
    return database


@pytest.fixture
def other(store: SqlStore, address: str) -> Iterator[SqlStore]:
    """The same store, opened by somebody else."""
    del store  # it made the tables
    with closing(open_store(address)) as other:
        yield other


def test_one_holds_it_and_goes_on_holding_it(store: SqlStore, other: SqlStore) -> None:
    ada, bob = store.lock(ADA, SetClock()), other.lock(BOB, SetClock())

    got = [ada.hold(), bob.hold(), ada.hold(), bob.hold()]

    assert got == [True, False, True, False]


def test_whoever_lets_go_makes_room(store: SqlStore, other: SqlStore) -> None:
    ada, bob = store.lock(ADA, SetClock()), other.lock(BOB, SetClock())
    ada.hold()
    bob.hold()

    ada.let_go()

    assert bob.hold()
    assert not ada.hold()


def test_it_is_told_who_holds_it(store: SqlStore, other: SqlStore) -> None:
    clock = SetClock()
    ada = store.lock(ADA, clock)
    ada.hold()
    clock.pass_by(60)
    ada.hold()

    minute_later = NOON + timedelta(minutes=1)
    told = other.lock(BOB, clock).watcher()
    assert told == Watcher(holder=ADA, since=NOON, seen=minute_later)


def test_nobody_holds_it_at_first(store: SqlStore) -> None:
    assert store.lock(ADA, SetClock()).watcher() is None


def test_of_many_that_want_it_at_once_one_gets_it(address: str, store: SqlStore) -> None:
    del store
    stores = [open_store(address) for _ in range(8)]
    locks = [one.lock(f"ada{number} 1 x", SetClock()) for number, one in enumerate(stores)]

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda lock: lock.hold(), locks))

    for one, lock in zip(stores, locks, strict=True):
        lock.let_go()
        one.close()
    assert got.count(True) == 1


class TestRow:
    """SQLite's."""

    @pytest.fixture
    def database(self, tmp_path: object) -> str:
        return f"sqlite:///{tmp_path}/sendguard.db"

    def test_whoever_does_not_come_back_is_taken_for_dead(
        self, store: SqlStore, other: SqlStore
    ) -> None:
        clock = SetClock()
        bob = other.lock(BOB, clock)
        store.lock(ADA, clock).hold()

        got = []
        for _ in range(4):
            got.append(bob.hold())
            clock.pass_by(LEASE_S / 3)

        assert got == [False, False, False, True]

    def test_whoever_comes_back_in_time_is_not(self, store: SqlStore, other: SqlStore) -> None:
        clock = SetClock()
        ada, bob = store.lock(ADA, clock), other.lock(BOB, clock)
        ada.hold()

        for _ in range(10):
            assert not bob.hold()
            clock.pass_by(LEASE_S / 2)
            assert ada.hold()

    @pytest.mark.parametrize("hours", [-9, 9])
    def test_a_clock_that_is_set_frees_nothing(
        self, store: SqlStore, other: SqlStore, hours: int
    ) -> None:
        clock = SetClock()
        bob = other.lock(BOB, clock)
        store.lock(ADA, SetClock()).hold()
        bob.hold()

        clock.set_to(NOON + timedelta(hours=hours))

        assert not bob.hold()

    def test_whoever_was_taken_for_dead_finds_out(self, store: SqlStore, other: SqlStore) -> None:
        clock = SetClock()
        ada, bob = store.lock(ADA, clock), other.lock(BOB, clock)
        ada.hold()
        bob.hold()
        clock.pass_by(LEASE_S)
        bob.hold()

        assert not ada.hold()

    def test_a_process_of_this_computer_that_is_gone_is_not_waited_for(
        self, store: SqlStore, other: SqlStore
    ) -> None:
        computer, _, _ = own_name().split(" ")
        gone = f"{computer} 4194305 x"  # a number that Linux never gives
        store.lock(gone, SetClock()).hold()

        assert other.lock(own_name(), SetClock()).hold()


class TestServer:
    """PostgreSQL's."""

    @pytest.fixture
    def database(self, request: pytest.FixtureRequest) -> str:
        server = request.getfixturevalue("postgresql")
        return str(server.new_database(f"lock_{request.node.name}"[:60]))

    def test_a_connection_that_is_lost_loses_the_lock(
        self, address: str, store: SqlStore, other: SqlStore
    ) -> None:
        ada, bob = store.lock(ADA, SetClock()), other.lock(BOB, SetClock())
        ada.hold()
        _end_all_sessions(address)

        with pytest.raises(BadStore):
            ada.hold()

        assert bob.hold()
        assert not ada.hold()

    def test_a_connection_that_is_lost_is_made_anew(self, address: str, store: SqlStore) -> None:
        ada = store.lock(ADA, SetClock())
        ada.hold()
        _end_all_sessions(address)

        with pytest.raises(BadStore):
            ada.hold()

        assert ada.hold()


def _end_all_sessions(database: str) -> None:
    engine = open_engine(database)
    others = "pid != pg_backend_pid() AND datname = current_database()"
    end = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"  # noqa: S608
    with writing(engine) as session:
        session.execute(text(end))
    engine.dispose()


def test_a_name_is_never_used_twice() -> None:
    assert own_name() != own_name()


@pytest.mark.parametrize("another_comes", [False, True])
def test_a_file_that_is_taken_away_is_noticed_and_made_anew(
    tmp_path: Path, *, another_comes: bool
) -> None:
    address = f"sqlite:///{tmp_path / 'own.db'}"
    with closing(open_store(address)) as store:
        lock = store.lock(ADA, SetClock())
        assert lock.hold()

        for file in tmp_path.iterdir():
            file.rename(file.with_name(f"old-{file.name}"))
        if another_comes:
            open_store(address).close()

        with pytest.raises(BadStore, match="taken away or replaced"):
            lock.hold()
        assert lock.hold()
        told = SqlStore(open_engine(address)).lock(BOB, SetClock()).watcher()
        assert told is not None
