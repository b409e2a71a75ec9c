"""The second form: what is watched, who watches, and what people are to be told."""

import sqlalchemy as sa
from alembic import op

from sendguard.adapters.database.instant import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "watched",
        sa.Column("campaign", sa.String, primary_key=True),
        sa.Column("content", sa.String),
        sa.Column("send_at", Instant),
        sa.Column("standing", sa.LargeBinary),
    )
    op.create_table(
        "moment",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("campaign", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("offset_s", sa.Float, nullable=False),
        sa.Column("due", Instant, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("holder", sa.String),
        sa.Column("run", sa.Integer),
        sa.Column("note", sa.String),
        sa.UniqueConstraint("campaign", "content", "name"),
        sa.Index("ix_moment_state_due", "state", "due"),
    )
    op.create_table(
        "watcher",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("seen", Instant, nullable=False),
        sa.Column("beat", sa.Integer, nullable=False),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("address_digest", sa.String, nullable=False),
        sa.Column("campaign", sa.String, nullable=False, index=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("due", Instant, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("last_error", sa.String),
        sa.Index("ix_notice_address_digest_state", "address_digest", "state"),
    )
