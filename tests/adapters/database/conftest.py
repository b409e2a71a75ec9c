"""Both databases: whatever the store promises, it promises on each."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from sendguard.adapters.database.store import SqlStore, open_store
from tests.postgresql import Postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """A server of this worker's own."""
    with TemporaryDirectory(prefix="pg") as folder, Postgresql.running(Path(folder)) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'sendguard.db'}"
        return
    server: Postgresql = request.getfixturevalue("postgresql")
    yield server.new_database(f"test_{uuid4().hex}")


@pytest.fixture
def store(database: str) -> Iterator[SqlStore]:
    """A store that nothing was kept in yet."""
    with closing(open_store(database)) as store:
        yield store
