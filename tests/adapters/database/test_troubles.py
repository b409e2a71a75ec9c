"""Whatever is wrong with the store is said in one line, and nothing is half written."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from pwd import getpwuid
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest

from sendguard.adapters.database.engine import open_engine, writing
from sendguard.adapters.database.last_check import last_check
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.adapters.database.versions import VERSION_TABLE
from sendguard.errors import BadStore
from sendguard.gate import Record
from tests.adapters.database.kept import a_campaign, a_record
from tests.postgresql import Postgresql

NOBODY = 65534


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store in a file, with one check in it."""
    file = tmp_path / "sendguard.db"
    with closing(open_store(f"sqlite:///{file}")) as store:
        store.keep(a_record())
    return file


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "sendguard.db"
    file.write_text("A shopping list, by mistake.\n" * 100)

    with pytest.raises(BadStore, match=rf"^the store {file} is no database: move it away"):
        open_store(f"sqlite:///{file}")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadStore, match="cannot be opened: see that its folder is there"):
        open_store(f"sqlite:///{tmp_path / 'none' / 'sendguard.db'}")


def test_a_later_release_is_not_meddled_with(database: str) -> None:
    with closing(open_store(database)) as store:
        store.keep(a_record())
    _set_version(database, "9999")

    with pytest.raises(BadStore, match="was made by a later release of SendGuard"):
        open_store(database)
    with pytest.raises(BadStore, match="was made by a later release of SendGuard"):
        last_check(database, "spring", "sha256:1")


def test_a_damaged_file_is_told(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))

    with pytest.raises(BadStore, match=r"is damaged: restore it from its backup"):
        open_store(f"sqlite:///{file}")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_whose_file_it_is_that_may_not_be_written_is_told(mode: int) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sendguard.db"
        open_store(f"sqlite:///{file}").close()
        file.chmod(mode)
        Path(folder).chmod(0o777)
        with somebody_else(), pytest.raises(BadStore) as told:
            try_to_keep(f"sqlite:///{file}")

    says = f"the store {file} may not be written: sendguard.db belongs to root, and this is "
    assert str(told.value) == f"{says}{getpwuid(NOBODY).pw_name}"


def try_to_keep(database: str) -> None:
    with closing(open_store(database)) as store:
        store.keep(a_record())


@contextmanager
def somebody_else() -> Iterator[None]:
    """In here the process may do what that user may."""
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_is_locked_is_told(file: Path) -> None:
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as other,
        closing(open_store(f"sqlite:///{file}")) as store,
    ):
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(BadStore, match="is locked: another program has been writing"):
            store.keep(a_record())


def test_a_full_disk_is_told_and_leaves_nothing_half_written(file: Path) -> None:
    engine = open_engine(f"sqlite:///{file}")
    with closing(SqlStore(engine)) as store:
        with writing(engine) as session:
            session.connection().exec_driver_sql("PRAGMA max_page_count = 1")

        with pytest.raises(BadStore, match="is full, or its disk is: make room"):
            store.keep(_a_large_record())

        assert len(store.runs("spring")) == 1
        assert not store.runs("large")


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(BadStore, match="cannot be reached: nothing answers there") as told:
        open_store("postgresql+psycopg://ada:secret@127.0.0.1:1/sendguard")

    assert "secret" not in str(told.value)


def test_a_database_that_is_not_there_is_told(postgresql: Postgresql) -> None:
    address = postgresql.new_database("here").replace("/here", "/there")

    with pytest.raises(BadStore, match="has no such database: create it first"):
        open_store(address)
    with pytest.raises(BadStore, match="has no such database: create it first"):
        last_check(address, "spring", "sha256:1")


def _a_large_record() -> Record:
    return a_record(a_campaign("large", subject=os.urandom(200_000).hex()))


def _set_version(database: str, version: str) -> None:
    engine = open_engine(database)
    with writing(engine) as session:
        session.connection().exec_driver_sql(
            f"UPDATE {VERSION_TABLE} SET version_num = '{version}'"  # noqa: S608
        )
    engine.dispose()


def test_a_password_among_the_parameters_is_not_shown() -> None:
    address = "postgresql+psycopg://ada@127.0.0.1:1/sendguard?password=secret"

    with pytest.raises(BadStore) as told:
        open_store(address)
    with pytest.raises(BadStore) as told_by_reuse:
        last_check(address, "spring", "sha256:1")

    assert "secret" not in f"{told.value} {told_by_reuse.value}"


def test_a_table_that_somebody_keeps_locked_is_not_waited_for(postgresql: Postgresql) -> None:
    address = postgresql.new_database(f"locked_{uuid4().hex}")
    open_store(address).close()
    with psycopg.connect(address.replace("+psycopg", "")) as other:
        other.execute("LOCK TABLE run IN ACCESS EXCLUSIVE MODE")

        with pytest.raises(BadStore, match="is locked by another program"):
            last_check(address, "spring", "sha256:1")
        with closing(open_store(address)) as store, pytest.raises(BadStore, match="is locked"):
            store.keep(a_record())


@pytest.mark.parametrize("evidence", ["'hello'", "5000000000", "x'31'"])
def test_evidence_that_nobody_of_us_wrote_answers_nothing(file: Path, evidence: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"UPDATE run SET evidence = {evidence}")  # noqa: S608

    assert last_check(f"sqlite:///{file}", "spring", "sha256:1") is None


@pytest.mark.parametrize("changed", ["at = 'yesterday'", "decision = 'maybe'"])
def test_a_row_that_nobody_of_us_wrote_is_told(file: Path, changed: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"UPDATE run SET {changed}")  # noqa: S608

    with (
        closing(open_store(f"sqlite:///{file}")) as store,
        pytest.raises(BadStore, match="is damaged"),
    ):
        store.runs()
