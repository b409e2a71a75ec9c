"""What people do with a dispatch: pause, resume, cancel it; settle what is in doubt."""

from collections.abc import Collection

from sqlalchemy import Engine
from sqlmodel import Session, col

from sendguard.adapters.database.engine import writing
from sendguard.adapters.database.outbox.dispatches import (
    DispatchRow,
    change_dispatch,
    corrections_of,
    hold_dispatch,
    open_again,
)
from sendguard.adapters.database.outbox.statement import batches, execute, marks
from sendguard.adapters.database.storable import storable
from sendguard.send import BEING_CORRECTED, MAY_FOLLOW, Dispatch, Going, State

_CANCEL = """
UPDATE delivery SET state = 'cancelled', owner = NULL, at = NULL
WHERE dispatch = ? AND state = 'pending'"""
_SETTLE = """
UPDATE delivery SET state = ?, owner = NULL WHERE dispatch = ? AND state = 'in-doubt'"""
_TRY_AGAIN = """
UPDATE delivery SET state = ?, owner = NULL, at = 0
WHERE dispatch = ? AND state = 'in-doubt'"""


def pause(engine: Engine, dispatch: Dispatch, why: str) -> None:
    """Begin nothing more of it; what was cancelled stays so, and what waits to be corrected."""
    with writing(engine) as session:
        going_on = change_dispatch(dispatch).where(
            col(DispatchRow.going) != Going.CANCELLED,
            col(DispatchRow.why).is_distinct_from(BEING_CORRECTED),
        )
        session.execute(going_on.values(going=Going.PAUSED, why=storable(why)))


def resume(engine: Engine, dispatch: Dispatch) -> None:
    """Go on with it where it is paused."""
    with writing(engine) as session:
        open_again(session, dispatch)


def cancel(engine: Engine, dispatch: Dispatch, why: str) -> int:
    """Give up what is pending, for good; how many those were."""
    with writing(engine) as session:
        changed = change_dispatch(dispatch)
        session.execute(changed.values(going=Going.CANCELLED, why=storable(why)))
        return execute(session.connection(), _CANCEL, (dispatch.id,)).rowcount


def settle_doubt(engine: Engine, dispatch: Dispatch, state: State, keys: Collection[str]) -> int:
    """Say what became of those in doubt; of what was cancelled or corrected none is sent again."""
    if state not in MAY_FOLLOW[State.IN_DOUBT]:
        raise ValueError(f"what is in doubt cannot become {state}")
    again = state is State.PENDING
    with writing(engine) as session:
        if again and _must_rest(session, dispatch):
            return 0
        return _settle(session, _TRY_AGAIN if again else _SETTLE, (state, dispatch.id), keys)


def _must_rest(session: Session, dispatch: Dispatch) -> bool:
    is_cancelled = hold_dispatch(session, dispatch) is Going.CANCELLED
    return is_cancelled or bool(corrections_of(session, dispatch.campaign))


def _settle(session: Session, sql: str, values: tuple[str, int], keys: Collection[str]) -> int:
    connection = session.connection()
    if not keys:
        return execute(connection, sql, values).rowcount
    settled = (
        execute(connection, f"{sql} AND key IN {marks(some)}", (*values, *some))
        for some in batches(keys)
    )
    return sum(result.rowcount for result in settled)
