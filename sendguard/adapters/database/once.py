"""Rows that may be there already: two programs that write the same one both succeed."""

from typing import Any

from sqlalchemy import CursorResult, Result, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_once(session: Session, row: SQLModel) -> bool:
    """Insert a row unless one with the same key is there; True where it was not."""
    values = row.model_dump(exclude_none=True)
    insert = _insert(session, type(row)).values(**values)
    # psycopg does not count what an insert that may do nothing has done.
    return session.scalar(insert.returning(literal_column("1"))) is not None


def changed(result: Result[Any]) -> int:
    """How many rows a statement inserted, changed or deleted."""
    return result.rowcount if isinstance(result, CursorResult) else 0


def _insert(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
