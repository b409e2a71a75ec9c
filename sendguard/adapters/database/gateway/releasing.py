"""What is done with kept messages: they are taken, handed on elsewhere, and settled."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine

from sendguard.adapters.database.engine import changing
from sendguard.adapters.database.gateway.bodies import (
    COLUMNS,
    bodies,
    change_message,
    delete_messages,
    held_of,
)
from sendguard.adapters.database.gateway.envelope import keys_of, mail_of
from sendguard.adapters.database.gateway.keepers import renew
from sendguard.adapters.database.gateway.passages import (
    Became,
    Move,
    mark_repaired,
    move_passages,
    settle_passages,
)
from sendguard.adapters.database.gateway.standings import NO_CAMPAIGN, Known, hold_standings
from sendguard.adapters.database.gateway.writing import keep
from sendguard.adapters.database.outbox.statement import batches, execute, marks, milliseconds
from sendguard.gateway import Ended, Held, HeldState
from sendguard.gateway.stream import mark_of
from sendguard.send import State

_DUE = """
SELECT id, size FROM held WHERE state = 'due' AND due <= ?
ORDER BY due, id LIMIT ? FOR UPDATE SKIP LOCKED"""
_TAKE = "UPDATE held SET state = 'sending', owner = ? WHERE id IN "
_MESSAGES = f"""
SELECT {COLUMNS}, stream, repairs FROM held LEFT JOIN stream ON stream.id = held.stream
WHERE held.id IN """  # noqa: S608
_BY_DUE = " ORDER BY due, held.id"
_OURS = """
SELECT id FROM held WHERE owner = ? AND state IN ('sending', 'in-doubt') AND id IN {ids}
ORDER BY id FOR UPDATE"""
_BEFORE_TAKEN = (State.PENDING, State.REFUSED, State.CANCELLED)


def take(
    engine: Engine, holder: str, now: datetime, most: int, most_bytes: int
) -> tuple[Held, ...]:
    """Messages that are due, which are `SENDING` from now on, and this process's."""
    with changing(engine) as connection:
        due = execute(connection, _DUE, (milliseconds(now), most)).all()
        ids = _as_many_as_fit(due, most_bytes)
        if not ids:
            return ()
        renew(connection, holder, now)
        execute(connection, _TAKE + marks(ids), (holder, *ids))
        rows = execute(connection, _MESSAGES + marks(ids) + _BY_DUE, tuple(ids)).all()
        _take_passages(connection, rows, holder, now)
        data = dict(bodies(connection, ids))
        return tuple(held_of(row[:-2], data.get(row[0], b"")) for row in rows)


def settle(engine: Engine, holder: str, ended: Sequence[Ended]) -> None:
    """Write down what became of messages that this process took, and has still."""
    with changing(engine) as connection:
        known = hold_standings(connection, (one.taken.fingerprint for one in ended))
        ours = _ours(connection, holder, [one.taken.id for one in ended])
        still = [one for one in ended if one.taken.id in ours]
        settle_passages(connection, _became(known, still), holder, None)
        for one in still:
            _end(connection, known, one)


def _as_many_as_fit(due: Sequence[Any], most_bytes: int) -> list[int]:
    ids: list[int] = []
    left = most_bytes
    for number, size in due:
        left -= size
        if ids and left < 0:
            break
        ids.append(number)
    return ids


def _take_passages(connection: Connection, rows: Iterable[Any], holder: str, now: datetime) -> None:
    twice = Move(before=(State.SENDING,), state=State.IN_DOUBT, at=now)
    once = Move(before=_BEFORE_TAKEN, state=State.SENDING, at=now, owner=holder)
    told = sorted((*row[-2:], row[-3]) for row in rows if row[-2] is not None)
    for (stream, repairs), several in groupby(told, key=_stream):
        envelopes = (envelope for _, _, envelope in several)
        keys = sorted({key for envelope in envelopes for key in keys_of(mail_of(envelope))})
        for move in (twice, once):
            move_passages(connection, stream, keys, move)
        if repaired := mark_of(json.loads(repairs)):
            mark_repaired(connection, stream, keys, holder, repaired)


def _ours(connection: Connection, holder: str, ids: Sequence[int]) -> frozenset[int]:
    found: set[int] = set()
    for some in batches(ids):
        rows = execute(connection, _OURS.format(ids=marks(some)), (holder, *some))
        found.update(rows.scalars())
    return frozenset(found)


def _became(known: Mapping[str | None, Known], ended: Iterable[Ended]) -> Iterable[Became]:
    for one in ended:
        campaign = known.get(one.taken.fingerprint, NO_CAMPAIGN)
        if campaign.stream:
            yield from ((campaign.stream, key, state) for key, state in one.states.items())


def _end(connection: Connection, known: Mapping[str | None, Known], ended: Ended) -> None:
    taken = ended.taken
    campaign = known.get(taken.fingerprint, NO_CAMPAIGN)
    stays, others = ended.left[:1], ended.left[1:]
    if not stays or not _stays(connection, campaign, replace(stays[0], id=taken.id)):
        delete_messages(connection, [taken.id])
    for one in (*others, *([ended.notice] if ended.notice else ())):
        if not keep(connection, known, one):
            _cancel(connection, campaign, one)


def _stays(connection: Connection, campaign: Known, held: Held) -> bool:
    """Keep it on, unless nothing of its campaign is kept by now that is to go out."""
    if campaign.is_discarded and held.state is not HeldState.IN_DOUBT:
        _cancel(connection, campaign, held)
        return False
    state = campaign.state_of(held.state) if campaign.stream else held.state
    change_message(connection, held, state)
    return True


def _cancel(connection: Connection, campaign: Known, held: Held) -> None:
    move = Move(before=(State.PENDING,), state=State.CANCELLED)
    move_passages(connection, campaign.stream, keys_of(held.mail), move)


def _stream(told: tuple[int, str, str]) -> tuple[int, str]:
    return told[:2]
