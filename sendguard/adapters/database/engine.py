"""The connection to the store's database, and what is said where it cannot be had."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from sendguard.adapters.database.troubles import LONGEST_WAIT_S, said_plainly
from sendguard.errors import BadStore

_WRITES = "writes"


def open_engine(database: str) -> Engine:
    """A way to the database; nothing is opened yet.

    Args:
        database: `sqlite:///…` or `postgresql+psycopg://…`, as `Config.database`.
    """
    url = make_url(database)
    if url.get_backend_name() != "sqlite":
        waiting = {"connect_timeout": int(LONGEST_WAIT_S)}
        return create_engine(url, connect_args=waiting, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": LONGEST_WAIT_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads.

    Raises:
        BadStore: The database cannot be used.
    """
    with _in_plain_words(engine), Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session that is committed as one at the end, or not at all.

    Raises:
        BadStore: The database cannot be used; nothing was written.
    """
    engine = engine.execution_options(**{_WRITES: True})
    with _in_plain_words(engine), Session(engine) as session, session.begin():
        yield session


@contextmanager
def _in_plain_words(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise BadStore(said_plainly(shown(engine), error.orig or error)) from error


def shown(engine: Engine) -> str:
    """The database as it may be shown: without its password, and of SQLite just the file."""
    if engine.url.get_backend_name() == "sqlite":
        return engine.url.database or "the store in memory"
    return engine.url.render_as_string(hide_password=True)


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    # Python's own way to begin leaves reads and changes of tables outside of transactions.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and then writes cannot wait for another writer.
    how = "IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {how}")
