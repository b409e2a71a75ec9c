"""How much SQLite works, counted instead of timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Engine, event

STEP = 20
"""So many instructions of SQLite's machine are counted as one."""


@contextmanager
def counting_steps() -> Iterator[list[int]]:
    """How much SQLite works, in here, on connections that are opened in here."""
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    def watch(connection: SqliteConnection, _: object) -> None:
        connection.set_progress_handler(step, STEP)

    event.listen(Engine, "connect", watch)
    try:
        yield steps
    finally:
        event.remove(Engine, "connect", watch)
