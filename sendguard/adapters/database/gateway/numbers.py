"""What people are shown of passages and kept messages, and what the gateway counts."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Engine

from sendguard.adapters.database.engine import reading
from sendguard.adapters.database.gateway.bodies import COLUMNS as HELD_COLUMNS
from sendguard.adapters.database.gateway.bodies import held_of, instant
from sendguard.adapters.database.gateway.passages import COLUMNS as PASSAGE_COLUMNS
from sendguard.adapters.database.gateway.passages import passage_of
from sendguard.adapters.database.gateway.turned_away import turned_away
from sendguard.adapters.database.outbox.statement import execute, marks
from sendguard.gateway import Held, HeldState, Passage
from sendguard.ports.gateway import Tally
from sendguard.send import State

_COUNT = "SELECT count(*) FROM held"
_NEXT_DUE = "SELECT due FROM held WHERE state = 'due' ORDER BY due LIMIT 1"
_HELD = f"SELECT {HELD_COLUMNS} FROM held LEFT JOIN stream ON stream.id = held.stream"  # noqa: S608
_OF_ONE = " WHERE stream.fingerprint = ?"
_SO_MANY = " ORDER BY held.id LIMIT ?"
_STREAM = "(SELECT id FROM stream WHERE fingerprint = ?)"
_HELD_SO = f"SELECT state, count(*) FROM held WHERE stream = {_STREAM} GROUP BY state"  # noqa: S608
_PASSED_SO = f"SELECT state, count(*) FROM passage WHERE stream = {_STREAM} GROUP BY state"  # noqa: S608
_PASSAGES = f"SELECT {PASSAGE_COLUMNS} FROM passage WHERE stream = {_STREAM} AND state IN "  # noqa: S608
_REACHED = f"SELECT repaired, count(*) FROM passage WHERE stream = {_STREAM} AND state IN "  # noqa: S608
_BY_REPAIRS = " GROUP BY repaired"
_IN_ORDER = " ORDER BY id"


def held_count(engine: Engine) -> int:
    """How many messages are kept."""
    with reading(engine) as session:
        return int(execute(session.connection(), _COUNT).scalar_one())


def next_due(engine: Engine) -> datetime | None:
    """When the next message is due; a past time for at once, None for none."""
    with reading(engine) as session:
        due = execute(session.connection(), _NEXT_DUE).scalar()
    return None if due is None else instant(due)


def held(engine: Engine, fingerprint: str | None, most: int) -> Iterator[Held]:
    """The messages of a campaign, or of all, in order, without their bodies' bytes."""
    only = () if fingerprint is None else (fingerprint,)
    sql = _HELD + (_OF_ONE if only else "") + _SO_MANY
    with reading(engine) as session:
        connection = session.connection().execution_options(stream_results=True)
        for row in execute(connection, sql, (*only, most)):
            yield held_of(row)


def tally(engine: Engine, fingerprint: str) -> Tally:
    """How many of a campaign stand how."""
    with reading(engine) as session:
        connection = session.connection()
        kept = execute(connection, _HELD_SO, (fingerprint,)).all()
        passed = execute(connection, _PASSED_SO, (fingerprint,)).all()
        refused, put_off = turned_away(connection, fingerprint)
    return Tally(
        held={HeldState(state): count for state, count in kept},
        passed={State(state): count for state, count in passed},
        refused=refused,
        put_off=put_off,
    )


def reached(
    engine: Engine, fingerprint: str, states: Collection[State]
) -> Mapping[str | None, int]:
    """How many of a campaign in these states there are, by the repairs in what went on."""
    wanted = tuple(states)
    sql = _REACHED + marks(wanted) + _BY_REPAIRS
    with reading(engine) as session:
        rows = execute(session.connection(), sql, (fingerprint, *wanted)).all()
    return dict(map(tuple, rows))


def passages(engine: Engine, fingerprint: str, states: Collection[State]) -> Iterator[Passage]:
    """Those of a campaign in these states, as they were at one moment, in order."""
    wanted = tuple(states)
    sql = _PASSAGES + marks(wanted) + _IN_ORDER
    with reading(engine) as session:
        connection = session.connection().execution_options(stream_results=True)
        for row in execute(connection, sql, (fingerprint, *wanted)):
            yield passage_of(fingerprint, row)
