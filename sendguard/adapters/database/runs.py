"""The tables of runs and of what each found."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row, ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col

from sendguard.adapters.database.contents import ContentRow
from sendguard.adapters.database.evidence import Evidence, packed, record_of
from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.storable import storable
from sendguard.gate import Kept, Record
from sendguard.judge.finding import Finding
from sendguard.values import Decision


class RunRow(SQLModel, table=True):
    """One check of one campaign. A table class checks nothing it is given."""

    __tablename__ = "run"
    __table_args__ = (
        ForeignKeyConstraint(["campaign", "digest"], ["content.campaign", "content.digest"]),
        Index("ix_run_campaign_digest", "campaign", "digest"),
        Index("ix_run_campaign", "campaign", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign: str
    digest: str
    at: datetime = Field(sa_type=Instant, index=True)
    decision: str
    says: str
    occasion: str
    evidence: bytes

    @classmethod
    def of(cls, record: Record) -> "RunRow":
        """Write a check down."""
        campaign = record.checked.campaign
        return cls(
            campaign=storable(campaign.id or ""),
            digest=campaign.digest,
            at=record.at,
            decision=record.checked.decision,
            says=storable(record.says),
            occasion=record.occasion,
            evidence=packed(Evidence.of(record)),
        )


class FindingRow(SQLModel, table=True):
    """One finding of a check, with the approval that it had then."""

    __tablename__ = "finding"

    id: int | None = Field(default=None, primary_key=True)
    run: int = Field(foreign_key="run.id", ondelete="CASCADE", index=True)
    code: str
    name: str
    severity: str
    link: str | None
    place: str | None
    says: str
    fingerprint: str
    approved_by: str | None
    approved_because: str | None
    approved_until: date | None

    @classmethod
    def of(cls, run: int, found: Finding) -> "FindingRow":
        """Write a finding down."""
        word = found.approved
        return cls(
            run=run,
            code=found.code,
            name=found.name,
            severity=found.severity,
            link=found.link,
            place=storable(str(found.place)) if found.place else None,
            says=storable(found.says),
            fingerprint=found.fingerprint,
            approved_by=storable(word.by) if word else None,
            approved_because=storable(word.because) if word else None,
            approved_until=word.until if word else None,
        )


# The evidence of a thousand checks is some ten megabytes.
_WITHOUT_EVIDENCE = (
    *(col(RunRow.id), col(RunRow.campaign), col(RunRow.digest), col(RunRow.at)),
    *(col(RunRow.decision), col(RunRow.says), col(RunRow.occasion)),
)


def put_run(session: Session, record: Record) -> int:
    """Write a check and its findings down; its number."""
    row = RunRow.of(record)
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101 - the database gave it
    session.add_all(FindingRow.of(row.id, found) for found in record.checked.all_findings)
    return row.id


def get_record(session: Session, id_: int) -> Record | None:
    """A check with its evidence; None where it is gone, or another release wrote it otherwise."""
    row = session.get(RunRow, id_)
    content = row and session.get(ContentRow, (row.campaign, row.digest))
    return record_of(content.files, row.evidence) if row and content else None


def kept_runs(session: Session, campaign: str | None, most: int) -> tuple[Kept, ...]:
    """The latest checks, the last one first: of one campaign, or of each the very last."""
    wanted = select(*_WITHOUT_EVIDENCE)
    if campaign is None:
        wanted = wanted.where(col(RunRow.id).in_(last_ids()))
    else:
        wanted = wanted.where(col(RunRow.campaign) == storable(campaign))
    rows = session.execute(wanted.order_by(col(RunRow.id).desc()).limit(most))
    return tuple(map(_kept, rows))


def kept_run(session: Session, id_: int) -> Kept | None:
    """The check of this number; None where it is gone."""
    row = session.execute(select(*_WITHOUT_EVIDENCE).where(col(RunRow.id) == id_)).first()
    return _kept(row) if row else None


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        id=row.id,
        campaign=row.campaign,
        digest=row.digest,
        at=row.at,
        decision=Decision(row.decision),
        says=row.says,
        occasion=row.occasion,
    )


def last_ids() -> Select[Any]:
    """The number of the last check of each campaign."""
    return select(func.max(RunRow.id)).group_by(col(RunRow.campaign))


def last_id(campaign: str) -> ScalarSelect[int]:
    """The number of the last check of that campaign, a column of the query around it.

    Where only some campaigns are of interest, this is quicker than to look through `last_ids`.
    """
    run = aliased(RunRow)
    return select(func.max(run.id)).where(col(run.campaign) == campaign).scalar_subquery()
