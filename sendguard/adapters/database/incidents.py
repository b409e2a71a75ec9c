"""The table of incidents."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, text
from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from sendguard.adapters.database.engine import reading, writing
from sendguard.adapters.database.evidence import packed, unpacked
from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.storable import storable
from sendguard.errors import BadStore
from sendguard.incident import Incident
from sendguard.ports.incidents import Change

# There are a few in a year: whoever writes one waits for whoever else does.
_ONE_AT_A_TIME = text("LOCK TABLE incident IN SHARE ROW EXCLUSIVE MODE")


class IncidentRow(SQLModel, table=True):
    """A mistake that went out. A table class checks nothing it is given."""

    __tablename__ = "incident"

    id: int | None = Field(default=None, primary_key=True)
    campaign: str = Field(index=True)
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(sa_type=Instant)
    evidence: bytes

    @classmethod
    def of(cls, incident: Incident) -> "IncidentRow":
        """Write it down."""
        return cls(
            campaign=storable(incident.campaign),
            opened_at=incident.opened_at,
            closed_at=incident.closed_at,
            evidence=packed(incident),
        )

    def value(self) -> Incident:
        """What it was.

        Raises:
            BadStore: A release that differs wrote it.
        """
        incident = unpacked(Incident, self.evidence)
        if incident is None:
            raise BadStore(f"incident {self.id} was kept by another release: it cannot be read")
        return replace(incident, id=self.id or 0)

    @property
    def is_readable(self) -> bool:
        """Did this release write it, or one like it?"""
        return unpacked(Incident, self.evidence) is not None

    def become(self, incident: Incident) -> None:
        """Write down what it is now; whose it is and when it was begun stays."""
        self.closed_at = incident.closed_at
        self.evidence = packed(incident)


class SqlIncidents:
    """A `ports.Incidents` in SQLite or PostgreSQL; what it raises is `BadStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open_or_update(self, campaign: str, at: datetime, change: Change) -> Incident:
        """Change the open incident of a campaign; where there is none, a new one."""
        with writing(self._engine) as session:
            _wait_for_others(session)
            row = session.exec(_newest(campaign).where(_is_open())).first()
            # One that cannot be read keeps nobody from putting a mistake right.
            if row is not None and row.is_readable:
                return _changed(session, row, change)
            return _put(session, IncidentRow.of(change(Incident.begun(campaign, at))))

    def update(self, number: int, change: Change) -> Incident | None:
        """Change one, closed or not; None where there is none of that number."""
        with writing(self._engine) as session:
            _wait_for_others(session)
            row = session.get(IncidentRow, number)
            return _changed(session, row, change) if row else None

    def of_campaign(self, campaign: str) -> Incident | None:
        """The last incident of a campaign; None where it has none."""
        return self._first(_newest(campaign))

    def numbered(self, number: int) -> Incident | None:
        """The incident of that number; None for none."""
        return self._first(select(IncidentRow).where(col(IncidentRow.id) == number))

    def latest(self, most: int) -> tuple[Incident, ...]:
        """So many at most, the last one first; those of another release are left out."""
        wanted = select(IncidentRow).order_by(col(IncidentRow.id).desc()).limit(most)
        with reading(self._engine) as session:
            return tuple(row.value() for row in session.exec(wanted) if row.is_readable)

    def still_open(self) -> tuple[Incident, ...]:
        """Those that people are not done with, the last one first."""
        wanted = select(IncidentRow).where(_is_open()).order_by(col(IncidentRow.id).desc())
        with reading(self._engine) as session:
            return tuple(row.value() for row in session.exec(wanted) if row.is_readable)

    def _first(self, wanted: SelectOfScalar[IncidentRow]) -> Incident | None:
        with reading(self._engine) as session:
            row = session.exec(wanted).first()
            return row.value() if row else None


def _newest(campaign: str) -> SelectOfScalar[IncidentRow]:
    same = col(IncidentRow.campaign) == storable(campaign)
    return select(IncidentRow).where(same).order_by(col(IncidentRow.id).desc()).limit(1)


def _is_open() -> ColumnElement[bool]:
    return col(IncidentRow.closed_at).is_(None)


def _wait_for_others(session: Session) -> None:
    # SQLite has one writer at a time as it is.
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(_ONE_AT_A_TIME)


def _changed(session: Session, row: IncidentRow, change: Change) -> Incident:
    row.become(change(row.value()))
    return _put(session, row)


def _put(session: Session, row: IncidentRow) -> Incident:
    session.add(row)
    session.flush()
    return row.value()
