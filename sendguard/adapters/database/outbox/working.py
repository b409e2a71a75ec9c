"""What a worker does, many times a second: lease, begin, settle; and what is done for the dead.

Locks are taken in one order, so that nobody waits in a circle: worker, dispatch, deliveries.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine

from sendguard.adapters.database.engine import changing
from sendguard.adapters.database.outbox.statement import (
    Values,
    batches,
    execute,
    marks,
    milliseconds,
)
from sendguard.adapters.database.storable import LONGEST, storable
from sendguard.adapters.process import has_own_number, is_gone
from sendguard.send import MAY_FOLLOW, Delivery, Dispatch, Going, Reader, Settled, State

LEASE = timedelta(minutes=5)
"""So long a worker is believed to live that was not heard of; each of its doings renews it."""

LONGEST_PAUSE = timedelta(days=1)
"""No delivery is put off for longer: one that is due later was dated by a clock that was wrong."""

_ENDED = "the program that was sending it ended before the answer was written down"

_RENEW = """
INSERT INTO worker (name, until) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET until = excluded.until
WHERE worker.until NOT BETWEEN excluded.until - 60000 AND excluded.until"""
_DISPATCHES = """
SELECT dispatch.id, dispatch.going, dispatch.edition, edition.digest
FROM dispatch JOIN edition ON edition.id = dispatch.edition
WHERE dispatch.id IN (SELECT dispatch FROM delivery WHERE id IN {ids}) FOR SHARE OF dispatch"""
_DIGEST = """
SELECT edition.digest FROM dispatch JOIN edition ON edition.id = dispatch.edition
WHERE dispatch.id = ? AND dispatch.going = 'open'"""
_LEASE = """
UPDATE delivery SET owner = ? WHERE id IN (
    SELECT id FROM delivery
    WHERE dispatch = ? AND state = 'pending' AND at <= ? AND owner IS NULL
    ORDER BY at, id LIMIT ? FOR UPDATE SKIP LOCKED)
RETURNING id, at, key, address, fields, tries, dated, answers"""
_SUPPRESS = """
UPDATE delivery NOT INDEXED SET state = 'suppressed', owner = NULL, at = ?
WHERE owner = ? AND state = 'pending' AND id IN {ids}
AND key IN (SELECT key FROM suppression) RETURNING id"""
_BEGIN = """
UPDATE delivery NOT INDEXED
SET state = 'sending', tries = tries + 1, edition = ?, dated = coalesce(dated, ?), at = ?
WHERE owner = ? AND state = 'pending' AND dispatch = ? AND id IN {ids}
AND key NOT IN (SELECT key FROM suppression) RETURNING id, dated"""
# In one statement: each by itself costs twice as much.
_SETTLE = """
WITH became (number, state, says, at, untried) AS (VALUES {rows})
UPDATE delivery NOT INDEXED SET state = became.state, says = became.says, at = became.at,
tries = delivery.tries - became.untried, owner = NULL
FROM became WHERE delivery.id = became.number
AND delivery.owner = ? AND delivery.state IN ('sending', 'in-doubt')"""
_SETTLED_AT_ONCE = 100
_CANCEL = """
UPDATE delivery NOT INDEXED SET state = 'cancelled', at = ?
WHERE dispatch = ? AND state = 'pending' AND id IN {ids}"""
_GIVE_BACK = "UPDATE delivery SET owner = NULL WHERE owner = ? AND state = 'pending'"
_WORKERS = "SELECT name, until FROM worker ORDER BY name FOR UPDATE SKIP LOCKED"
_DOUBT = """
UPDATE delivery SET state = 'in-doubt', at = ?, says = ?
WHERE owner = ? AND state = 'sending'"""
_FORGET = "DELETE FROM worker WHERE name = ?"
_BRING_FORWARD = """
UPDATE delivery SET at = 0 WHERE state = 'pending' AND at > ? AND dispatch IN (
    SELECT id FROM dispatch WHERE going = 'open')"""

_read_json = json.JSONDecoder().raw_decode  # without a look for blanks around it

# A name with this process's number is that of a dead one, unless it is at work in this one.
_AT_WORK_HERE: set[str] = set()


def lease(
    engine: Engine, dispatch: Dispatch, worker: str, now: datetime, most: int
) -> tuple[Delivery, ...]:
    """Take pending deliveries that are due; none where nothing is due, or it is not open."""
    note_at_work(worker)
    with changing(engine) as connection:
        _renew(connection, worker, now)
        digest = execute(connection, _DIGEST, (dispatch.id,)).scalar()
        wanted = (worker, dispatch.id, milliseconds(now), most)
        while digest and (rows := execute(connection, _LEASE, wanted).all()):
            left_out = _suppress(connection, worker, [row[0] for row in rows], now)
            if len(left_out) < len(rows):
                rows = sorted(rows, key=_due)
                return tuple(_delivery(row, digest) for row in rows if row[0] not in left_out)
    return ()


def begin(
    engine: Engine, worker: str, deliveries: Sequence[Delivery], now: datetime
) -> tuple[Delivery, ...]:
    """Mark leased deliveries `SENDING`; those that are still the worker's, as they are now."""
    return turn(engine, worker, (), deliveries, now)


def settle(engine: Engine, worker: str, settled: Sequence[Settled], now: datetime) -> None:
    """Write down what became of what this worker began."""
    turn(engine, worker, settled, (), now)


def turn(
    engine: Engine,
    worker: str,
    settled: Sequence[Settled],
    deliveries: Sequence[Delivery],
    now: datetime,
) -> tuple[Delivery, ...]:
    """Write down what became of some, and mark others `SENDING`, in one; the latter."""
    if not (settled or deliveries):
        return ()
    again = [one.id for one in settled if one.state is State.PENDING]
    with changing(engine) as connection:
        _renew(connection, worker, now)
        held = _hold_dispatches(connection, [*again, *(one.id for one in deliveries)])
        _settle(connection, worker, settled, now)
        _give_up(connection, again, held, now)
        return _begin(connection, worker, deliveries, held, now)


def _settle(connection: Connection, worker: str, settled: Sequence[Settled], now: datetime) -> None:
    for some in batches(settled, _SETTLED_AT_ONCE):
        rows = ",".join(["(?,?,?,?,?)"] * len(some))
        values = (value for one in some for value in _became(one, now))
        execute(connection, _SETTLE.format(rows=rows), (*values, worker))


def _give_up(
    connection: Connection, again: Sequence[int], held: Sequence[Any], now: datetime
) -> None:
    """Of a dispatch that was cancelled meanwhile nothing is tried again."""
    for dispatch, going, *_ in held:
        if again and going == Going.CANCELLED:
            values = (milliseconds(now), dispatch, *again)
            execute(connection, _CANCEL.format(ids=marks(again)), values)


def _begin(
    connection: Connection,
    worker: str,
    deliveries: Sequence[Delivery],
    held: Sequence[Any],
    now: datetime,
) -> tuple[Delivery, ...]:
    ids, at = [delivery.id for delivery in deliveries], milliseconds(now)
    begun: dict[int, tuple[str, int]] = {}
    for dispatch, going, edition, digest in held:
        if ids and going == Going.OPEN:
            values = (edition, at // 1_000, at, worker, dispatch, *ids)
            rows = execute(connection, _BEGIN.format(ids=marks(ids)), values).all()
            begun.update({row[0]: (digest, row[1]) for row in rows})
    if len(begun) < len(ids):
        _suppress(connection, worker, ids, now)
    return tuple(_begun(one, *begun[one.id]) for one in deliveries if one.id in begun)


def give_back(engine: Engine, worker: str) -> None:
    """Let go of what was leased and not begun."""
    with changing(engine) as connection:
        execute(connection, _GIVE_BACK, (worker,))


def recover(engine: Engine, now: datetime) -> int:
    """Free what workers held that are gone, or whose lease is over; how many are in doubt now."""
    at, doubts = milliseconds(now), 0
    with changing(engine) as connection:
        for name, until in _held_workers(connection):
            if is_over(name, until, now):
                execute(connection, _GIVE_BACK, (name,))
                doubts += execute(connection, _DOUBT, (at, _ENDED, name)).rowcount
                execute(connection, _FORGET, (name,))
        execute(connection, _BRING_FORWARD, (milliseconds(now + LONGEST_PAUSE),))
    return doubts


def note_at_work(worker: str) -> None:
    """It is called after this process, and is no dead one that had the same number."""
    if worker not in _AT_WORK_HERE and has_own_number(worker):
        _AT_WORK_HERE.add(worker)


def is_at_work_here(worker: str) -> bool:
    """Is it this very process?"""
    return worker in _AT_WORK_HERE


def is_over(worker: str, until: int, now: datetime) -> bool:
    """Is it certain that it ended, or was it not heard of? Nobody leases for so long ahead."""
    if worker not in _AT_WORK_HERE and is_gone(worker):
        return True
    return not milliseconds(now) < until <= milliseconds(now + 2 * LEASE)


def _held_workers(connection: Connection) -> Sequence[Any]:
    """Name and lease of each worker that is not just at it; they stay as they are."""
    return execute(connection, _WORKERS).all()


def _renew(connection: Connection, worker: str, now: datetime) -> None:
    execute(connection, _RENEW, (worker, milliseconds(now + LEASE)))


def _hold_dispatches(connection: Connection, ids: Sequence[int]) -> Sequence[Any]:
    """Number, going, edition and its digest of each dispatch of these; they stay as they are."""
    if not ids:
        return ()
    return execute(connection, _DISPATCHES.format(ids=marks(ids)), tuple(ids)).all()


def _suppress(
    connection: Connection, worker: str, ids: Sequence[int], now: datetime
) -> frozenset[int]:
    values = (milliseconds(now), worker, *ids)
    rows = execute(connection, _SUPPRESS.format(ids=marks(ids)), values)
    return frozenset(rows.scalars())


def _due(row: Any) -> tuple[int, int]:  # noqa: ANN401 - a row of any driver
    return row[1], row[0]


def _delivery(row: Any, edition: str) -> Delivery:  # noqa: ANN401 - a row of any driver
    id_, _, key, address, fields, tries, dated, answers = row
    told = tuple(_read_json(fields)[0]) if fields else ()
    return Delivery(
        id=id_,
        reader=Reader(key=key, address=address, fields=told),
        edition=edition,
        tries=tries,
        dated=_instant(dated),
        answers=answers,
    )


def _begun(delivery: Delivery, edition: str, dated: int) -> Delivery:
    return Delivery(
        id=delivery.id,
        reader=delivery.reader,
        edition=edition,
        tries=delivery.tries,
        dated=_instant(dated),
        answers=delivery.answers,
    )


def _became(settled: Settled, now: datetime) -> Values:
    if settled.state not in MAY_FOLLOW[State.SENDING]:
        raise ValueError(f"what was begun cannot be {settled.state}")
    due = milliseconds(settled.due) if settled.due else 0
    at = due if settled.state is State.PENDING else milliseconds(now)
    untried = 0 if settled.counts else 1
    return settled.id, settled.state, _storable(settled.says), at, untried


def _storable(says: str) -> str:
    is_plain = says.isascii() and says.isprintable() and len(says) < LONGEST
    return says if is_plain else storable(says)  # which looks at each letter


@lru_cache(64)
def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
