"""What the person who looks after the machine asks of the store: its size, room, a copy of it."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from shutil import copymode
from threading import Thread

from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from sendguard.adapters.database.engine import file_of, reading, shown, writing
from sendguard.adapters.database.troubles import DAMAGED, LONGEST_WAIT_S, said_plainly
from sendguard.adapters.database.versions import VERSION_TABLE
from sendguard.errors import BadStore
from sendguard.ports import Clock

_SIZE = text(
    "SELECT coalesce(sum(pg_total_relation_size(to_regclass(name))), 0) "
    "FROM unnest(CAST(:names AS text[])) name"
)
_MAY_ONLY_READ = text("SHOW transaction_read_only")
_SERVER_TIME = text("SELECT clock_timestamp()")


def size_bytes(engine: Engine) -> int:
    """What the store takes on the disk: its file with the log beside it, or its tables.

    Raises:
        BadStore: The database cannot be used.
    """
    file = file_of(engine)
    if file is None:
        names = [VERSION_TABLE, *SQLModel.metadata.tables]
        with reading(engine) as session:
            return int(session.connection().scalar(_SIZE, {"names": names}) or 0)
    return sum(_bytes(Path(f"{file}{more}")) for more in ("", "-wal"))


def try_to_write(engine: Engine) -> None:
    """Begin to write, and leave it at that.

    Raises:
        BadStore: The database cannot be used, or may only be read.
    """
    with writing(engine) as session:
        if file_of(engine) is None and session.connection().scalar(_MAY_ONLY_READ) == "on":
            raise BadStore(f"the store {shown(engine)} may only be read")


def look_through(engine: Engine, longest_s: float) -> bool:
    """Look for damage in a file of SQLite's, page by page; a server looks after its own.

    Args:
        engine: The way to it.
        longest_s: Seconds after which it is left at that.

    Returns:
        False where there was no time to see all of it.

    Raises:
        BadStore: It is damaged, or cannot be read.
    """
    file = file_of(engine)
    if file is None:
        return True
    troubles: list[str | None] = []
    # In a thread, because not every release of SQLite stops to ask whether it should go on.
    looking = Thread(target=lambda: troubles.append(_damage(file)), daemon=True)
    looking.start()
    looking.join(longest_s)
    if troubles and troubles[0]:
        raise BadStore(troubles[0])
    return bool(troubles)


def _damage(file: Path) -> str | None:
    """What is said of its damage; None where it has none."""
    try:
        with closing(sqlite3.connect(file, LONGEST_WAIT_S)) as connection:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return said_plainly(str(file), error)
    return None if said == "ok" else f"the store {file} {DAMAGED}"


def ahead_of_server_s(engine: Engine, clock: Clock) -> float | None:
    """Seconds that the computer's clock is ahead of the server's; None where there is no server.

    Raises:
        BadStore: The database cannot be used.
    """
    if file_of(engine):
        return None
    with reading(engine) as session:
        connection = session.connection()
        before = clock.now()
        there: datetime = connection.scalar(_SERVER_TIME)
        return (before + (clock.now() - before) / 2 - there).total_seconds()


def give_room_back(engine: Engine) -> bool:
    """Let a file of SQLite's shrink to what is in it; False where it cannot now.

    It needs the file to itself for a moment, and room for a second one beside it. A server does
    the like by itself.
    """
    file = file_of(engine)
    if file is None:
        return True
    try:
        with closing(sqlite3.connect(file, LONGEST_WAIT_S, isolation_level=None)) as connection:
            connection.execute("VACUUM").close()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    except sqlite3.Error:
        return False
    return True


def copy_beside(engine: Engine, version: str) -> Path | None:
    """Copy a store in SQLite beside itself, whole or not at all; None for a server's.

    Args:
        engine: The way to it.
        version: What its tables are of; the copy is named after it, and takes the place of an
            earlier one.

    Raises:
        BadStore: It cannot be copied.
    """
    file = file_of(engine)
    if file is None:
        return None
    whole, unfinished = Path(f"{file}.{version}"), Path(f"{file}.{version}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(file, LONGEST_WAIT_S, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(unfinished),)).close()
        copymode(file, unfinished)
        unfinished.replace(whole)
    except (sqlite3.Error, OSError) as error:
        why = said_plainly(str(whole), error)
        raise BadStore(f"no copy could be made, so nothing was changed: {why}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return whole


def _bytes(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
