"""The table of contents: each campaign as it was whenever its files had changed."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, Session, SQLModel

from sendguard.adapters.database.evidence import packed, unpacked
from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.once import insert_once
from sendguard.adapters.database.storable import storable
from sendguard.read import Campaign


class ContentRow(SQLModel, table=True):
    """One row. A table class checks nothing it is given: build it from a value."""

    __tablename__ = "content"
    # Each row is longer than a page: what looks for an issue among many reads the indices alone.
    __table_args__ = (
        Index("ix_content_series", "series", "campaign", "digest"),
        Index("ix_content_first_seen", "campaign", "first_seen"),
    )

    campaign: str = Field(primary_key=True)
    digest: str = Field(primary_key=True)
    letter: str = Field(index=True)
    series: str | None
    subject: str | None
    send_at: datetime | None = Field(sa_type=Instant)
    first_seen: datetime = Field(sa_type=Instant)
    files: bytes

    @classmethod
    def of(cls, campaign: Campaign, first_seen: datetime) -> "ContentRow":
        """Write a campaign down."""
        return cls(
            campaign=storable(campaign.id or ""),
            digest=campaign.digest,
            letter=campaign.letter,
            series=storable(campaign.brief.series),
            subject=storable(campaign.subject),
            send_at=campaign.brief.send_at,
            first_seen=first_seen,
            files=packed(campaign),
        )

    def value(self) -> Campaign | None:
        """The campaign; None where another release wrote it otherwise."""
        return unpacked(Campaign, self.files)


def put_content(session: Session, campaign: Campaign, at: datetime) -> None:
    """Write a campaign down, unless it is there as it is."""
    insert_once(session, ContentRow.of(campaign, at))


def get_content(session: Session, campaign: str, digest: str) -> Campaign | None:
    """A campaign as it was; None where there is none, or none that can be read."""
    row = session.get(ContentRow, (campaign, digest))
    return row.value() if row else None
