"""Readers on their way into the outbox, in a table of this connection alone: nobody is locked out.

Reading a million addresses takes a minute; writing them down from there takes seconds.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from sendguard.adapters.database.outbox.statement import Values, batches, execute
from sendguard.adapters.database.troubles import said_plainly
from sendguard.errors import BadStore
from sendguard.send import Reader

_AT_ONCE = 10_000
_ROOM_KIB, _USUAL_ROOM_KIB = 24_000, 2_000


def take_in(session: Session, readers: Iterable[Reader]) -> None:
    """Read them, once, in their order."""
    connection = session.connection()
    drop_incoming(connection)
    execute(
        connection,
        "CREATE TEMPORARY TABLE incoming (key TEXT NOT NULL, address TEXT NOT NULL, fields TEXT)",
    )
    rows = ((reader.key, reader.address, fields_of(reader)) for reader in readers)
    if connection.dialect.name == "postgresql":
        _copy(connection, rows)
        return
    for some in batches(rows, _AT_ONCE):
        execute(connection, "INSERT INTO incoming VALUES (?, ?, ?)", some)


@contextmanager
def room_for_keys(connection: Connection) -> Iterator[None]:
    """In here SQLite keeps the index of a million keys at hand, which come in no order.

    With its usual two megabytes it would read and write most pages again for each key.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        execute(connection, f"PRAGMA cache_size = -{_ROOM_KIB}")
    yield
    if is_sqlite:
        execute(connection, f"PRAGMA cache_size = -{_USUAL_ROOM_KIB}")


def drop_incoming(connection: Connection) -> None:
    """Forget them."""
    execute(connection, "DROP TABLE IF EXISTS incoming")


def fields_of(reader: Reader) -> str | None:
    """The merge fields as they stand in a column."""
    return json.dumps(reader.fields) if reader.fields else None


def _copy(connection: Connection, rows: Iterator[Values]) -> None:
    """By the way that PostgreSQL has for many rows; five times as fast as to insert them."""
    from psycopg import Error  # noqa: PLC0415 - not loaded for SQLite

    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor().copy("COPY incoming FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except Error as error:
        raise BadStore(said_plainly("for the outbox", error)) from error
