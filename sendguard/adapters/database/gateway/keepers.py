"""The processes that have messages on the wire, and what is done for those that died."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from sendguard.adapters.database.engine import changing
from sendguard.adapters.database.gateway.envelope import keys_of, mail_of
from sendguard.adapters.database.gateway.passages import Move, move_passages
from sendguard.adapters.database.outbox.statement import execute, milliseconds
from sendguard.adapters.database.outbox.working import (
    LEASE,
    LONGEST_PAUSE,
    is_at_work_here,
    is_over,
    note_at_work,
)
from sendguard.adapters.database.storable import storable
from sendguard.send import State

_ENDED = "the program that was sending it ended before the answer was written down"

_RENEW = """
INSERT INTO keeper (name, until) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET until = excluded.until
WHERE keeper.until NOT BETWEEN excluded.until - 60000 AND excluded.until"""
_KEEP_ALIVE = """
INSERT INTO keeper (name, until, trouble) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET until = excluded.until, trouble = excluded.trouble"""
_OWNERS = """
SELECT owner FROM held WHERE owner IS NOT NULL AND state = 'sending'
UNION SELECT owner FROM passage WHERE owner IS NOT NULL AND state = 'sending'"""
_KEEPERS = "SELECT name, until FROM keeper ORDER BY name"
_TROUBLES = "SELECT name, until, trouble FROM keeper ORDER BY name"
_DOUBT = """
UPDATE held SET state = 'in-doubt', says = ? WHERE owner = ? AND state = 'sending'
RETURNING stream, envelope"""
_DOUBT_PASSED = """
UPDATE passage SET state = 'in-doubt', at = ? WHERE owner = ? AND state = 'sending'"""
_NOT_SURE = (State.SENDING, State.PENDING, State.REFUSED, State.CANCELLED)
_FORGET = "DELETE FROM keeper WHERE name = ? AND until = ?"
_BRING_FORWARD = "UPDATE held SET due = 0 WHERE state = 'due' AND due > ?"


def renew(connection: Connection, holder: str, now: datetime | None) -> None:
    """It lives; written down once a minute at most, and where it is known when this is."""
    note_at_work(holder)
    if holder and now:
        execute(connection, _RENEW, (holder, milliseconds(now + LEASE)))


def keep_alive(engine: Engine, holder: str, until: datetime, trouble: str | None) -> None:
    """It lives, and is believed to until then; why mail does not go on by it."""
    note_at_work(holder)
    with changing(engine) as connection:
        execute(connection, _KEEP_ALIVE, (holder, milliseconds(until), storable(trouble)))


def at_work(connection: Connection, now: datetime) -> tuple[bool, str | None]:
    """Whether a gateway runs, and why mail does not go on by one that does."""
    rows = execute(connection, _TROUBLES).all()
    alive = [trouble for name, until, trouble in rows if not is_over(name, until, now)]
    return bool(alive), next(filter(None, alive), None)


def recover(engine: Engine, now: datetime) -> int:
    """What the dead had on the wire is in doubt; how many messages."""
    doubts = 0
    with changing(engine) as connection:
        until = dict(map(tuple, execute(connection, _KEEPERS).all()))
        owners = set(execute(connection, _OWNERS).scalars())
        for name in sorted(owners | set(until)):
            if _is_dead(name, until.get(name), now):
                doubts += _put_in_doubt(connection, name, now)
                execute(connection, _FORGET, (name, until.get(name, 0)))
        execute(connection, _BRING_FORWARD, (milliseconds(now + LONGEST_PAUSE),))
    return doubts


def _is_dead(name: str, until: int | None, now: datetime) -> bool:
    if until is None:
        return not is_at_work_here(name)
    return is_over(name, until, now)


def _put_in_doubt(connection: Connection, owner: str, now: datetime) -> int:
    """Kept messages count once, others once for each recipient."""
    kept = execute(connection, _DOUBT, (_ENDED, owner)).all()
    for stream, envelope in kept:
        if stream is not None:
            _doubt_readers(connection, (stream, envelope), owner, now)
    passed = execute(connection, _DOUBT_PASSED, (milliseconds(now), owner)).rowcount
    return len(kept) + passed


def _doubt_readers(connection: Connection, row: Sequence[Any], owner: str, now: datetime) -> None:
    stream, envelope = row
    # Another copy of his may have been settled meanwhile; only that he has one weighs more.
    move = Move(before=_NOT_SURE, state=State.IN_DOUBT, at=now, owner=owner)
    move_passages(connection, stream, keys_of(mail_of(envelope)), move)
