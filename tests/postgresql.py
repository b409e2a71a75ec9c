"""A real PostgreSQL for tests, which comes with the package pgserver."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from warnings import catch_warnings, simplefilter

import psycopg

_EMPTY = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'sendguard_version'
    LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
    PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S';
END $$
"""


@dataclass(frozen=True, slots=True)
class Postgresql:
    """A server that runs."""

    folder: Path

    @classmethod
    @contextmanager
    def running(cls, folder: Path) -> Iterator["Postgresql"]:
        """A server whose files are in `folder`; its path must be short, for the socket in it."""
        with catch_warnings():
            simplefilter("ignore")  # that this user has no folder for sockets
            from pgserver.postgres_server import get_server  # noqa: PLC0415 - as above

            server = get_server(folder / "data", cleanup_mode="delete")
        with server:
            there = cls(folder / "data")
            there.hurry()
            yield there

    def hurry(self) -> None:
        """Let it not wait for the disk: no test takes the power away."""
        with psycopg.connect(f"postgresql://postgres@/postgres?{self._where}") as connection:
            connection.autocommit = True
            for setting in ("fsync", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
            connection.execute("SELECT pg_reload_conf()")

    def new_database(self, name: str) -> str:
        """The address of a database without any tables, as config.yaml has it."""
        with psycopg.connect(f"postgresql://postgres@/postgres?{self._where}") as connection:
            connection.autocommit = True
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return f"postgresql+psycopg://postgres@/{name}?{self._where}"

    @property
    def _where(self) -> str:
        return urlencode({"host": str(self.folder)})


def empty(address: str) -> None:
    """Take everything out of the tables of a store; that is far quicker than to make others."""
    with psycopg.connect(address.replace("+psycopg", "", 1)) as connection:
        connection.execute(_EMPTY)
