"""The third form: what is sent, to whom, and to whom nothing."""

import sqlalchemy as sa
from alembic import op

from sendguard.adapters.database.instant import Instant

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OWNED = sa.text("owner IS NOT NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String, nullable=False, unique=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "dispatch",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("campaign", sa.String, nullable=False, unique=True),
        sa.Column("series", sa.String),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("edition", sa.Integer, sa.ForeignKey("edition.id"), nullable=False),
        sa.Column("columns", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("queued_at", Instant, nullable=False),
        sa.Column("going", sa.String, nullable=False),
        sa.Column("why", sa.String),
        sa.Column("corrects", sa.String),
        sa.Column("number", sa.Integer),
        sa.Column("size", sa.Integer, nullable=False),
        sa.UniqueConstraint("corrects", "number"),
        sa.Index("ix_dispatch_series", "series", "queued_at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "delivery",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("dispatch", sa.Integer, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("fields", sa.String),
        sa.Column("edition", sa.Integer),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("dated", sa.BigInteger),
        sa.Column("at", sa.BigInteger),
        sa.Column("answers", sa.BigInteger),
        sa.Column("owner", sa.String),
        sa.Column("says", sa.String),
        sa.UniqueConstraint("dispatch", "key"),
        sa.Index("ix_delivery_state", "dispatch", "state", "at", "id"),
        sa.Index("ix_delivery_owner", "owner", sqlite_where=_OWNED, postgresql_where=_OWNED),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "worker",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "suppression",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("why", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("says", sa.String),
    )
