"""What people are shown of the outbox: how each dispatch stands, and each delivery."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from sendguard.adapters.database.engine import reading
from sendguard.adapters.database.outbox.dispatches import dispatches, get_dispatch, sizes
from sendguard.adapters.database.outbox.statement import execute, marks, milliseconds
from sendguard.ports.sending import Progress, Result
from sendguard.send import Dispatch, Reader, State

_COUNTED = 10
_FEWEST = 3
_DUE = """
SELECT id FROM dispatch WHERE going = 'open' AND EXISTS (
    SELECT 1 FROM delivery
    WHERE delivery.dispatch = dispatch.id AND state = 'pending' AND at <= ? AND owner IS NULL)"""
_COUNTS = "SELECT state, count(*), min(at), max(at) FROM delivery WHERE dispatch = ? GROUP BY state"
_RESULTS = (
    "SELECT id, key, address, fields, state, tries, says, at FROM delivery WHERE dispatch = ?"
)


def progress(engine: Engine, campaign: str | None) -> tuple[Progress, ...]:
    """How one dispatch stands, or all of them, the last one first."""
    with reading(engine) as session:
        if campaign is None:
            found: Sequence[Dispatch | None] = dispatches(session)
        else:
            found = (get_dispatch(session, campaign),)
        return tuple(_progress(session, dispatch) for dispatch in found if dispatch)


def due(engine: Engine, now: datetime) -> tuple[Dispatch, ...]:
    """Open dispatches of which something may be leased now: corrections first, then by age."""
    with reading(engine) as session:
        ids = set(execute(session.connection(), _DUE, (milliseconds(now),)).scalars())
        found = [one for one in dispatches(session) if one.id in ids] if ids else []
    return tuple(sorted(found, key=lambda one: (one.corrects is None, one.id)))


def results(engine: Engine, dispatch: Dispatch, states: Collection[State]) -> Iterator[Result]:
    """What became of each delivery, as it was at one moment, in order."""
    wanted = tuple(states or State)
    sql = f"{_RESULTS} AND state IN {marks(wanted)} ORDER BY id"
    with reading(engine) as session:
        connection = session.connection().execution_options(stream_results=True)
        for row in execute(connection, sql, (dispatch.id, *wanted)):
            yield _result(row)


def usual_size(engine: Engine, series: str, before: datetime) -> int | None:
    """The median size of a series' last ten campaigns; None where there are fewer than 3."""
    with reading(engine) as session:
        known = sizes(session, series, before, _COUNTED)
    return int(median(known)) if len(known) >= _FEWEST else None


def _progress(session: Session, dispatch: Dispatch) -> Progress:
    rows = execute(session.connection(), _COUNTS, (dispatch.id,))
    told: Mapping[State, Any] = {State(row[0]): row for row in rows}
    return Progress(
        dispatch=dispatch,
        counts={state: row[1] for state, row in told.items()},
        first_sent=_instant(told[State.SENT][2]) if State.SENT in told else None,
        last_sent=_instant(told[State.SENT][3]) if State.SENT in told else None,
        next_due=_instant(told[State.PENDING][2]) if State.PENDING in told else None,
    )


def _result(row: Any) -> Result:  # noqa: ANN401 - a row of any driver
    id_, key, address, fields, state, tries, says, at = row
    waits = state == State.PENDING
    return Result(
        id=id_,
        reader=Reader(key=key, address=address, fields=tuple(json.loads(fields or "[]"))),
        state=State(state),
        tries=tries,
        says=says,
        at=None if waits else _instant(at),
    )


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1_000, UTC)
