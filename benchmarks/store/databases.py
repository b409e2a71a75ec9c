"""The databases that a store can stand in, and how large each is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import make_url

from tests.postgresql import Postgresql

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@dataclass(frozen=True, slots=True)
class Database:
    """One that nothing is in yet; `address` as config.yaml has it."""

    kind: str
    address: str

    def bytes(self) -> int:
        """What it takes on the disk, once all that was written stands in its place."""
        if self.kind == POSTGRESQL:
            return self._on_server()
        file = self.address.removeprefix("sqlite:///")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(file).stat().st_size

    def _on_server(self) -> int:
        address = make_url(self.address).set(drivername="postgresql")
        with psycopg.connect(address.render_as_string(hide_password=False)) as connection:
            connection.autocommit = True
            connection.execute("VACUUM ANALYZE")
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            return int(row[0]) if row else 0


@contextmanager
def a_database(kind: str, folder: Path) -> Iterator[Database]:
    """One of that kind, for as long as it is needed; SQLite's file stands in `folder`."""
    if kind == SQLITE:
        yield Database(kind, f"sqlite:///{folder / 'sendguard.db'}")
        return
    with TemporaryDirectory(prefix="pg") as data, Postgresql.running(Path(data)) as server:
        yield Database(kind, server.new_database("bench"))
