"""Back up and restore, by the very commands of docs/operating.md, while checks are being kept."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from sendguard.adapters.database.store import SqlStore, open_store
from tests.adapters.database.kept import a_campaign, a_record
from tests.manual import bare_environment, commands, do, programs, stand_in

SQLITE = commands("### SQLite")
WITH_TOOL, WITH_PYTHON, RESTORE_SQLITE = SQLITE
BACK_UP_POSTGRESQL, RESTORE_POSTGRESQL = commands("### PostgreSQL")


@contextmanager
def checks_being_kept(database: str) -> Iterator[None]:
    """Somebody keeps one check after another, all the time."""
    done = Event()

    def keep_on() -> None:
        with closing(open_store(database)) as store:
            while not done.is_set():
                store.keep(a_record(a_campaign("meanwhile")))

    keeping = Thread(target=keep_on)
    keeping.start()
    try:
        yield
    finally:
        done.set()
        keeping.join()


def obey(command: str, here: Path, database: str) -> None:
    stand_in(here / "bin", "systemctl", f'echo "$@" >> {here}/services')
    server = {"DATABASE": database.replace("postgresql+psycopg:", "postgresql:")}
    environment = bare_environment(here / "bin", *programs(), more=server)

    did = do(command, here, environment)

    assert (did.returncode, did.stderr) == (0, "")


def of(database: str, on_sqlite: str, on_postgresql: str) -> str:
    return on_sqlite if database.startswith("sqlite") else on_postgresql


def runs_of(store: SqlStore, campaign: str) -> list[int]:
    return [kept.id for kept in store.runs(campaign)]


def test_what_was_kept_before_a_backup_comes_back(database: str, tmp_path: Path) -> None:
    with closing(open_store(database)) as store:
        before = store.keep(a_record(a_campaign("before")))
        with checks_being_kept(database):
            obey(of(database, WITH_PYTHON, BACK_UP_POSTGRESQL), tmp_path, database)
        store.keep(a_record(a_campaign("after")))

    obey(of(database, RESTORE_SQLITE, RESTORE_POSTGRESQL), tmp_path, database)

    with closing(open_store(database)) as store:
        assert store.record(before) == a_record(a_campaign("before"))
        assert all(store.record(id_) for id_ in runs_of(store, "meanwhile"))
        assert not runs_of(store, "after")


def test_a_restored_store_takes_checks(database: str, tmp_path: Path) -> None:
    with closing(open_store(database)) as store:
        store.keep(a_record())
    obey(of(database, WITH_PYTHON, BACK_UP_POSTGRESQL), tmp_path, database)
    obey(of(database, RESTORE_SQLITE, RESTORE_POSTGRESQL), tmp_path, database)

    with closing(open_store(database)) as store:
        latest = store.keep(a_record())

        assert runs_of(store, "spring")[0] == latest


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="its command line is not installed")
def test_the_command_line_of_sqlite_makes_the_same_backup(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'sendguard.db'}"
    with closing(open_store(database)) as store, checks_being_kept(database):
        kept = store.keep(a_record())
        obey(WITH_TOOL, tmp_path, database)

    with closing(open_store(f"sqlite:///{tmp_path / 'backup.db'}")) as store:
        assert store.record(kept) == a_record()


TOOLS = [
    pytest.param(
        WITH_TOOL,
        marks=pytest.mark.skipif(shutil.which("sqlite3") is None, reason="it is not installed"),
    ),
    WITH_PYTHON,
]


@pytest.mark.parametrize("command", TOOLS)
def test_no_backup_is_made_of_nothing(command: str, tmp_path: Path) -> None:
    did = do(command, tmp_path, bare_environment(*programs()))

    assert did.returncode
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root restores for somebody else")
def test_what_root_restores_belongs_to_the_owner_of_the_folder(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'sendguard.db'}"
    open_store(database).close()
    obey(WITH_PYTHON, tmp_path, database)
    os.chown(tmp_path, 65534, 65534)

    obey(RESTORE_SQLITE, tmp_path, database)

    assert (tmp_path / "sendguard.db").stat().st_uid == 65534


def test_a_backup_is_not_written_over(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'sendguard.db'}"
    open_store(database).close()
    obey(WITH_PYTHON, tmp_path, database)

    again = do(WITH_PYTHON, tmp_path, bare_environment(*programs()))

    assert again.returncode
