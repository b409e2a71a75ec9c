"""The campaigns, as the rest of the program asks for them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from sendguard.adapters.database.engine import reading, spend, writing
from sendguard.adapters.database.gateway.again import again
from sendguard.adapters.database.gateway.bodies import delete_bodies
from sendguard.adapters.database.gateway.ruling import repair, rule, set_apart
from sendguard.adapters.database.gateway.stream_row import (
    SampleRow,
    StreamRow,
    hold_stream,
    stream_values,
)
from sendguard.adapters.database.once import insert_once
from sendguard.adapters.database.outbox.working import is_at_work_here, note_at_work
from sendguard.adapters.process import is_gone
from sendguard.gateway import Mail, Ruling, Standing, Stream
from sendguard.watch import Notice

MOST_OF_A_KEY = 100
FEWEST_DIGITS = 6
"""Of a fingerprint that is not written out."""
LONGEST_LEASE = timedelta(hours=1)
"""Nobody takes a check for longer: one that is taken for longer was dated by a wrong clock."""


class SqlStreams:
    """A `ports.gateway.Streams` in SQLite or PostgreSQL; what it raises is `BadStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_key(self, key: str) -> tuple[Stream, ...]:
        """Those with this key, the one that came last first, 100 at most."""
        with reading(self._engine) as session:
            return _of_key(session, key)

    def begin(self, stream: Stream, sample: Mail, known: int) -> bool:
        """Write a new one down, with its first message; False where there are others by now."""
        first = SampleRow.of(0, sample)  # which takes its time, and nobody waits for it yet
        with writing(self._engine) as session:
            # First the number: who comes in between has it, and this one is not written.
            row = StreamRow.of(stream, _next_number(session, stream))
            is_news = len(_of_key(session, stream.first.key)) != known
            if is_news or not insert_once(session, row):
                return False
            same = col(StreamRow.fingerprint) == stream.fingerprint
            first.stream = session.exec(select(StreamRow.id).where(same)).one() or 0
            session.add(first)
            spend(session.connection(), len(first.data))
            return True

    def find(self, fingerprint: str) -> Stream | None:
        """The one of that name, or of a name that begins so if it is the only one."""
        name = fingerprint.lower()
        if len(name) < FEWEST_DIGITS:
            return None
        begins_so = func.substr(col(StreamRow.fingerprint), 1, len(name)) == name
        with reading(self._engine) as session:
            found = stream_values(session, select(StreamRow).where(begins_so).limit(2))
        return found[0] if len(found) == 1 else None

    def sample(self, fingerprint: str) -> Mail | None:
        """The first message of one; None where there is none."""
        same = (col(SampleRow.stream) == StreamRow.id, col(StreamRow.fingerprint) == fingerprint)
        with reading(self._engine) as session:
            row = session.exec(select(SampleRow).where(*same)).first()
            if row is None:
                return None
            spend(session.connection(), len(row.data))
            return row.value()

    def latest(self, most: int) -> tuple[Stream, ...]:
        """So many at most, the one that came last first."""
        newest = select(StreamRow).order_by(col(StreamRow.id).desc()).limit(most)
        with reading(self._engine) as session:
            return stream_values(session, newest)

    def take_check(self, fingerprint: str, holder: str, now: datetime, until: datetime) -> bool:
        """Begin to check one, or go on with it; False where another process is at it."""
        note_at_work(holder)
        with writing(self._engine) as session:
            row = hold_stream(session, fingerprint)
            if row is None or (row.checker != holder and _is_checked(row, now)):
                return False
            row.checker, row.checked_until = holder, until
            return True

    def unchecked(self, now: datetime) -> tuple[Stream, ...]:
        """Those that are `CHECKING`, and that nobody checks now."""
        checking = col(StreamRow.standing) == Standing.CHECKING
        with reading(self._engine) as session:
            rows = session.exec(select(StreamRow).where(checking).order_by(col(StreamRow.id)))
            free = (row.value() for row in rows if not _is_checked(row, now))
            return tuple(stream for stream in free if stream)

    def rule(  # noqa: PLR0913 - the port's
        self,
        fingerprint: str,
        ruling: Ruling,
        expected: Collection[Standing],
        notice: Notice | None = None,
        addresses: Sequence[str] = (),
        *,
        repairs: Sequence[tuple[str, str]] | None = None,
    ) -> bool:
        """Decide, and with it what becomes of held messages; False where it stands otherwise."""

        def decide() -> Sequence[int] | None:
            with writing(self._engine) as session:
                row = hold_stream(session, fingerprint)
                if row is None or not _may_follow(row, ruling, expected, repairs):
                    return None
                return rule(session, row, ruling, notice, addresses)

        gone = again(decide)
        delete_bodies(self._engine, gone or ())
        return gone is not None

    def repair(self, fingerprint: str, repairs: Sequence[tuple[str, str]], ruling: Ruling) -> bool:
        """Put addresses right in every copy from now on; it is undecided until it was checked."""
        with writing(self._engine) as session:
            row = hold_stream(session, fingerprint)
            if row is None:
                return False
            repair(session, row, repairs, ruling)
            return True

    def set_apart(self, fingerprint: str, codes: Collection[str], at: datetime) -> Stream | None:
        """Codes in its links are a reader's own; the campaign as it stands then."""
        with writing(self._engine) as session:
            row = hold_stream(session, fingerprint)
            if row is None:
                return None
            if not row.ruling().personal.issuperset(codes):
                set_apart(session, row, codes, at)
            return row.value()

    def changed(self, since: datetime) -> tuple[Stream, ...]:
        """Those that were decided, repaired or begun at that time or after it."""
        later = select(StreamRow).where(col(StreamRow.changed_at) >= since)
        with reading(self._engine) as session:
            return stream_values(session, later.order_by(col(StreamRow.changed_at)))


def _may_follow(
    row: StreamRow,
    ruling: Ruling,
    expected: Collection[Standing],
    repairs: Sequence[tuple[str, str]] | None,
) -> bool:
    if row.standing not in expected:
        return False
    if ruling.by is None and row.by and row.standing == Standing.BLOCKED:
        return False  # a person stopped it while it was being checked
    is_by_check = ruling.by is None and ruling.standing is not Standing.CHECKING
    if is_by_check and not row.ruling().personal <= ruling.personal:
        return False  # it opened what is a reader's own, as is known by now
    return repairs is None or not row.has_other_repairs(repairs)


def _of_key(session: Session, key: str) -> tuple[Stream, ...]:
    same = select(StreamRow).where(col(StreamRow.key) == key)
    newest = same.order_by(col(StreamRow.nth).desc()).limit(MOST_OF_A_KEY)
    return stream_values(session, newest)


def _next_number(session: Session, stream: Stream) -> int:
    """Where two ask at once, both get the same one, which only one of them can have."""
    same = col(StreamRow.key) == stream.first.key
    return (session.exec(select(func.max(StreamRow.nth)).where(same)).first() or 0) + 1


def _is_checked(row: StreamRow, now: datetime) -> bool:
    if row.checker is None or row.checked_until is None:
        return False
    if not is_at_work_here(row.checker) and is_gone(row.checker):
        return False
    return now < row.checked_until <= now + LONGEST_LEASE
