"""The table of dispatches: each campaign that was queued."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, Update, update
from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.once import insert_once
from sendguard.adapters.database.outbox.editions import EditionRow
from sendguard.adapters.database.storable import storable
from sendguard.send import Dispatch, Going


class DispatchRow(SQLModel, table=True):
    """One campaign that was queued. A table class checks nothing it is given.

    Attributes:
        columns: A JSON array.
        number: The how-manieth correction of what it corrects; None for no correction.
        size: How many deliveries it had when it was queued.
    """

    __tablename__ = "dispatch"
    __table_args__ = (
        UniqueConstraint("corrects", "number"),
        Index("ix_dispatch_series", "series", "queued_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign: str = Field(unique=True)
    series: str | None
    path: str
    edition: int = Field(foreign_key="edition.id")
    columns: str
    key: str
    queued_at: datetime = Field(sa_type=Instant)
    going: str
    why: str | None
    corrects: str | None
    number: int | None
    size: int

    @classmethod
    def of(cls, dispatch: Dispatch, edition: int, number: int | None) -> "DispatchRow":
        """Write a dispatch down, with the number of its edition."""
        return cls(
            campaign=storable(dispatch.campaign),
            series=storable(dispatch.series),
            path=storable(dispatch.path),
            edition=edition,
            columns=json.dumps(dispatch.columns),
            key=dispatch.key,
            queued_at=dispatch.queued_at,
            going=dispatch.going,
            why=storable(dispatch.why),
            corrects=storable(dispatch.corrects),
            number=number if dispatch.corrects else None,
            size=0,
        )

    def value(self, edition: str) -> Dispatch:
        """The dispatch, whose edition has this digest."""
        return Dispatch(
            campaign=self.campaign,
            series=self.series,
            path=self.path,
            edition=edition,
            columns=tuple(json.loads(self.columns)),
            key=self.key,
            queued_at=self.queued_at,
            going=Going(self.going),
            why=self.why,
            corrects=self.corrects,
            id=self.id or 0,
        )


def put_dispatch(
    session: Session, dispatch: Dispatch, edition: int, number: int | None = None
) -> Dispatch | None:
    """Write a dispatch down; None where its name, or that number of correction, is taken."""
    is_new = insert_once(session, DispatchRow.of(dispatch, edition, number))
    return get_dispatch(session, dispatch.campaign) if is_new else None


def get_dispatch(session: Session, campaign: str) -> Dispatch | None:
    """The dispatch of a campaign; None where there is none."""
    same = col(DispatchRow.campaign) == storable(campaign)
    return next(iter(_values(session, _all().where(same))), None)


def dispatches(session: Session) -> Sequence[Dispatch]:
    """All of them, the last one first."""
    return _values(session, _all().order_by(col(DispatchRow.id).desc()))


def corrections_of(session: Session, campaign: str) -> Sequence[Dispatch]:
    """The corrections of a campaign, in order."""
    same = col(DispatchRow.corrects) == storable(campaign)
    return _values(session, _all().where(same).order_by(col(DispatchRow.number)))


def hold_dispatch(session: Session, dispatch: Dispatch) -> Going:
    """How it goes, which nobody else changes until this transaction is over."""
    same = select(DispatchRow.going).where(col(DispatchRow.id) == dispatch.id)
    return Going(session.exec(same.with_for_update()).one())


def change_dispatch(dispatch: Dispatch) -> Update:
    """A change of this one alone."""
    return update(DispatchRow).where(col(DispatchRow.id) == dispatch.id)


def open_again(session: Session, dispatch: Dispatch) -> None:
    """Go on with it where it was paused; what was cancelled stays so."""
    paused = change_dispatch(dispatch).where(col(DispatchRow.going) == Going.PAUSED)
    session.execute(paused.values(going=Going.OPEN, why=None))


def sizes(session: Session, series: str, before: datetime, most: int) -> Sequence[int]:
    """How large the last campaigns of a series were; corrections do not count."""
    earlier = col(DispatchRow.queued_at) < before
    wanted = select(DispatchRow.size).where(col(DispatchRow.series) == storable(series), earlier)
    last = wanted.where(col(DispatchRow.corrects).is_(None))
    return session.exec(last.order_by(col(DispatchRow.queued_at).desc()).limit(most)).all()


def _all() -> Any:  # noqa: ANN401 - a select of two tables has no name that mypy knows
    of_edition = col(EditionRow.id) == DispatchRow.edition
    return select(DispatchRow, EditionRow.digest).join(EditionRow, of_edition)


def _values(session: Session, wanted: "SelectOfScalar[Any]") -> Sequence[Dispatch]:
    return [row.value(digest) for row, digest in session.exec(wanted)]
