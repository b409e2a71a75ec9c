"""What the doctor finds out about a store, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.engine import open_engine
from sendguard.adapters.database.schema import find_version, upgrade
from sendguard.adapters.database.store import open_store
from sendguard.adapters.database.versions import VERSIONS
from sendguard.config import Config
from sendguard.entrypoints.cli.doctor.store import look_at_store
from sendguard.report.health import Health, Part


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
