"""Passages as rows: what takes the place of what.

That somebody got a copy is never forgotten, nor that somebody may have got it, until it is known.
What is on the wire stays so until whoever sends it says what became of it, or is dead. What is on
the wire twice is in doubt until one of the two arrived: that one did not says nothing of the other.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection

from sendguard.adapters.database.outbox.statement import (
    Values,
    batches,
    execute,
    marks,
    milliseconds,
)
from sendguard.adapters.database.storable import LONGEST, storable
from sendguard.gateway import Passage
from sendguard.send import State

Became: TypeAlias = tuple[int, str, State]
"""A campaign's number, a reader's key, and how the passage stands from now on."""

COLUMNS = "key, state, address, message_id, parts, repaired"
"""What `passage_of` reads."""

_AT_ONCE = 50
_ROW = "(?,?,?,?,?,?,?,?,?)"
_PUT = """
INSERT INTO passage (stream, key, state, at, owner, address, message_id, parts, repaired)
VALUES {rows}
ON CONFLICT (stream, key) DO UPDATE SET
state = CASE passage.state WHEN 'sending' THEN 'in-doubt' ELSE excluded.state END,
owner = CASE passage.state WHEN 'sending' THEN NULL ELSE excluded.owner END,
at = excluded.at, address = excluded.address, message_id = excluded.message_id,
parts = excluded.parts, repaired = excluded.repaired
WHERE passage.state IN ('pending', 'refused', 'cancelled')
OR (passage.state = 'sending' AND excluded.state = 'sending')"""
_SETTLE = """
WITH became (stream, key, state) AS (VALUES {rows})
UPDATE passage SET state = became.state, owner = NULL, at = coalesce(?, passage.at)
FROM became WHERE passage.stream = became.stream AND passage.key = became.key
AND passage.state <> 'sent' AND (became.state IN ('sent', 'in-doubt')
OR (passage.owner = ? AND passage.state IN ('sending', 'in-doubt')))"""
_MARK = """
UPDATE passage SET repaired = ? WHERE stream = ? AND state = 'sending' AND owner = ? AND key IN """
_MOVE = """
UPDATE passage SET state = ?, owner = ?, at = coalesce(?, at)
WHERE stream = ? AND key IN {keys} AND state IN {states}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """From which states into which, since when (None for as before), and in whose hands."""

    before: tuple[State, ...]
    state: State
    at: datetime | None = None
    owner: str | None = None


def put_passages(
    connection: Connection, rows: Mapping[tuple[int, str], Passage], owner: str, at: datetime | None
) -> None:
    """Write them down where they may take the place of what was known."""
    moment = milliseconds(at) if at else None
    # In one order, so that two who write the same ones do not wait for each other in a circle.
    ordered = sorted(rows.items(), key=_place)
    for some in batches(ordered, _AT_ONCE):
        values = [value for (stream, _), one in some for value in _row(stream, one, owner, moment)]
        execute(connection, _PUT.format(rows=",".join([_ROW] * len(some))), tuple(values))


def settle_passages(
    connection: Connection, became: Iterable[Became], owner: str, at: datetime | None
) -> None:
    """Write down what became of those that this process had on the wire; who got one, got it."""
    moment = milliseconds(at) if at else None
    for some in batches(sorted(became), _AT_ONCE):
        rows = ",".join(["(?,?,?)"] * len(some))
        values = (value for stream, key, state in some for value in (stream, told(key), state))
        execute(connection, _SETTLE.format(rows=rows), (*values, moment, owner))


def move_passages(connection: Connection, stream: int, keys: Sequence[str], move: Move) -> None:
    """Let those of these readers that stand so stand otherwise."""
    for some in batches(sorted(map(told, keys))):
        sql = _MOVE.format(keys=marks(some), states=marks(move.before))
        moment = milliseconds(move.at) if move.at else None
        values = (move.state, move.owner, moment, stream, *some, *move.before)
        execute(connection, sql, values)


def mark_repaired(
    connection: Connection, stream: int, keys: Sequence[str], owner: str, repaired: str
) -> None:
    """What these readers are being sent by that process has these repairs."""
    for some in batches(sorted(map(told, keys))):
        execute(connection, _MARK + marks(some), (repaired, stream, owner, *some))


def passage_of(fingerprint: str, row: Any) -> Passage:  # noqa: ANN401 - a row of any driver
    """The passage that a row of `COLUMNS` stands for."""
    key, state, address, message_id, parts, repaired = row
    return Passage(
        fingerprint=fingerprint,
        key=key,
        address=address,
        message_id=message_id,
        state=State(state),
        parts=None if parts is None else _parts(parts),
        repaired=repaired,
    )


def told(text: str) -> str:
    """The text as a column takes it."""
    is_plain = text.isascii() and text.isprintable() and len(text) < LONGEST
    return text if is_plain else storable(text)  # which looks at each letter


def _row(stream: int, passage: Passage, owner: str, at: int | None) -> Values:
    sending = passage.state is State.SENDING
    return (
        stream,
        told(passage.key),
        passage.state,
        at,
        owner if sending else None,
        told(passage.address),
        None if passage.message_id is None else told(passage.message_id),
        None if passage.parts is None else json.dumps(passage.parts),
        passage.repaired,
    )


def _parts(written: str) -> dict[int, str]:
    return {int(place): part for place, part in json.loads(written).items()}


def _place(item: tuple[tuple[int, str], Passage]) -> tuple[int, str]:
    return item[0]
