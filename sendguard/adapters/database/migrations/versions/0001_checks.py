"""The first form: what was checked, what was found, what was sent."""

import sqlalchemy as sa
from alembic import op

from sendguard.adapters.database.instant import Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "content",
        sa.Column("campaign", sa.String, primary_key=True),
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("letter", sa.String, nullable=False, index=True),
        sa.Column("series", sa.String),
        sa.Column("subject", sa.String),
        sa.Column("send_at", Instant),
        sa.Column("first_seen", Instant, nullable=False),
        sa.Column("files", sa.LargeBinary, nullable=False),
        sa.Index("ix_content_series", "series", "campaign", "digest"),
        sa.Index("ix_content_first_seen", "campaign", "first_seen"),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("campaign", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("at", Instant, nullable=False, index=True),
        sa.Column("decision", sa.String, nullable=False),
        sa.Column("says", sa.String, nullable=False),
        sa.Column("occasion", sa.String, nullable=False),
        sa.Column("evidence", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["campaign", "digest"], ["content.campaign", "content.digest"]),
        sa.Index("ix_run_campaign_digest", "campaign", "digest"),
        sa.Index("ix_run_campaign", "campaign", "id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "run",
            sa.Integer,
            sa.ForeignKey("run.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("severity", sa.String, nullable=False),
        sa.Column("link", sa.String),
        sa.Column("place", sa.String),
        sa.Column("says", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("approved_by", sa.String),
        sa.Column("approved_because", sa.String),
        sa.Column("approved_until", sa.Date),
    )
    op.create_table(
        "sending",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("campaign", sa.String, nullable=False, index=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("letter", sa.String, nullable=False, index=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("subject", sa.String),
    )
