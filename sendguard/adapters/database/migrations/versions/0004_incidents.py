"""The fourth form: the mistakes that went out, and what is known of them."""

import sqlalchemy as sa
from alembic import op

from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.versions import VERSIONS

revision = "0004"
down_revision = VERSIONS[VERSIONS.index(revision) - 1]


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("campaign", sa.String, nullable=False, index=True),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("closed_at", Instant),
        sa.Column("evidence", sa.LargeBinary, nullable=False),
    )
