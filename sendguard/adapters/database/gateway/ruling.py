"""What becomes of a campaign's kept messages once it is decided, in the same transaction."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from sendguard.adapters.database.gateway.bodies import delete_without_bodies
from sendguard.adapters.database.gateway.stream_row import StreamRow, ruling_columns
from sendguard.adapters.database.notices import overtake, put_end, put_notice
from sendguard.adapters.database.outbox.statement import execute, milliseconds
from sendguard.adapters.database.storable import storable
from sendguard.gateway import Ruling, Standing
from sendguard.gateway.stream import GOES_OUT
from sendguard.watch import Notice, Verdict

_MOST_KNOWN = 20  # of those that were repaired again: a person repairs once or twice
_RELEASE = "UPDATE held SET state = 'due', due = 0 WHERE stream = ? AND state = 'held'"
_KEEP = "UPDATE held SET state = 'held', due = 0 WHERE stream = ? AND state = 'due'"
_KEPT = "SELECT id FROM held WHERE stream = ? AND state IN ('held', 'due')"
_CANCEL = """
UPDATE passage SET state = 'cancelled', owner = NULL, at = ?
WHERE stream = ? AND state = 'pending'"""


def rule(
    session: Session,
    row: StreamRow,
    ruling: Ruling,
    notice: Notice | None = None,
    addresses: Sequence[str] = (),
) -> Sequence[int]:
    """Decide; whoever calls holds the row. The numbers of messages whose bodies are to go."""
    if ruling.by or ruling.standing != row.standing:
        overtake(session, row.fingerprint)
    for name, value in ruling_columns(ruling).items():
        setattr(row, name, value)
    row.changed_at, row.checker, row.checked_until = ruling.at, None, None
    if notice:
        put = put_end if notice.decision is Verdict.PASS else put_notice
        put(session, notice, addresses)
    return _settle_messages(session, row.id or 0, ruling)


def repair(
    session: Session, row: StreamRow, repairs: Sequence[tuple[str, str]], ruling: Ruling
) -> None:
    """Add repairs to those that were before; whoever calls holds the row."""
    before = json.loads(row.repairs)
    merged = _merged(dict(before), dict(repairs))
    if before:
        row.earlier = json.dumps([*json.loads(row.earlier), before][-_MOST_KNOWN:])
    row.repairs, row.repaired_by = json.dumps(list(merged.items())), storable(ruling.by)
    rule(session, row, ruling)


def set_apart(session: Session, row: StreamRow, codes: Collection[str], at: datetime) -> None:
    """Add to what is a reader's own in links; whoever calls holds the row.

    Whoever checks it now does so for nothing, so that it is free for whoever is first.
    """
    before = row.ruling()
    row.personal = json.dumps(sorted(before.personal.union(codes)))
    row.changed_at, row.checker, row.checked_until = at, None, None
    if before.standing is Standing.PASSED and before.by is None:
        shared = before.shared.difference(codes)
        rule(session, row, Ruling(standing=Standing.CHECKING, at=at, shared=shared))


def _settle_messages(session: Session, stream: int, ruling: Ruling) -> Sequence[int]:
    connection = session.connection()
    if ruling.standing is not Standing.DISCARDED:
        execute(connection, _RELEASE if ruling.standing in GOES_OUT else _KEEP, (stream,))
        return ()
    kept = execute(connection, _KEPT, (stream,)).scalars().all()
    delete_without_bodies(connection, kept)
    execute(connection, _CANCEL, (milliseconds(ruling.at), stream))
    return kept


def _merged(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What was put right before, and is wrong again, leads to where it is right now."""
    followed = {wrong: now.get(right, right) for wrong, right in before.items()}
    return {wrong: right for wrong, right in {**followed, **now}.items() if wrong != right}
