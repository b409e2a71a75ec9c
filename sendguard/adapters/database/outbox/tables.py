"""The tables of deliveries and of who gets none; their rows are read and written in raw SQL.

Instants that are compared for each delivery are whole milliseconds since 1970, in UTC.
"""

from sqlalchemy import BigInteger, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

_NUMBER = BigInteger().with_variant(Integer(), "sqlite")  # which numbers rows by INTEGER alone
_OWNED = text("owner IS NOT NULL")


class DeliveryRow(SQLModel, table=True):
    """One message to one recipient. Its number never recurs: Message-IDs are made from it.

    It refers to its dispatch by number alone: PostgreSQL would look each one up, a million times.

    Attributes:
        fields: A JSON array; None for none.
        edition: Which it was begun with last; None before. Whoever is pending gets the dispatch's.
        dated: When it was first begun, in seconds since 1970.
        at: When it is due, while it is pending (0 for at once); after that, since when it is what
            it is; None where nobody said.
        answers: For a correction, the number of the delivery that it corrects.
        owner: The worker that holds it; of one in doubt, the one that may know better.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("dispatch", "key"),
        Index("ix_delivery_state", "dispatch", "state", "at", "id"),
        Index("ix_delivery_owner", "owner", sqlite_where=_OWNED, postgresql_where=_OWNED),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    dispatch: int
    key: str
    address: str
    fields: str | None
    edition: int | None
    state: str
    tries: int
    dated: int | None = Field(sa_type=BigInteger)
    at: int | None = Field(sa_type=BigInteger)
    answers: int | None = Field(sa_type=BigInteger)
    owner: str | None
    says: str | None


class WorkerRow(SQLModel, table=True):
    """A worker that holds deliveries, and until when it is believed to live."""

    __tablename__ = "worker"

    name: str = Field(primary_key=True)
    until: int = Field(sa_type=BigInteger)


class SuppressionRow(SQLModel, table=True):
    """Somebody who gets nothing any more."""

    __tablename__ = "suppression"

    key: str = Field(primary_key=True)
    why: str
    at: int = Field(sa_type=BigInteger)
    says: str | None
