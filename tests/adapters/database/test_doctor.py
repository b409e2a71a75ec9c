"""What the doctor finds out about a store, on both databases."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.engine import open_engine
from sendguard.adapters.database.schema import find_version, upgrade
from sendguard.adapters.database.store import open_store
from sendguard.adapters.database.upkeep import look_through
from sendguard.adapters.database.versions import VERSIONS
from sendguard.config import Config
from sendguard.entrypoints.cli.doctor.store import look_at_store
from sendguard.errors import BadStore
from sendguard.ports.sending import Suppressed
from sendguard.report.health import Health, Part
from tests.adapters.database.kept import a_campaign, a_record
from tests.adapters.database.outbox.queued import queue, readers
from tests.builders import NOON


@contextmanager
def an_engine(database: str) -> Iterator[Engine]:
    engine = open_engine(database)
    try:
        yield engine
    finally:
        engine.dispose()


def told(database: str) -> dict[str, Part]:
    return {part.name: part for part in look_at_store(Config(database=database))}


def test_where_nothing_was_made_nothing_is(database: str) -> None:
    parts = told(database)

    assert all(part.health is Health.OK for part in parts.values())
    assert any("by the first check of a campaign" in part.says for part in parts.values())
    with an_engine(database) as engine:
        assert find_version(engine) is None


def test_an_upgrade_that_is_due_is_told(database: str) -> None:
    with an_engine(database) as engine:
        upgrade(engine, VERSIONS[0])

    parts = told(database)

    assert parts["database"].health is Health.OK
    assert parts["tables"].health is Health.WRONG
    assert "run `sendguard store upgrade`" in parts["tables"].says
    assert "watch" not in parts


def test_damage_that_stands_in_nobody_s_way_yet_is_told(tmp_path: Path) -> None:
    file = tmp_path / "sendguard.db"
    with closing(open_store(f"sqlite:///{file}")) as store:
        for _ in range(20):
            store.keep(a_record(a_campaign(subject=os.urandom(20_000).hex())))
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + os.urandom(16_384) + whole[middle + 16_384 :])

    with pytest.raises(BadStore, match="is damaged: restore it from its backup"):
        told(f"sqlite:///{file}")


def test_a_store_that_takes_long_to_look_through_is_not_called_damaged(tmp_path: Path) -> None:
    file = tmp_path / "sendguard.db"
    open_store(f"sqlite:///{file}").close()

    with an_engine(f"sqlite:///{file}") as engine:
        assert look_through(engine, 3.0)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN IMMEDIATE")  # nobody else may even read meanwhile

            assert not look_through(engine, 0.1)


def test_no_two_parts_have_the_same_name(database: str) -> None:
    open_store(database).close()

    names = [part.name for part in look_at_store(Config(database=database))]

    assert "clock" not in names  # which is the computer's
    assert len(names) == len(set(names))


def test_who_watches_is_told(database: str) -> None:
    store = open_store(database)
    lock = store.lock("navigator 7 once", SystemClock())
    assert lock.hold()

    watched = told(database)["watch"]
    lock.let_go()
    alone = told(database)["watch"]
    store.close()

    assert watched.health is Health.OK
    assert watched.says.startswith("process 7 on navigator has been watching for ")
    assert alone.health is Health.WARNING


def test_how_much_is_still_to_be_sent_is_told_and_the_mail_server_then_looked_at(
    database: str,
) -> None:
    with closing(open_store(database)) as store:
        store.suppressions.add([Suppressed(key="ada@example.org", why="listed", at=NOON)])
        nothing = told(database)
        store.outbox.cancel(queue(store.outbox, readers(2), "autumn"), "of no use any more")
        queue(store.outbox, readers(3))

    parts = {part.name: part for part in look_at_store(Config(database=database), looked_at)}

    assert nothing["outbox"].says == "nothing waits to be sent"
    assert parts["outbox"].says == "3 messages wait to be sent"
    assert parts["suppressed"].says == "1 address is on the suppression list"
    assert "smtp" in parts


def looked_at() -> list[Part]:
    return [Part("smtp", Health.OK, "it was looked at")]
