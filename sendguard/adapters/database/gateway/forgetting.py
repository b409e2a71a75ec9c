"""How campaigns that are long over go, with their first messages and who got them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, exists, func, select

from sendguard.adapters.database.engine import reading, writing
from sendguard.adapters.database.gateway.bodies import delete_left_over
from sendguard.adapters.database.gateway.stream_row import SampleRow, StreamRow
from sendguard.adapters.database.gateway.tables import HeldRow, PassageRow
from sendguard.adapters.database.once import changed
from sendguard.adapters.database.outbox.statement import batches, milliseconds

_STREAMS_AT_ONCE = 10
"""Each with a first message of up to so many megabytes, whose every page SQLite looks at."""
_AT_ONCE = 20_000
"""Passages in one transaction: nobody who writes is to wait for a million."""


def forget_streams(engine: Engine, before: datetime) -> None:
    """Forget those that nothing was heard of since, and of which no message is kept."""
    with reading(engine) as session:
        idle = _idle(session, before)
    _forget_all(engine, idle, before)
    delete_left_over(engine)
    for stream in _forgotten(engine):
        while _forget_passages(engine, stream):
            pass


def forget_beyond(engine: Engine, most_bytes: int, before: datetime) -> None:
    """The same with those whose first messages are beyond so much, the newest counted first."""
    size = func.length(SampleRow.data)
    same = col(SampleRow.stream) == StreamRow.id
    newest = col(StreamRow.changed_at).desc(), col(StreamRow.id).desc()
    with reading(engine) as session:
        if (session.exec(select(func.sum(size))).one() or 0) <= most_bytes:
            return
        sizes = session.exec(select(StreamRow.id, size).where(same).order_by(*newest))
        ids = frozenset(_beyond(sizes, most_bytes))
        idle = [id_ for id_ in _idle(session, before) if id_ in ids]
    _forget_all(engine, idle, before)


def _beyond(sizes: Iterable[tuple[int | None, int]], most: int) -> Iterator[int | None]:
    for id_, size in sizes:
        most -= size
        if most < 0:
            yield id_


def _idle(session: Session, before: datetime) -> Sequence[int | None]:
    since = col(PassageRow.at) >= milliseconds(before)
    passed = exists().where(col(PassageRow.stream) == StreamRow.id, since)
    old = col(StreamRow.changed_at) < before
    return session.exec(select(StreamRow.id).where(old, ~passed)).all()


def _forget_all(engine: Engine, ids: Sequence[int | None], before: datetime) -> None:
    for some in batches(ids, _STREAMS_AT_ONCE):
        with writing(engine) as session:
            _forget(session, some, before)


def _forget(session: Session, ids: Sequence[int | None], before: datetime) -> None:
    """Whoever writes of one meanwhile holds it, so these are held before it is looked again."""
    still = select(StreamRow.id).where(
        col(StreamRow.id).in_(ids), col(StreamRow.changed_at) < before
    )
    held = session.exec(still.with_for_update()).all()
    kept = session.exec(select(HeldRow.stream).where(col(HeldRow.stream).in_(held))).all()
    since = col(PassageRow.at) >= milliseconds(before)
    passed = select(PassageRow.stream).where(col(PassageRow.stream).in_(held), since).distinct()
    alive = {*kept, *session.exec(passed)}
    gone = [id_ for id_ in held if id_ not in alive]
    session.execute(delete(SampleRow).where(col(SampleRow.stream).in_(gone)))
    session.execute(delete(StreamRow).where(col(StreamRow.id).in_(gone)))


def _forgotten(engine: Engine) -> Iterator[int]:
    """Numbers of campaigns that only passages tell of; each is found by one look at the index."""
    last: int | None = 0
    while last is not None:
        following = select(func.min(PassageRow.stream)).where(col(PassageRow.stream) > last)
        with reading(engine) as session:
            last = session.exec(following).first()
            stream = session.get(StreamRow, last) if last else None
        if last and stream is None:
            yield last


def _forget_passages(engine: Engine, stream: int) -> int:
    some = select(PassageRow.id).where(col(PassageRow.stream) == stream).limit(_AT_ONCE)
    with writing(engine) as session:
        return changed(session.execute(delete(PassageRow).where(col(PassageRow.id).in_(some))))
