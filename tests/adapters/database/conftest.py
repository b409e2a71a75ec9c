"""Both databases: whatever the store promises, it promises on each."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from sendguard.adapters.database.store import SqlStore, open_store
from tests.postgresql import Postgresql, empty


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


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that nothing is ever kept in."""
    file = tmp_path_factory.mktemp("sqlite") / "empty.db"
    open_store(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def postgresql_address(postgresql: Postgresql) -> str:
    """A database with tables, for one test after the other."""
    address = postgresql.new_database("store")
    open_store(address).close()
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a store that nothing was kept in yet."""
    if request.param == "sqlite":
        file = tmp_path / "sendguard.db"
        copyfile(request.getfixturevalue("sqlite_file"), file)
        return f"sqlite:///{file}"
    address: str = request.getfixturevalue("postgresql_address")
    empty(address)
    return address


@pytest.fixture
def store(address: str) -> Iterator[SqlStore]:
    """A store that nothing was kept in yet."""
    with closing(open_store(address)) as store:
        yield store
