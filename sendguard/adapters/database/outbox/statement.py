"""Raw SQL for both databases, without what SQLAlchemy takes for each row.

Statements are written with `?` for each value. SQLite, where one writer at a time has the whole
file, knows no locks of rows: there they are left out. It guesses which index is best without having
counted, and so is told `NOT INDEXED` where rows are wanted by their numbers; PostgreSQL counts.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, CursorResult

Values: TypeAlias = tuple[int | str | None, ...]
Done: TypeAlias = CursorResult[*tuple[Any, ...]]
Item = TypeVar("Item")

MOST_VALUES = 500
"""In one statement."""

_ROW_LOCK = re.compile(r" FOR (UPDATE|SHARE)( OF \w+)?( SKIP LOCKED)?")


def execute(
    connection: Connection, sql: str, values: Sequence[object] = ()
) -> CursorResult[*tuple[Any, ...]]:
    """Execute a statement, once for each row of values where they are a list of rows."""
    given: Any = values
    return connection.exec_driver_sql(_spelt(connection.dialect.name, sql), given)


def marks(values: Collection[object]) -> str:
    """A `?` for each, as they stand behind `IN`."""
    return f"({','.join('?' * len(values))})"


def batches(items: Iterable[Item], most: int = MOST_VALUES) -> Iterator[list[Item]]:
    """The items in their order, so many at a time."""
    left = iter(items)
    while batch := list(islice(left, most)):
        yield batch


def milliseconds(at: datetime) -> int:
    """Since 1970, in UTC."""
    return int(at.timestamp() * 1_000)


@lru_cache(maxsize=1_000)
def _spelt(dialect: str, sql: str) -> str:
    if dialect == "postgresql":
        return sql.replace("?", "%s").replace(" NOT INDEXED", "")
    return _ROW_LOCK.sub("", sql)
