"""Kept messages as rows: put down, read and deleted, a few bodies at a time."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine

from sendguard.adapters.database.engine import changing, reading, spend
from sendguard.adapters.database.gateway.envelope import envelope_of, mail_of
from sendguard.adapters.database.outbox.statement import batches, execute, marks, milliseconds
from sendguard.adapters.database.storable import storable
from sendguard.errors import BadStore
from sendguard.gateway import Held, HeldState

COLUMNS = "held.id, stream.fingerprint, state, due, tries, held.since, held.says, envelope"
"""What `held_of` reads; of `held LEFT JOIN stream`."""

_PUT = """
INSERT INTO held (stream, state, due, tries, since, size, says, envelope, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id"""
_PUT_BODY = "INSERT INTO held_body (held, data) VALUES (?, ?)"
_CHANGE = """
UPDATE held SET state = ?, due = ?, tries = ?, says = ?, envelope = ?, owner = NULL
WHERE id = ?"""
_DELETE = "DELETE FROM held WHERE id IN "
_DELETE_BODIES = "DELETE FROM held_body WHERE held IN "
_LEFT_OVER = "SELECT held FROM held_body WHERE held NOT IN (SELECT id FROM held)"
_BODIES_AT_ONCE = 50
"""SQLite looks at each page of a body that it deletes, and others wait meanwhile."""
_BODIES = "SELECT held, data FROM held_body WHERE held IN "


def put_message(connection: Connection, stream: int | None, held: Held, state: HeldState) -> None:
    """Keep one more, which is to stand so.

    The very same one may be kept already: a sender tries again what we took when we died before we
    could say so.
    """
    says, envelope = storable(held.says), envelope_of(held.mail)
    size, since = len(held.mail.data), milliseconds(held.since)
    digest = _digest(envelope, held.mail.data)
    values = (stream, state, _due(held), held.tries, since, size, says, envelope, digest)
    number = execute(connection, _PUT, values).scalar_one_or_none()
    if number is not None:
        execute(connection, _PUT_BODY, (number, held.mail.data))
        spend(connection, size)


def change_message(connection: Connection, held: Held, state: HeldState) -> None:
    """Let one that is kept stand so, for those recipients that are left; nobody has it now."""
    envelope, says = envelope_of(held.mail), storable(held.says)
    execute(connection, _CHANGE, (state, _due(held), held.tries, says, envelope, held.id))


def delete_messages(connection: Connection, ids: Iterable[int]) -> None:
    """Keep these no longer, of which there are few; for many, see `delete_bodies`."""
    for some in batches(ids):
        execute(connection, _DELETE_BODIES + marks(some), tuple(some))
        execute(connection, _DELETE + marks(some), tuple(some))


def delete_without_bodies(connection: Connection, ids: Iterable[int]) -> None:
    """Keep these no longer; their bodies are deleted once this is committed."""
    for some in batches(ids):
        execute(connection, _DELETE + marks(some), tuple(some))


def delete_bodies(engine: Engine, ids: Iterable[int]) -> None:
    """Delete what is left of these, a few at a time; what cannot be deleted now is left over."""
    with suppress(BadStore):
        for some in batches(ids, _BODIES_AT_ONCE):
            with changing(engine) as connection:
                execute(connection, _DELETE_BODIES + marks(some), tuple(some))


def delete_left_over(engine: Engine) -> None:
    """Delete the bodies that belong to no message, since a process died too soon."""
    with reading(engine) as session:
        ids = execute(session.connection(), _LEFT_OVER).scalars().all()
    delete_bodies(engine, ids)


def bodies(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """The bytes of these, by number."""
    for number, data in execute(connection, _BODIES + marks(ids), tuple(ids)):
        spend(connection, len(data))
        yield number, bytes(data)


def held_of(row: Any, data: bytes = b"") -> Held:  # noqa: ANN401 - a row of any driver
    """The message that a row of `COLUMNS` stands for."""
    id_, fingerprint, state, due, tries, since, says, envelope = row
    return Held(
        id=id_,
        fingerprint=fingerprint,
        mail=mail_of(envelope, data),
        since=instant(since),
        state=HeldState(state),
        due=instant(due) if due else None,
        tries=tries,
        says=says,
    )


def instant(since_1970: int) -> datetime:
    """A column's milliseconds, in UTC."""
    return datetime.fromtimestamp(since_1970 / 1_000, UTC)


def _digest(envelope: str, data: bytes) -> str:
    digest = sha256(envelope.encode("utf-8", "backslashreplace"))
    digest.update(data)
    return digest.hexdigest()


def _due(held: Held) -> int:
    return milliseconds(held.due) if held.due else 0
