"""The lock of the watch: of all processes that share a store, one looks at what is due.

PostgreSQL lets go of a lock by itself when its session ends. SQLite has no sessions, so there the
one that holds it counts up a number in a row, and is taken for dead once it has not done so for
`LEASE_S`. Everybody measures that by a clock of his own that nobody sets; two computers, or one
whose clock was set, need not agree on the time.
"""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Field, Session, SQLModel, col, delete, update

from sendguard.adapters.database.engine import (
    file_of,
    in_plain_words,
    reading,
    server_arguments,
    shown,
    writing,
)
from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.once import changed, insert_once
from sendguard.adapters.database.schema import make_ready
from sendguard.adapters.process import is_gone
from sendguard.errors import BadStore
from sendguard.ports import Clock
from sendguard.ports.watching import Watcher, WatchLock

LEASE_S = 30.0
"""Whoever holds the row has to come back within this time."""

_KEY = 1397048904  # any number that is not somebody else's in a database that is shared
_TAKE = text("SELECT pg_try_advisory_lock(:key)")
_HAVE = text(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted "
    "AND pid = pg_backend_pid() AND classid = 0 AND objid = :key AND objsubid = 1)"
)
# So that the server, too, soon notices that the other computer is no more.
_NOTICE = "; ".join(
    f"SET tcp_keepalives_{name} = {number}"
    for name, number in (("idle", 10), ("interval", 5), ("count", 3))
)


class WatcherRow(SQLModel, table=True):
    """Who watches: one row at most. A table class checks nothing it is given."""

    __tablename__ = "watcher"

    id: int = Field(default=1, primary_key=True)
    holder: str
    since: datetime = Field(sa_type=Instant)
    seen: datetime = Field(sa_type=Instant)
    beat: int

    def value(self) -> Watcher:
        """Who it is."""
        return Watcher(holder=self.holder, since=self.since, seen=self.seen)


def open_lock(engine: Engine, holder: str, clock: Clock) -> WatchLock:
    """The lock as that database can have one; see `SqlStore.lock`."""
    if engine.url.get_backend_name() == "postgresql":
        return ServerLock(engine, holder, clock)
    return RowLock(engine, holder, clock)


class RowLock:
    """A `ports.WatchLock` in a row: taken and kept by one statement each."""

    def __init__(self, engine: Engine, holder: str, clock: Clock) -> None:
        self._engine = engine
        self._holder = holder
        self._clock = clock
        self._other = ("", 0)
        self._other_since_s = 0.0
        self._file = _identity(engine)

    def hold(self) -> bool:
        """Take the lock or keep it; False where another process has it."""
        self._see_that_it_is_the_same()
        now = self._clock.now()
        with writing(self._engine) as session:
            row = session.get(WatcherRow, 1)
            if row is None:
                return insert_once(session, _new_row(self._holder, now))
            if row.holder == self._holder:
                return _replace(session, row, {"seen": now})
            if self._is_alive(row):
                return False
            return _replace(session, row, {"holder": self._holder, "since": now, "seen": now})

    def watcher(self) -> Watcher | None:
        """Who has it, or had it last; None for nobody."""
        return find_watcher(self._engine)

    def let_go(self) -> None:
        """Give it back, if it is ours."""
        _remove(self._engine, self._holder)

    def _see_that_it_is_the_same(self) -> None:
        """What is written into a file that was taken away is lost, and nothing says so.

        Raises:
            BadStore: It is another file now; the next time that is the one.
        """
        if _identity(self._engine) == self._file:
            return
        self._engine.dispose()
        make_ready(self._engine)
        self._file = _identity(self._engine)
        raise BadStore(
            f"the store {shown(self._engine)} was taken away or replaced while it was in use: "
            "what was in it is not known any more, and the one in its place is gone on with"
        )

    def _is_alive(self, row: WatcherRow) -> bool:
        """Has it come back lately, as far as this process has seen?"""
        if is_gone(row.holder):
            return False
        now_s, seen = self._clock.elapsed_s(), (row.holder, row.beat)
        if seen != self._other:
            self._other, self._other_since_s = seen, now_s
        return now_s - self._other_since_s < LEASE_S


class ServerLock:
    """A `ports.WatchLock` of PostgreSQL's own, on a connection that is for nothing else."""

    def __init__(self, engine: Engine, holder: str, clock: Clock) -> None:
        self._engine = engine
        self._holder = holder
        self._clock = clock
        # Without a pool: a connection that was closed must not live on with the lock.
        self._own = create_engine(
            engine.url,
            connect_args=server_arguments(engine.url),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
        )
        self._connection: Connection | None = None

    def hold(self) -> bool:
        """Take the lock or keep it; False where another process has it."""
        try:
            with in_plain_words(self._engine):
                has = self._has()
        except BadStore:
            self._close()
            raise
        if has:
            self._sign()
        return has

    def watcher(self) -> Watcher | None:
        """Who has it, or had it last; None for nobody."""
        return find_watcher(self._engine)

    def let_go(self) -> None:
        """Give it back, if it is ours."""
        had = self._connection is not None
        self._close()
        if had:
            _remove(self._engine, self._holder)

    def _has(self) -> bool:
        if self._connection is None:
            self._connection = self._own.connect()
            self._connection.exec_driver_sql(_NOTICE)
        key = {"key": _KEY}
        return any(self._connection.scalar(ask, key) for ask in (_HAVE, _TAKE))

    def _sign(self) -> None:
        """Leave word of who it is, for whoever asks."""
        now = self._clock.now()
        with writing(self._engine) as session:
            row = session.get(WatcherRow, 1)
            if row is None:
                session.add(_new_row(self._holder, now))
            elif row.holder == self._holder:
                row.seen = now
            else:
                row.holder, row.since, row.seen = self._holder, now, now

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.close()
            self._connection = None


def _identity(engine: Engine) -> tuple[int, int] | None:
    """What tells a store's file from another one of its name; None without a file."""
    file = file_of(engine)
    with suppress(OSError):
        stat = file.stat() if file else None
        return (stat.st_dev, stat.st_ino) if stat else None
    return None


def _new_row(holder: str, now: datetime) -> WatcherRow:
    return WatcherRow(holder=holder, since=now, seen=now, beat=0)


def _replace(session: Session, was: WatcherRow, values: dict[str, object]) -> bool:
    """Change the row, if nobody else did meanwhile."""
    same = (col(WatcherRow.holder) == was.holder, col(WatcherRow.beat) == was.beat)
    mark = update(WatcherRow).where(*same).values(beat=was.beat + 1, **values)
    return changed(session.execute(mark)) == 1


def _remove(engine: Engine, holder: str) -> None:
    with writing(engine) as session:
        session.execute(delete(WatcherRow).where(col(WatcherRow.holder) == holder))


def find_watcher(engine: Engine) -> Watcher | None:
    """Who has the lock, or had it last; None for nobody."""
    with reading(engine) as session:
        row = session.get(WatcherRow, 1)
        return row.value() if row else None
