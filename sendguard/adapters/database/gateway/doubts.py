"""What a person says of that which nobody can know: what is in doubt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from sendguard.adapters.database.engine import changing
from sendguard.adapters.database.gateway.bodies import (
    delete_bodies,
    delete_messages,
    delete_without_bodies,
)
from sendguard.adapters.database.gateway.envelope import envelope_of, keys_of, mail_of
from sendguard.adapters.database.gateway.passages import Move, move_passages, told
from sendguard.adapters.database.gateway.standings import NO_CAMPAIGN, Known, hold_standings
from sendguard.adapters.database.outbox.statement import execute, milliseconds
from sendguard.gateway import HeldState, reader_key
from sendguard.send import State

_MESSAGES = """
SELECT held.id, stream.fingerprint, envelope
FROM held LEFT JOIN stream ON stream.id = held.stream WHERE state = 'in-doubt'"""
_OF_ONE = " AND stream.fingerprint = ?"
_BY_NUMBER = " ORDER BY held.id"
_AGAIN = """
UPDATE held SET state = ?, due = 0, owner = NULL WHERE id = ? AND state = 'in-doubt'"""
_GOT_IT = "UPDATE passage SET state = 'sent', owner = NULL, at = ? WHERE state = 'in-doubt'"
_OF_READER = " AND key = ?"
_OF_STREAM = " AND stream = (SELECT id FROM stream WHERE fingerprint = ?)"


_SPLIT = """
INSERT INTO held (stream, state, due, tries, since, size, says, envelope, digest)
SELECT stream, state, due, tries, since, size, says, ?, digest || ? FROM held WHERE id = ?
RETURNING id"""
_SPLIT_BODY = "INSERT INTO held_body (held, data) SELECT ?, data FROM held_body WHERE held = ?"
_LEAVE = "UPDATE held SET envelope = ? WHERE id = ?"


def settle_doubt(
    engine: Engine,
    fingerprint: str | None,
    state: State,
    now: datetime,
    key: str | None = None,
) -> int:
    """Say what became of all that is in doubt, or of one reader's; of how many recipients."""
    only = () if fingerprint is None else (fingerprint,)
    match state:
        case State.SENT:
            return _call_sent(engine, only, now, key)
        case State.PENDING:
            with changing(engine) as connection:
                rows = _messages(connection, only, key)
                known = hold_standings(connection, [row[1] for row in rows])
                again = (_try_again(connection, known, row, now) for row in rows)
                return len({one for some in again for one in some})  # who has several copies is one
    raise ValueError(f"what is in doubt cannot become {state}")


def _messages(connection: Connection, only: tuple[str, ...], key: str | None) -> Sequence[Any]:
    wanted = _MESSAGES + (_OF_ONE if only else "") + _BY_NUMBER
    rows = execute(connection, wanted, only).all()
    if key is None:
        return rows
    return [_split(connection, row, key) for row in rows if key in keys_of(mail_of(row[2]))]


def _split(
    connection: Connection,
    row: Any,  # noqa: ANN401 - a row of any driver
    key: str,
) -> Any:  # noqa: ANN401
    """One reader's message, apart from the one that it shared with others."""
    number, name, envelope = row
    mail = mail_of(envelope)
    others = tuple(one for one in mail.recipients if reader_key(one) != key)
    if not others:
        return row
    theirs = tuple(one for one in mail.recipients if reader_key(one) == key)
    alone = envelope_of(replace(mail, recipients=theirs))
    apart = execute(connection, _SPLIT, (alone, f" {told(key)}", number)).scalar_one()
    execute(connection, _SPLIT_BODY, (apart, number))
    execute(connection, _LEAVE, (envelope_of(replace(mail, recipients=others)), number))
    return apart, name, alone


def _call_sent(engine: Engine, only: tuple[str, ...], now: datetime, key: str | None) -> int:
    with changing(engine) as connection:
        rows = _messages(connection, only, key)
        ids = [row[0] for row in rows]
        delete_without_bodies(connection, ids)
        sql = _GOT_IT + (_OF_STREAM if only else "") + (_OF_READER if key else "")
        values = (milliseconds(now), *only, *([told(key)] if key else ()))
        passed = execute(connection, sql, values).rowcount
    delete_bodies(engine, ids)
    notices = [mail_of(row[2]) for row in rows if row[1] is None]
    return passed + sum(len(mail.recipients) for mail in notices)


def _try_again(
    connection: Connection,
    known: Mapping[str | None, Known],
    row: Any,  # noqa: ANN401 - a row of any driver
    now: datetime,
) -> Iterator[tuple[str | None, str]]:
    """The recipients, each with his campaign."""
    number, name, envelope = row
    campaign, mail = known.get(name, NO_CAMPAIGN), mail_of(envelope)
    state = campaign.state_of(HeldState.DUE)
    if execute(connection, _AGAIN, (state, number)).rowcount == 0:
        return
    if campaign.is_discarded:
        delete_messages(connection, [number])
    becomes = State.CANCELLED if campaign.is_discarded else State.PENDING
    if campaign.stream:
        move = Move(before=(State.IN_DOUBT,), state=becomes, at=now)
        move_passages(connection, campaign.stream, keys_of(mail), move)
    yield from ((name, key) for key in keys_of(mail))
