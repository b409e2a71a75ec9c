"""The table of what went out."""

from datetime import datetime

from sqlalchemy import case, func, or_
from sqlmodel import Field, Session, SQLModel, col, select

from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.storable import storable
from sendguard.gate import Sending


class SendingRow(SQLModel, table=True):
    """A newsletter went out. A table class checks nothing it is given."""

    __tablename__ = "sending"

    id: int | None = Field(default=None, primary_key=True)
    campaign: str = Field(index=True)
    digest: str
    letter: str = Field(index=True)
    at: datetime = Field(sa_type=Instant)
    subject: str | None

    @classmethod
    def of(cls, sending: Sending) -> "SendingRow":
        """Write it down."""
        return cls(
            campaign=storable(sending.campaign),
            digest=sending.digest,
            letter=sending.letter,
            at=sending.at,
            subject=storable(sending.subject),
        )

    def value(self, times: int = 1) -> Sending:
        """What went out, and how many sendings are known with it."""
        return Sending(
            campaign=self.campaign,
            digest=self.digest,
            letter=self.letter,
            at=self.at,
            subject=self.subject,
            times=times,
        )


def put_sending(session: Session, sending: Sending) -> None:
    """Write down that a newsletter went out."""
    session.add(SendingRow.of(sending))


def last_sending(session: Session, campaign: str, letter: str) -> Sending | None:
    """When the campaign, or another with the very same letter, went out last; None for never.

    The very same letter counts before another one of the same campaign.
    """
    same_letter = col(SendingRow.letter) == letter
    same = or_(col(SendingRow.campaign) == storable(campaign), same_letter)
    first = case((same_letter, 0), else_=1)
    latest = (first, col(SendingRow.at).desc(), col(SendingRow.id).desc())
    row = session.scalars(select(SendingRow).where(same).order_by(*latest).limit(1)).first()
    count = select(func.count()).select_from(SendingRow).where(same)
    return row.value(session.exec(count).one()) if row else None


def take_back_sending(session: Session, campaign: str) -> Sending | None:
    """Delete what was written down last of a campaign, and tell what; None where nothing was."""
    same = col(SendingRow.campaign) == storable(campaign)
    last = select(SendingRow).where(same).order_by(col(SendingRow.id).desc()).limit(1)
    row = session.exec(last).first()
    if row is None:
        return None
    sending = row.value()
    session.delete(row)
    return sending


def sent_at(session: Session, campaign: str) -> datetime | None:
    """When a campaign of this name went out last; None for never."""
    same = col(SendingRow.campaign) == storable(campaign)
    latest = (col(SendingRow.at).desc(), col(SendingRow.id).desc())
    return session.exec(select(SendingRow.at).where(same).order_by(*latest).limit(1)).first()
