"""The connection to the store's database, and what is said where it cannot be had."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import SQLITE_BUSY, OperationalError
from sqlite3 import Connection as SqliteConnection
from time import monotonic, sleep

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

from sendguard.adapters.database.troubles import LONGEST_WAIT_S, PATIENCE, said_plainly
from sendguard.errors import BadStore
from sendguard.judge.quote import plain

LARGE = 1_000_000
"""Bytes of a value that a connection is not kept after; see `spend`."""
_WRITES = "writes"
# PostgreSQL would keep to the plan that was best while a table was empty, until it counts again.
_PLANNED_ANEW = "-c plan_cache_mode=force_custom_plan"
_BETWEEN_TRIES_S = 0.02


def open_engine(database: str) -> Engine:
    """A way to the database; nothing is opened yet.

    Args:
        database: `sqlite:///…` or `postgresql+psycopg://…`, as `Config.database`.

    Raises:
        BadStore: It is no such address.
    """
    try:
        url = make_url(database)
    except (ArgumentError, ValueError):
        # Without the cause: it repeats the address, and with it the password.
        raise BadStore("the address of the store cannot be read: see `database:`") from None
    if url.get_backend_name() != "sqlite":
        return create_engine(url, connect_args=server_arguments(url), pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": LONGEST_WAIT_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def server_arguments(url: URL) -> dict[str, int | str]:
    """How to connect to a server that may fall silent; what the address itself says counts more."""
    wanted: dict[str, int | str] = {
        "options": f"{PATIENCE} {_PLANNED_ANEW}",
        "connect_timeout": int(LONGEST_WAIT_S),
        "tcp_user_timeout": int(2 * LONGEST_WAIT_S * 1_000),
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }
    return {name: value for name, value in wanted.items() if name not in url.query}


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads.

    Raises:
        BadStore: The database cannot be used.
    """
    with in_plain_words(engine), Session(engine) as session:
        try:
            yield session
        except ValueError as error:  # a word or a date in a row that nobody of us wrote
            says = plain(str(error).partition("\n")[0])
            raise BadStore(f"the store {shown(engine)} is damaged: {says}") from error


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session that is committed as one at the end, or not at all.

    Raises:
        BadStore: The database cannot be used; nothing was written.
    """
    engine = engine.execution_options(**{_WRITES: True})
    with in_plain_words(engine), Session(engine) as session, session.begin():
        yield session


@contextmanager
def writing_after(engine: Engine, prepare: Callable[[Session], None]) -> Iterator[Session]:
    """As `writing`, on a connection where something is prepared first that locks nobody out.

    Args:
        engine: The way to the database.
        prepare: Fills temporary tables, in a transaction of its own.

    Raises:
        BadStore: The database cannot be used; nothing was written.
    """
    with (
        in_plain_words(engine),
        engine.connect() as connection,
        Session(connection) as session,
    ):
        with session.begin():
            prepare(session)
        connection.execution_options(**{_WRITES: True})
        with session.begin():
            yield session


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """As `writing`, without a session, for raw SQL.

    Raises:
        BadStore: The database cannot be used; nothing was written.
    """
    with in_plain_words(engine), engine.connect() as connection:
        connection.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


def spend(connection: Connection, size: int) -> None:
    """Have the connection closed behind this transaction, where it carried a value so large.

    Drivers keep their copy of the last one for as long as a connection lives: sqlite3 what was
    bound to a statement, libpq the room for it. Each connection of the pool would come to have one.
    """
    if size > LARGE:
        connection.detach()


@contextmanager
def in_plain_words(engine: Engine) -> Iterator[None]:
    """In here the trouble of the driver becomes `BadStore`."""
    try:
        yield
    except DBAPIError as error:
        raise BadStore(said_plainly(shown(engine), error.orig or error)) from error


def shown(engine: Engine) -> str:
    """The database as it may be shown: without its password, and of SQLite just the file."""
    if engine.url.get_backend_name() == "sqlite":
        return engine.url.database or "the store in memory"
    # Parameters may hold passwords of their own; these two tell where it is.
    where = {name: text for name, text in engine.url.query.items() if name in {"host", "port"}}
    return engine.url.set(query=where).render_as_string(hide_password=True)


def has_no_file(engine: Engine) -> bool:
    """Whether it is SQLite's and was not made yet: to connect would make it."""
    file = file_of(engine)
    return file is not None and not file.exists()


def file_of(engine: Engine) -> Path | None:
    """The file of a store in SQLite; None for a server's."""
    name = engine.url.database
    return Path(name) if name and engine.url.get_backend_name() == "sqlite" else None


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    # Python's own way to begin leaves reads and changes of tables outside of transactions.
    connection.isolation_level = None
    _keep_a_write_ahead_log(connection)
    for pragma in ("synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _keep_a_write_ahead_log(connection: SqliteConnection) -> None:
    """Switch it on; where two do so at once in a new file, SQLite itself would not wait."""
    until = monotonic() + LONGEST_WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
        except OperationalError as error:
            if error.sqlite_errorcode != SQLITE_BUSY or monotonic() > until:
                raise
            sleep(_BETWEEN_TRIES_S)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and then writes cannot wait for another writer.
    how = "IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {how}")
