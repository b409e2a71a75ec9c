"""What of the gateway waits for a person, without a look at the many rows that do not."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from sendguard.adapters.database.gateway.keepers import at_work
from sendguard.adapters.database.gateway.stream_row import StreamRow
from sendguard.adapters.database.outbox.statement import execute, marks
from sendguard.gateway import HeldState, Standing, Stream
from sendguard.send import State
from sendguard.values import Decision
from sendguard.watch.status import AtGate, Stopped

MOST, MOST_NAMED = 100, 30
_DECISIONS = {Standing.BLOCKED: Decision.BLOCK, Standing.UNVERIFIED: Decision.UNVERIFIED}
_DOUBTFUL = "SELECT DISTINCT stream FROM passage WHERE state = 'in-doubt' LIMIT ?"
_IN_VAIN = "SELECT count(*) FROM held WHERE state = 'due' AND tries > 0"
_PASSED = "SELECT stream, state, count(*) FROM passage WHERE stream IN "
_HELD = "SELECT stream, state, count(*) FROM held WHERE stream IN "
_BY_STATE = " GROUP BY stream, state"

Counts = Mapping[int, Mapping[str, int]]


def at_gate(session: Session, now: datetime) -> AtGate:
    """The campaigns that are stopped or in doubt, and how many messages do not go on."""
    connection = session.connection()
    doubtful = list(execute(connection, _DOUBTFUL, (MOST,)).scalars())
    is_wanted = col(StreamRow.standing).in_(list(_DECISIONS)) | col(StreamRow.id).in_(doubtful)
    newest = select(StreamRow).where(is_wanted).order_by(col(StreamRow.id).desc()).limit(MOST)
    rows = session.exec(newest).all()
    numbers = tuple(row.id or 0 for row in rows)
    passed, held = _counts(connection, _PASSED, numbers), _counts(connection, _HELD, numbers)
    told = (_stopped(row, passed[row.id or 0], held[row.id or 0]) for row in rows)
    is_at_work, trouble = at_work(connection, now)
    return AtGate(
        is_at_work=is_at_work,
        trouble=trouble,
        stopped=tuple(one for one in told if one and _waits(one)),
        tried_in_vain=int(execute(connection, _IN_VAIN).scalar_one()),
        subjects=_subjects(session),
    )


def _subjects(session: Session) -> Mapping[str, str]:
    newest = select(StreamRow).order_by(col(StreamRow.id).desc()).limit(MOST_NAMED)
    streams = filter(None, (row.value() for row in session.exec(newest)))
    return {stream.fingerprint: stream.first.subject for stream in streams}


def _waits(stopped: Stopped) -> bool:
    """Whether there is more to be said of it than that a person stopped it, who knows that."""
    return stopped.decision is not Decision.PASS or stopped.in_doubt > 0


def _decision(stream: Stream) -> Decision:
    return _DECISIONS.get(stream.standing, Decision.PASS)


def _counts(connection: Connection, sql: str, numbers: tuple[int, ...]) -> Counts:
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    if numbers:
        for stream, state, count in execute(connection, sql + marks(numbers) + _BY_STATE, numbers):
            counts[stream][state] = count
    return counts


def _stopped(row: StreamRow, passed: Mapping[str, int], held: Mapping[str, int]) -> Stopped | None:
    stream = row.value()
    if stream is None:
        return None
    kept = sum(count for state, count in held.items() if state != HeldState.IN_DOUBT)
    is_settled = stream.ruling.by is not None and not kept
    return Stopped(
        fingerprint=stream.fingerprint,
        subject=stream.first.subject,
        since=stream.since,
        decision=Decision.PASS if is_settled else _decision(stream),
        says=stream.ruling.says,
        kept=kept,
        sent=passed.get(State.SENT, 0),
        in_doubt=passed.get(State.IN_DOUBT, 0),
    )
