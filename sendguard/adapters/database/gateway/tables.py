"""The tables of passages and kept messages; their rows are read and written in raw SQL.

Instants are whole milliseconds since 1970, in UTC.
"""

from sqlalchemy import BigInteger, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

_NUMBER = BigInteger().with_variant(Integer(), "sqlite")  # which numbers rows by INTEGER alone
_OWNED = text("owner IS NOT NULL")
_IS_DOUBTFUL = text("state = 'in-doubt'")
_IS_DUE = text("state = 'due'")


class PassageRow(SQLModel, table=True):
    """One recipient's copy of a campaign.

    It refers to its stream by number alone: PostgreSQL would look each one up, a million times.

    Attributes:
        at: Since when it is what it is; None where nobody said.
        owner: The process that has it on the wire; of one in doubt, the one that may know better.
        parts: A JSON object; None for not known.
        repaired: Stands for the repairs in what went on; None for none.
    """

    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("stream", "key"),
        Index("ix_passage_owner", "owner", sqlite_where=_OWNED, postgresql_where=_OWNED),
        Index(
            "ix_passage_doubt", "stream", sqlite_where=_IS_DOUBTFUL, postgresql_where=_IS_DOUBTFUL
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    stream: int
    key: str
    state: str
    at: int | None = Field(sa_type=BigInteger)
    owner: str | None
    address: str
    message_id: str | None
    parts: str | None
    repaired: str | None = None


class HeldRow(SQLModel, table=True):
    """One message that is kept. Its number never recurs.

    Attributes:
        due: 0 for at once.
        owner: As of a passage.
        size: Of its body, in bytes.
        envelope: See `envelope.py`.
        digest: Of the envelope and the body as they came, by which a campaign keeps each once.
    """

    __tablename__ = "held"
    __table_args__ = (
        Index("ix_held_stream", "stream", "state"),
        Index("ix_held_due", "due", "id", sqlite_where=_IS_DUE, postgresql_where=_IS_DUE),
        Index("ix_held_owner", "owner", sqlite_where=_OWNED, postgresql_where=_OWNED),
        Index("ix_held_digest", "stream", "digest", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    stream: int | None
    state: str
    due: int = Field(sa_type=BigInteger)
    owner: str | None
    tries: int
    since: int = Field(sa_type=BigInteger)
    size: int
    says: str | None
    envelope: str
    digest: str


class BodyRow(SQLModel, table=True):
    """The bytes of a kept message; apart, for SQLite writes a row anew whenever it changes."""

    __tablename__ = "held_body"

    held: int = Field(primary_key=True, sa_type=_NUMBER, sa_column_kwargs={"autoincrement": False})
    data: bytes


class KeeperRow(SQLModel, table=True):
    """A process that hands messages on, until when it is believed to live, and what is wrong."""

    __tablename__ = "keeper"

    name: str = Field(primary_key=True)
    until: int = Field(sa_type=BigInteger)
    trouble: str | None = None
