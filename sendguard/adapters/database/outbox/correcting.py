"""How a correction is queued, and who is still pending is moved to the repaired edition."""

from collections.abc import Collection

from sqlalchemy import Engine
from sqlmodel import Session

from sendguard.adapters.database.engine import writing_after
from sendguard.adapters.database.outbox.dispatches import (
    change_dispatch,
    hold_dispatch,
    open_again,
)
from sendguard.adapters.database.outbox.editions import put_edition
from sendguard.adapters.database.outbox.incoming import take_in
from sendguard.adapters.database.outbox.queueing import enter, note_size, take_incoming
from sendguard.adapters.database.outbox.statement import batches, execute, marks
from sendguard.adapters.database.sendings import put_sending
from sendguard.gate import Sending
from sendguard.ports.sending import Correcting, StillGoing
from sendguard.send import Dispatch, Edition, Going, State

_TAKE_OVER = """
INSERT INTO delivery (dispatch, key, address, fields, state, tries, at, answers)
SELECT ?, key, address, fields, 'pending', 0, 0, id FROM delivery
WHERE dispatch = ? AND state IN ('sent', 'in-doubt') AND key NOT IN (SELECT key FROM suppression)"""
_ONLY = " AND key IN "
_IN_ORDER = " ORDER BY id"
_IN_STATE = "SELECT id FROM delivery WHERE dispatch = ? AND state = ? LIMIT 1"
_ANSWER = """
UPDATE delivery SET answers = (
    SELECT first.id FROM delivery AS first
    WHERE first.dispatch = ? AND first.key = delivery.key)
WHERE dispatch = ?"""
# From now on the correction goes to them: what their worker still learns must not undo that.
_LEAVE_IN_DOUBT = """
UPDATE delivery SET owner = NULL
WHERE dispatch = ? AND state = 'in-doubt' AND owner IS NOT NULL"""


def correct(engine: Engine, correcting: Correcting) -> Dispatch:
    """Queue a correction and move who is still pending to the repaired edition, in one."""
    readers = correcting.readers
    with writing_after(engine, lambda session: take_in(session, readers or ())) as session:
        original, edition = correcting.original, correcting.edition
        going = hold_dispatch(session, original) if original else None
        queued = enter(session, correcting.correction, edition, correcting.number)
        put_sending(session, _sending(queued, edition))
        if original:
            _see_that_it_rests(session, original, going)
        if readers is None and original:
            _take_over(session, original, queued, correcting.only)
        take_incoming(session, queued)
        if readers is not None and original:
            execute(session.connection(), _ANSWER, (original.id, queued.id))
        note_size(session, queued)
        if original and correcting.repaired:
            _repair(session, original, correcting.repaired)
        return queued


def _see_that_it_rests(session: Session, original: Dispatch, going: Going | None) -> None:
    """Nothing of it is on the wire, and nothing is begun: it is not open, or all of it is over."""
    moving = (State.SENDING, State.PENDING) if going is Going.OPEN else (State.SENDING,)
    for state in moving:
        if execute(session.connection(), _IN_STATE, (original.id, state)).first():
            raise StillGoing(original.campaign)


def _take_over(
    session: Session, original: Dispatch, correction: Dispatch, only: Collection[str] | None
) -> None:
    connection, both = session.connection(), (correction.id, original.id)
    if only is None:
        execute(connection, _TAKE_OVER + _IN_ORDER, both)
    for keys in batches(only or ()):
        execute(connection, _TAKE_OVER + _ONLY + marks(keys) + _IN_ORDER, (*both, *keys))
    execute(connection, _LEAVE_IN_DOUBT, (original.id,))


def _repair(session: Session, original: Dispatch, repaired: Edition) -> None:
    """Whoever is pending gets the edition of the dispatch, so this moves all of them."""
    session.execute(change_dispatch(original).values(edition=put_edition(session, repaired)))
    open_again(session, original)


def _sending(queued: Dispatch, edition: Edition) -> Sending:
    return Sending(
        campaign=queued.campaign,
        digest=edition.campaign.digest,
        letter=edition.campaign.letter,
        at=queued.queued_at,
        subject=edition.subject,
    )
