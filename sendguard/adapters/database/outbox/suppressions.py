"""Who gets nothing any more, and what a bounce tells of a delivery."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlmodel import Session, func, select

from sendguard.adapters.database.engine import changing, reading, writing
from sendguard.adapters.database.outbox.dispatches import get_dispatch
from sendguard.adapters.database.outbox.statement import (
    Values,
    batches,
    execute,
    marks,
    milliseconds,
)
from sendguard.adapters.database.outbox.tables import SuppressionRow
from sendguard.adapters.database.storable import storable
from sendguard.ports.sending import Suppressed
from sendguard.send.bounce import Bounce
from sendguard.send.message_id import message_id

_MOST_AT_ONCE = 500
_ADD = """
INSERT INTO suppression (key, why, at, says) VALUES {rows}
ON CONFLICT (key) DO NOTHING RETURNING 1"""
_AMONG = "SELECT key FROM suppression WHERE key IN "
_BOUNCED = """
UPDATE delivery SET state = 'refused', says = ?, at = ?, owner = NULL
WHERE id = ? AND key = ? AND state IN ('sent', 'in-doubt')"""
_CAMPAIGN = """
SELECT dispatch.campaign FROM dispatch JOIN delivery ON delivery.dispatch = dispatch.id
WHERE delivery.id = ?"""
_ID = re.compile(r"([0-9a-z]{1,12})\.[0-9a-f]{32}@(.*)")  # the number is in base 36


class SqlSuppressions:
    """A `ports.Suppressions` in SQLite or PostgreSQL; what it raises is `BadStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, suppressed: Iterable[Suppressed]) -> int:
        """Keep them, whole or not at all; how many were not there before."""
        with changing(self._engine) as connection:
            return sum(_add(connection, some) for some in batches(suppressed, _MOST_AT_ONCE))

    def bounced(self, bounces: Iterable[Bounce], now: datetime) -> int:
        """Suppress whom a bounce names, and mark the delivery; how many deliveries were found."""
        with writing(self._engine) as session:
            return sum(_bounced(session, bounce, now) for bounce in bounces)

    def among(self, keys: Collection[str]) -> frozenset[str]:
        """Those of these people who get nothing any more."""
        with reading(self._engine) as session:
            found = (
                execute(session.connection(), _AMONG + marks(some), tuple(some))
                for some in batches(keys)
            )
            return frozenset(row[0] for rows in found for row in rows)

    def count(self) -> int:
        """How many there are."""
        with reading(self._engine) as session:
            return session.exec(select(func.count()).select_from(SuppressionRow)).one()


def _add(connection: Connection, some: Sequence[Suppressed]) -> int:
    rows = ",".join(["(?,?,?,?)"] * len(some))
    values = tuple(value for one in some for value in _row(one))
    return len(execute(connection, _ADD.format(rows=rows), values).all())


def _row(suppressed: Suppressed) -> Values:
    at = milliseconds(suppressed.at)
    return suppressed.key, suppressed.why, at, storable(suppressed.says)


def _bounced(session: Session, bounce: Bounce, now: datetime) -> int:
    """Believe a report on what was sent from here: anybody can write another one."""
    connection, number = session.connection(), _delivery(session, bounce)
    if number is None:
        return 0
    if bounce.is_of_mailbox:
        _add(connection, [Suppressed(key=bounce.key, why="bounced", at=now, says=bounce.says)])
    values = (storable(bounce.says), milliseconds(now), number, bounce.key)
    return execute(connection, _BOUNCED, values).rowcount


def _delivery(session: Session, bounce: Bounce) -> int | None:
    """The number of the delivery; None where the Message-ID is none that was given to it."""
    found = _ID.fullmatch(bounce.message_id or "")
    if found is None:
        return None
    number = int(found[1], 36)
    campaign = execute(session.connection(), _CAMPAIGN, (number,)).scalar()
    dispatch = get_dispatch(session, campaign) if campaign else None
    given = dispatch and message_id(dispatch, number, bounce.key, found[2])
    return number if given == bounce.message_id else None
