"""A `ports.Memory` in one file of SQLite, which two checks may use at once."""

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sendguard.adapters.memory.written import UNREADABLE, read_back, written
from sendguard.config import Visits
from sendguard.values import Url
from sendguard.visit import Visit

if TYPE_CHECKING:
    from sqlite3 import Connection

OLDEST = timedelta(days=7)
MOST = 50_000  # visits; some 2 kB each
LARGEST_BYTES = 16 * 1024  # of one visit; a page with more names to jump to is asked for again
LONGEST_WAIT_S = 0.2  # for another check that writes

Result = TypeVar("Result")


def cache_file() -> Path | None:
    """Where visits are kept for this user; None where there is no such place.

    Source:
        XDG Base Directory Specification: a relative path in XDG_CACHE_HOME counts as none.
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        folder = named if named.is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    return folder / "sendguard" / "visits.db"


def what_changes_answers(visits: Visits, release: str) -> str:
    """All that may make another visit of the same address, as one text.

    Args:
        visits: What is in force.
        release: Which SendGuard it is: another one may read pages otherwise.
    """
    asked_by = {"connect_to", "proxy", "user_agent", "ca_file", "allow_private"}
    return f"{release} {visits.model_dump_json(include=asked_by)}"


class SqliteMemory:
    """Visits in a file. Whatever is wrong with that, a check goes on as if nothing were there.

    A row is known by the digest of its page's address and the settings, and carries the digest of
    what it says, so that none that was damaged on the disk is believed.
    """

    def __init__(self, file: Path | None, settings: str) -> None:
        self._file = file
        self._settings = settings.encode("utf-8", "surrogatepass")

    def recall(self, pages: Iterable[Url]) -> Mapping[Url, Visit]:
        """The visits to these pages that are remembered, by page."""
        keys = {page: self._key(page) for page in pages}

        def find(database: "Connection") -> list[tuple[Url, bytes, bytes, bytes]]:
            rows = ((page, key, database.execute(_FIND, (key,))) for page, key in keys.items())
            return [(page, key, *row) for page, key, found in rows for row in found]

        there = self._use(find) or []
        believed = ((page, _believed(key, told, seal)) for page, key, told, seal in there)
        return {page: visit for page, visit in believed if visit}

    def keep(self, good: Iterable[Visit], others: Iterable[Url], now: datetime) -> None:
        """Remember visits in the place of earlier ones to their pages."""
        rows = [self._row(visit.url.page, visit) for visit in good if visit.url]
        gone = [*((row[0],) for row in rows), *((self._key(page),) for page in others)]

        def put(database: "Connection") -> None:
            database.execute("BEGIN IMMEDIATE")
            database.executemany(_FORGET, gone)
            database.executemany(_KEEP, (row for row in rows if len(row[2]) <= LARGEST_BYTES))
            database.execute(_FORGET_OLD, ((now - OLDEST).timestamp(), now.timestamp()))
            database.execute(_FORGET_MANY, (MOST,))
            database.execute("COMMIT")

        self._use(put)

    def _row(self, page: Url, visit: Visit) -> tuple[bytes, float, bytes, bytes]:
        key, told = self._key(page), written(visit)
        return key, visit.at.timestamp(), told, _seal(key, told)

    def _key(self, page: Url) -> bytes:
        return _seal(self._settings, page.text.encode("utf-8", "surrogatepass"))

    def _use(self, work: Callable[["Connection"], Result]) -> Result | None:
        """What `work` makes of the database; None where that cannot be used."""
        if self._file is None:
            return None
        with suppress(OSError, ImportError):  # no place for it, a Python without SQLite
            _make_own(self._file)
            return _using(self._file, work)
        return None


def _using(file: Path, work: Callable[["Connection"], Result]) -> Result | None:
    import sqlite3  # noqa: PLC0415 - not needed where nothing is remembered

    try:
        with closing(sqlite3.connect(file, LONGEST_WAIT_S, isolation_level=None)) as database:
            database.executescript(_PREPARE)
            return work(database)
    except (sqlite3.Error, UnicodeError) as error:  # its own complaint may not be readable
        name = getattr(error, "sqlite_errorname", "")
        if name.removeprefix("SQLITE_").partition("_")[0] not in _PASSING:
            _start_anew(file)
        return None


def _believed(key: bytes, told: bytes, seal: bytes) -> Visit | None:
    """The visit of a row; None for one that was damaged, or written by another release."""
    try:
        return read_back(told) if _seal(key, told) == seal else None
    except UNREADABLE:
        return None


def _seal(key: bytes, told: bytes) -> bytes:
    return blake2b(told, key=blake2b(key, digest_size=32).digest(), digest_size=16).digest()


def _make_own(file: Path) -> None:
    """See to it that the file is there, and nobody else's to read or to write.

    Raises:
        OSError: It cannot be, or somebody else could have told us what to believe.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
    with closing(os.fdopen(opened)) as stream:
        there = os.fstat(stream.fileno())
    folder = file.parent.stat()
    ours = {there.st_uid, folder.st_uid} == {os.geteuid()}
    open_to_others = there.st_mode & 0o077 or folder.st_mode & 0o022
    if not ours or open_to_others or not stat.S_ISREG(there.st_mode):
        raise PermissionError(f"{file} is not ours alone")


def _start_anew(file: Path) -> None:
    """Take a broken file away, with what SQLite keeps beside it."""
    with suppress(OSError):
        file.unlink(missing_ok=True)
        file.with_name(f"{file.name}-journal").unlink(missing_ok=True)


# What may be otherwise the next time. All else says that the file is broken.
_PASSING = frozenset("BUSY LOCKED FULL IOERR CANTOPEN READONLY NOMEM PERM PROTOCOL".split())

# Nothing waits for the disk: what a power cut leaves half written does not bear its seal, or is no
# database any more, and is thrown away. A program that is killed leaves nothing half written.
_PREPARE = """
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS visit_1 (
    kept INTEGER PRIMARY KEY AUTOINCREMENT,
    page BLOB NOT NULL UNIQUE,
    seen REAL NOT NULL,
    told BLOB NOT NULL,
    seal BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS visit_1_seen ON visit_1 (seen);
"""
# As bytes, whatever a damaged cell claims to hold.
_FIND = "SELECT CAST(told AS BLOB), CAST(seal AS BLOB) FROM visit_1 WHERE page = ?"
_FORGET = "DELETE FROM visit_1 WHERE page = ?"
_KEEP = "INSERT OR REPLACE INTO visit_1 (page, seen, told, seal) VALUES (?, ?, ?, ?)"
_FORGET_OLD = "DELETE FROM visit_1 WHERE seen < ? OR seen > ?"
_FORGET_MANY = "DELETE FROM visit_1 WHERE kept <= (SELECT max(kept) FROM visit_1) - ?"
