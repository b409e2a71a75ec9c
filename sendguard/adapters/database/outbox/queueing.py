"""How a campaign and its correction are written down: all of it, or nothing."""

from collections.abc import Iterable

from sqlalchemy import Engine
from sqlmodel import Session

from sendguard.adapters.database.engine import writing_after
from sendguard.adapters.database.outbox.dispatches import (
    change_dispatch,
    put_dispatch,
)
from sendguard.adapters.database.outbox.editions import put_edition
from sendguard.adapters.database.outbox.incoming import drop_incoming, room_for_keys, take_in
from sendguard.adapters.database.outbox.statement import execute, milliseconds
from sendguard.adapters.database.sendings import put_sending
from sendguard.gate import Sending
from sendguard.ports.sending import AlreadyQueued
from sendguard.send import Dispatch, Edition, Reader

# In the order in which the readers came, so that the first of two with one key counts.
_TAKE_INCOMING = """
INSERT INTO delivery (dispatch, key, address, fields, state, tries, at)
SELECT ?, key, address, fields, 'pending', 0, 0 FROM incoming WHERE true
ON CONFLICT (dispatch, key) DO NOTHING"""
_SUPPRESS = """
UPDATE delivery SET state = 'suppressed', at = ?
WHERE dispatch = ? AND key IN (SELECT key FROM suppression)"""
_COUNT = "SELECT count(*) FROM delivery WHERE dispatch = ?"


def queue(
    engine: Engine,
    dispatch: Dispatch,
    edition: Edition,
    readers: Iterable[Reader],
    sending: Sending,
) -> Dispatch:
    """Write a campaign, its edition and a row for each reader down."""
    with writing_after(engine, lambda session: take_in(session, readers)) as session:
        queued = enter(session, dispatch, edition)
        put_sending(session, sending)
        take_incoming(session, queued)
        note_size(session, queued)
        return queued


def enter(
    session: Session, dispatch: Dispatch, edition: Edition, number: int | None = None
) -> Dispatch:
    """Write a campaign and its edition down; with its number.

    Raises:
        AlreadyQueued: Its name, or that number of correction, is taken.
    """
    queued = put_dispatch(session, dispatch, put_edition(session, edition), number)
    if queued is None:
        raise AlreadyQueued(dispatch.campaign)
    return queued


def take_incoming(session: Session, dispatch: Dispatch) -> None:
    """A row for each reader who was taken in."""
    connection = session.connection()
    with room_for_keys(connection):
        execute(connection, _TAKE_INCOMING, (dispatch.id,))
    drop_incoming(connection)
    execute(connection, _SUPPRESS, (milliseconds(dispatch.queued_at), dispatch.id))


def note_size(session: Session, dispatch: Dispatch) -> None:
    """Write down how many it has, for those that come after it."""
    count = execute(session.connection(), _COUNT, (dispatch.id,)).scalar_one()
    session.execute(change_dispatch(dispatch).values(size=count))
