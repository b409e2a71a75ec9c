"""The gateway's part of the store, on both databases; made once, and emptied after each test."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from sendguard.adapters.database.engine import changing
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.ports.gateway import Ledger, Streams
from tests.postgresql import Postgresql

TABLES = ("stream", "stream_sample", "passage", "held", "held_body", "keeper", "notice")


@pytest.fixture(scope="session")
def stores(
    postgresql: Postgresql, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, SqlStore]]:
    """One on each."""
    file = tmp_path_factory.mktemp("gateway") / "sendguard.db"
    with (
        closing(open_store(f"sqlite:///{file}")) as on_sqlite,
        closing(open_store(postgresql.new_database("gateway"))) as on_postgresql,
    ):
        yield {"sqlite": on_sqlite, "postgresql": on_postgresql}


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, stores: dict[str, SqlStore]) -> Iterator[SqlStore]:
    """A store that nothing was kept in yet."""
    found = stores[request.param]
    yield found
    with changing(found.engine) as connection:
        for table in TABLES:
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608


@pytest.fixture
def streams(store: SqlStore) -> Streams:
    return store.streams


@pytest.fixture
def ledger(store: SqlStore) -> Ledger:
    return store.ledger
