"""The tables are brought up to date all at once or not at all, on both databases."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.engine import open_engine, reading, writing
from sendguard.adapters.database.schema import find_version, upgrade
from sendguard.adapters.database.store import SqlStore, find_store, open_store
from sendguard.adapters.database.upkeep import (
    ahead_of_server_s,
    copy_beside,
    give_room_back,
    size_bytes,
    try_to_write,
)
from sendguard.adapters.database.versions import VERSIONS
from sendguard.errors import BadStore
from tests.adapters.database.kept import a_record
from tests.postgresql import Postgresql

DYING = Path(__file__).with_name("dying.py")
EARLIER = VERSIONS[:-1]
each_earlier_form = pytest.mark.parametrize("form", EARLIER)


@contextmanager
def an_engine(database: str) -> Iterator[Engine]:
    engine = open_engine(database)
    try:
        yield engine
    finally:
        engine.dispose()


def tables(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return set(inspect(session.connection()).get_table_names())


@each_earlier_form
def test_what_was_kept_by_an_earlier_release_is_there_after_an_upgrade(
    database: str, form: str
) -> None:
    with an_engine(database) as engine:
        upgrade(engine, form)
        number = SqlStore(engine).keep(a_record())

        before = upgrade(engine)

        assert (before, find_version(engine)) == (form, VERSIONS[-1])
        assert SqlStore(engine).record(number) == a_record()


def test_several_upgrades_at_once_all_end_well(database: str) -> None:
    def bring_up_to_date(_: int) -> None:
        with an_engine(database) as engine:
            upgrade(engine)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(bring_up_to_date, range(4)))

    with an_engine(database) as engine:
        assert find_version(engine) == VERSIONS[-1]


@each_earlier_form
def test_an_upgrade_beside_a_program_that_keeps_checks_loses_none(database: str, form: str) -> None:
    with an_engine(database) as engine, ThreadPoolExecutor(1) as pool:
        upgrade(engine, form)
        keeping = pool.submit(lambda: [SqlStore(engine).keep(a_record()) for _ in range(20)])

        with an_engine(database) as other:
            upgrade(other)

        assert len(keeping.result()) == len(SqlStore(engine).runs("spring")) == 20


@pytest.mark.parametrize(
    "form",
    ["", *(pytest.param(one, marks=pytest.mark.soak) for one in EARLIER[:-1]), EARLIER[-1]],
)
async def test_wherever_an_upgrade_is_killed_nothing_is_half_made(database: str, form: str) -> None:
    with an_engine(database) as engine:
        if form:
            upgrade(engine, form)
        before = tables(engine)

    dying = await asyncio.create_subprocess_exec(
        *(sys.executable, str(DYING), database), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await dying.communicate()

    endings = out.decode().split()
    assert set(endings) == {str(-signal.SIGKILL), "0"}
    assert len(endings) > 3
    with an_engine(database) as engine:
        assert find_version(engine) == VERSIONS[-1]
        assert tables(engine) > before


def test_a_disk_that_is_full_in_mid_upgrade_leaves_all_as_it_was(tmp_path: Path) -> None:
    with an_engine(f"sqlite:///{tmp_path / 'sendguard.db'}") as engine:
        with writing(engine) as session:
            session.connection().exec_driver_sql("PRAGMA max_page_count = 4")

        with pytest.raises(BadStore, match="is full, or its disk is: make room"):
            upgrade(engine)

        assert find_version(engine) is None
        assert not tables(engine)


def test_an_upgrade_that_fails_half_way_leaves_all_as_it_was(database: str) -> None:
    with an_engine(database) as engine:
        with writing(engine) as session:
            session.connection().exec_driver_sql("CREATE TABLE sending (id INTEGER)")

        with pytest.raises(BadStore):
            upgrade(engine)

        assert tables(engine) == {"sending"}


def test_an_upgrade_that_cannot_have_the_tables_is_told_in_time(database: str) -> None:
    with an_engine(database) as engine, an_engine(database) as other:
        upgrade(engine)
        with writing(other) as session:
            session.connection().exec_driver_sql(
                "SELECT pg_advisory_xact_lock(1397048903)"
                if database.startswith("postgresql")
                else "DELETE FROM run"
            )

            with pytest.raises(BadStore, match="is locked"):
                upgrade(engine)


def test_to_look_for_a_store_makes_none(database: str, tmp_path: Path) -> None:
    assert find_store(database) is None

    assert not list(tmp_path.iterdir())
    with an_engine(database) as engine:
        assert find_version(engine) is None


def test_a_store_of_an_earlier_release_is_copied_beside_itself(tmp_path: Path) -> None:
    file = tmp_path / "sendguard.db"
    with closing(open_store(f"sqlite:///{file}")) as store:
        store.keep(a_record())
    file.chmod(0o600)

    with an_engine(f"sqlite:///{file}") as engine:
        copied = copy_beside(engine, "0001")

    assert copied == tmp_path / "sendguard.db.0001"
    assert copied.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copied)) as connection:
        assert connection.execute("SELECT count(*) FROM run").fetchone() == (1,)


def test_room_is_given_back(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as store:
        with writing(store.engine) as session:
            session.connection().exec_driver_sql("CREATE TABLE more (held BLOB)")
            session.connection().exec_driver_sql("INSERT INTO more VALUES (zeroblob(1000000))")
        with writing(store.engine) as session:
            session.connection().exec_driver_sql("DELETE FROM more")
        before = size_bytes(store.engine)

        assert give_room_back(store.engine)

        assert size_bytes(store.engine) < before - 900_000


def test_that_a_store_may_be_written_is_found_out_without_writing(store: SqlStore) -> None:
    try_to_write(store.engine)

    assert not store.runs()


def test_a_server_that_lets_nobody_write_is_told(postgresql: Postgresql) -> None:
    address = postgresql.new_database("only_read")
    only_read = f"{address}&options=-c%20default_transaction_read_only%3Don"

    with an_engine(only_read) as engine, pytest.raises(BadStore, match="may only be read"):
        try_to_write(engine)


def test_the_clock_of_the_server_is_compared(database: str) -> None:
    with an_engine(database) as engine:
        ahead_s = ahead_of_server_s(engine, SystemClock())

    assert ahead_s is None if database.startswith("sqlite") else abs(ahead_s or 0) < 5


def test_the_size_of_a_store_is_known(store: SqlStore) -> None:
    empty = size_bytes(store.engine)
    for _ in range(3):
        store.keep(a_record())

    assert 10_000 < empty <= size_bytes(store.engine)


def test_room_is_not_given_back_while_another_writes(tmp_path: Path) -> None:
    file = tmp_path / "sendguard.db"
    with (
        closing(open_store(f"sqlite:///{file}")) as store,
        closing(sqlite3.connect(file, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")

        assert not give_room_back(store.engine)
