"""The tables of campaigns and their first messages."""

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from sendguard.adapters.database.evidence import packed, unpacked
from sendguard.adapters.database.gateway.envelope import envelope_of, mail_of
from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.storable import storable
from sendguard.gateway import Copy, Mail, Ruling, Standing, Stream
from sendguard.gateway.stream import Repairs

_COMPRESSED = b"\0"


class StreamRow(SQLModel, table=True):
    """One campaign. A table class checks nothing it is given.

    Attributes:
        nth: The how-manieth of its key, from 1 on.
        repairs: A JSON array.
        earlier: A JSON array of those that were before; see `Stream`.
        repaired_by: Who repaired it last.
        shared, personal: JSON arrays; see `Ruling`.
        changed_at: When it was decided, repaired or begun last.
        checker: The process that checks it, until `checked_until`.
        refused, put_off: For how many recipients copies were answered so.
        first: The copy that it was first seen by; last, so that others are read without it.
    """

    __tablename__ = "stream"
    __table_args__ = (UniqueConstraint("key", "nth"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(unique=True)
    key: str
    nth: int
    since: datetime = Field(sa_type=Instant)
    standing: str = Field(index=True)
    ruled_at: datetime = Field(sa_type=Instant)
    says: str | None
    record: int | None
    by: str | None
    repairs: str
    earlier: str = "[]"
    repaired_by: str | None = None
    shared: str = "[]"
    personal: str = "[]"
    changed_at: datetime = Field(sa_type=Instant, index=True)
    checker: str | None = None
    checked_until: datetime | None = Field(default=None, sa_type=Instant)
    refused: int = 0
    put_off: int = 0
    first: bytes

    @classmethod
    def of(cls, stream: Stream, nth: int) -> "StreamRow":
        """Write a campaign down."""
        return cls(
            fingerprint=stream.fingerprint,
            key=stream.first.key,
            nth=nth,
            since=stream.since,
            repairs=json.dumps(stream.repairs),
            earlier=json.dumps(stream.earlier),
            repaired_by=storable(stream.repaired_by),
            changed_at=stream.since,
            first=packed(stream.first),
            **ruling_columns(stream.ruling),
        )

    def value(self) -> Stream | None:
        """The campaign; None where a release that differs wrote it."""
        first = unpacked(Copy, self.first)
        if first is None:
            return None
        return Stream(
            fingerprint=self.fingerprint,
            first=first,
            since=self.since,
            ruling=self.ruling(),
            repairs=_repairs(json.loads(self.repairs)),
            earlier=tuple(map(_repairs, json.loads(self.earlier))),
            repaired_by=self.repaired_by,
        )

    def has_other_repairs(self, repairs: Sequence[tuple[str, str]]) -> bool:
        """Have they changed?"""
        return self.repairs != json.dumps(repairs)

    def ruling(self) -> Ruling:
        """What was decided last."""
        return Ruling(
            standing=Standing(self.standing),
            at=self.ruled_at,
            says=self.says,
            record=self.record,
            by=self.by,
            shared=frozenset(json.loads(self.shared)),
            personal=frozenset(json.loads(self.personal)),
        )


class SampleRow(SQLModel, table=True):
    """The first message of a campaign; apart, so that a list of campaigns costs little.

    Attributes:
        data: Compressed behind a NUL, which no message has; as it came where an earlier release
            wrote it.
    """

    __tablename__ = "stream_sample"

    stream: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    envelope: str
    data: bytes

    @classmethod
    def of(cls, stream: int, mail: Mail) -> "SampleRow":
        """Write it down."""
        data = _COMPRESSED + zlib.compress(mail.data, level=1)
        return cls(stream=stream, envelope=envelope_of(mail), data=data)

    def value(self) -> Mail:
        """The message."""
        is_compressed = self.data.startswith(_COMPRESSED)
        data = zlib.decompress(memoryview(self.data)[1:]) if is_compressed else self.data
        return mail_of(self.envelope, data)


def ruling_columns(ruling: Ruling) -> dict[str, Any]:
    """A ruling as it is written down; a person's leaves what links have in common as it is."""
    shared = {"shared": json.dumps(sorted(ruling.shared))} if ruling.by is None else {}
    return shared | {
        "standing": ruling.standing,
        "ruled_at": ruling.at,
        "says": storable(ruling.says),
        "record": ruling.record,
        "by": storable(ruling.by),
    }


def stream_values(session: Session, wanted: SelectOfScalar[StreamRow]) -> tuple[Stream, ...]:
    """Those that can be read."""
    return _readable(session.exec(wanted))


def hold_stream(session: Session, fingerprint: str) -> StreamRow | None:
    """Its row, which nobody else changes until this transaction is over."""
    same = select(StreamRow).where(col(StreamRow.fingerprint) == fingerprint)
    return session.exec(same.with_for_update()).first()


def _repairs(pairs: Iterable[Sequence[str]]) -> Repairs:
    return tuple((wrong, right) for wrong, right in pairs)


def _readable(rows: Iterable[StreamRow]) -> tuple[Stream, ...]:
    values: Sequence[Stream | None] = [row.value() for row in rows]
    return tuple(one for one in values if one is not None)
