"""The fifth form: campaigns of other programs, who got them, and the messages that are kept."""

import sqlalchemy as sa
from alembic import op

from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.versions import VERSIONS

revision = "0005"
down_revision = VERSIONS[VERSIONS.index(revision) - 1]

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OWNED = sa.text("owner IS NOT NULL")
_IS_DOUBTFUL = sa.text("state = 'in-doubt'")
_IS_DUE = sa.text("state = 'due'")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "stream",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("fingerprint", sa.String, nullable=False, unique=True),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("nth", sa.Integer, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("standing", sa.String, nullable=False, index=True),
        sa.Column("ruled_at", Instant, nullable=False),
        sa.Column("says", sa.String),
        sa.Column("record", sa.Integer),
        sa.Column("by", sa.String),
        sa.Column("repairs", sa.String, nullable=False),
        sa.Column("earlier", sa.String, nullable=False),
        sa.Column("repaired_by", sa.String),
        sa.Column("shared", sa.String, nullable=False),
        sa.Column("personal", sa.String, nullable=False),
        sa.Column("changed_at", Instant, nullable=False, index=True),
        sa.Column("checker", sa.String),
        sa.Column("checked_until", Instant),
        sa.Column("refused", sa.Integer, nullable=False),
        sa.Column("put_off", sa.Integer, nullable=False),
        sa.Column("first", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("key", "nth"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stream_sample",
        sa.Column("stream", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("envelope", sa.String, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "passage",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("stream", sa.Integer, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger),
        sa.Column("owner", sa.String),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("message_id", sa.String),
        sa.Column("parts", sa.String),
        sa.Column("repaired", sa.String),
        sa.UniqueConstraint("stream", "key"),
        sa.Index("ix_passage_owner", "owner", sqlite_where=_OWNED, postgresql_where=_OWNED),
        sa.Index(
            "ix_passage_doubt", "stream", sqlite_where=_IS_DOUBTFUL, postgresql_where=_IS_DOUBTFUL
        ),
    )
    op.create_table(
        "held",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("stream", sa.Integer),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("owner", sa.String),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("says", sa.String),
        sa.Column("envelope", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Index("ix_held_stream", "stream", "state"),
        sa.Index("ix_held_due", "due", "id", sqlite_where=_IS_DUE, postgresql_where=_IS_DUE),
        sa.Index("ix_held_digest", "stream", "digest", unique=True),
        sa.Index("ix_held_owner", "owner", sqlite_where=_OWNED, postgresql_where=_OWNED),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "held_body",
        sa.Column("held", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "keeper",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("trouble", sa.String),
    )
    op.add_column("notice", sa.Column("decision", sa.String))
