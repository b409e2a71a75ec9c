"""What of the outbox is not over, without a look at the many rows that are."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine
from sqlmodel import Session, col, select

from sendguard.adapters.database.engine import reading
from sendguard.adapters.database.outbox.dispatches import DispatchRow
from sendguard.adapters.database.outbox.statement import execute, marks
from sendguard.adapters.database.outbox.working import is_over
from sendguard.send import BEING_CORRECTED, Going, State
from sendguard.watch.status import Mailing, Outgoing

_NOT_SENT = tuple(state for state in State if state is not State.SENT)
_COUNTS = f"""
SELECT state, count(*), min(at) FROM delivery
WHERE dispatch = ? AND state IN {marks(_NOT_SENT)} GROUP BY state"""  # noqa: S608
_LAST_SENT = "SELECT max(at) FROM delivery WHERE dispatch = ? AND state = 'sent'"
_WORKERS = "SELECT name, until FROM worker"
_BEING_SENT = """
SELECT dispatch, count(*) FROM delivery
WHERE owner = ? AND state = 'sending' GROUP BY dispatch"""
_WAITING = """
SELECT count(*) FROM delivery WHERE state IN ('pending', 'sending') AND dispatch IN (
    SELECT id FROM dispatch WHERE going <> 'cancelled')"""


def waiting_messages(engine: Engine) -> int:
    """Messages that are still to be sent."""
    with reading(engine) as session:
        return int(execute(session.connection(), _WAITING).scalar_one())


def outgoing(session: Session, now: datetime) -> Outgoing:
    """All that is not over or was refused, the last one first; nothing is changed."""
    connection = session.connection()
    workers = {name: is_over(name, until, now) for name, until in execute(connection, _WORKERS)}
    left = _left_behind(connection, [name for name, is_gone in workers.items() if is_gone])
    rows = session.exec(select(DispatchRow).order_by(col(DispatchRow.id).desc())).all()
    every = [_mailing(connection, row, left[row.id or 0]) for row in rows]
    return Outgoing(
        mailings=tuple(one for one in every if one.waiting or one.refused or one.in_doubt),
        has_worker=not all(workers.values()),
        last_sent=max((one.last_sent for one in every if one.last_sent), default=None),
    )


def _left_behind(connection: Connection, gone: Iterable[str]) -> Counter[int]:
    """How many messages of each dispatch were on the wire when whoever sent them was lost."""
    left: Counter[int] = Counter()
    for worker in gone:
        for dispatch, count in execute(connection, _BEING_SENT, (worker,)):
            left[dispatch] += count
    return left


def _mailing(connection: Connection, row: DispatchRow, left: int) -> Mailing:
    told = {State(one[0]): one for one in execute(connection, _COUNTS, (row.id, *_NOT_SENT))}
    counts = {state: one[1] for state, one in told.items()}
    is_paused = row.going == Going.PAUSED
    return Mailing(
        campaign=row.campaign,
        queued_at=row.queued_at,
        waiting=counts.get(State.PENDING, 0) + counts.get(State.SENDING, 0) - left,
        sent=row.size - sum(counts.values()),
        refused=counts.get(State.REFUSED, 0),
        in_doubt=counts.get(State.IN_DOUBT, 0) + left,
        due=_instant(told[State.PENDING][2]) if State.PENDING in told else None,
        last_sent=_instant(execute(connection, _LAST_SENT, (row.id,)).scalar()),
        paused=row.why or "" if is_paused else None,
        is_being_corrected=is_paused and row.why == BEING_CORRECTED,
    )


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1_000, UTC)
