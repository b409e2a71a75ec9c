"""A store that another program is just writing to, so that nobody else can."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg


@contextmanager
def store_held(database: str) -> Iterator[None]:
    """In here nothing can be written to the deliveries of that store."""
    if database.startswith("sqlite:///"):
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(database.replace("+psycopg", "")) as other_one:
        other_one.execute("LOCK TABLE delivery IN EXCLUSIVE MODE")
        yield
