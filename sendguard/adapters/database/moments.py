"""The table of moments: each check that is due or was, and what became of it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Index, UniqueConstraint, Update, and_, delete, or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.once import changed, insert_once
from sendguard.adapters.database.storable import storable
from sendguard.adapters.database.watched import WatchedRow
from sendguard.watch import Kind, Moment


class State(StrEnum):
    """How far a moment has come."""

    PENDING = "pending"
    TAKEN = "taken"  # a check is under way, or whoever made it died over it
    DONE = "done"
    MISSED = "missed"
    SUPERSEDED = "superseded"  # the campaign was changed or taken away before


OPEN = (State.PENDING, State.TAKEN)


class MomentRow(SQLModel, table=True):
    """One moment. A table class checks nothing it is given."""

    __tablename__ = "moment"
    __table_args__ = (
        UniqueConstraint("campaign", "content", "name"),
        Index("ix_moment_state_due", "state", "due"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign: str
    content: str
    name: str
    kind: str
    offset_s: float
    due: datetime = Field(sa_type=Instant)
    state: str = State.PENDING
    holder: str | None = None
    run: int | None = None
    note: str | None = None

    @classmethod
    def of(cls, moment: Moment) -> "MomentRow":
        """Write a moment down that is still to come."""
        return cls(
            campaign=storable(moment.campaign),
            content=moment.content,
            name=moment.name,
            kind=moment.kind,
            offset_s=moment.offset_s,
            due=moment.due,
        )

    def value(self) -> Moment:
        """The moment."""
        return Moment(
            campaign=self.campaign,
            content=self.content,
            kind=Kind(self.kind),
            offset_s=self.offset_s,
            due=self.due,
        )


def plan_anew(session: Session, campaign: str, moments: Collection[Moment], content: str) -> None:
    """Put these in the place of all that was planned for the campaign before."""
    drop_open(session, campaign)
    same = _of(campaign) & (col(MomentRow.content) == content)
    session.execute(delete(MomentRow).where(same))
    for moment in moments:
        insert_once(session, MomentRow.of(moment))


def plan_likewise(
    session: Session, campaign: str, moments: Collection[Moment], now: datetime
) -> None:
    """Of the content that is known already, plan those around the send as they are wanted now.

    What is due already, or was, stays as it is.
    """
    wanted = [one for one in moments if one.kind is not Kind.NOTICED]
    names = [one.name for one in wanted]
    ahead = (col(MomentRow.due) > now) & (col(MomentRow.kind) != Kind.NOTICED)
    unwanted = _open(campaign).where(ahead, col(MomentRow.name).not_in(names))
    session.execute(unwanted.values(state=State.SUPERSEDED))
    for moment in wanted:
        insert_once(session, MomentRow.of(moment))


def drop_open(session: Session, campaign: str) -> None:
    """Whatever is planned for a campaign is not to be done any more."""
    session.execute(_open(campaign).values(state=State.SUPERSEDED))


def due_moments(session: Session, now: datetime) -> tuple[Moment, ...]:
    """What is to be done now, soonest first, also what somebody died over.

    A folder that was noticed by a clock that has been set back since is due all the same.
    """
    is_due = or_(col(MomentRow.due) <= now, col(MomentRow.kind) == Kind.NOTICED)
    wanted = select(MomentRow).where(col(MomentRow.state).in_(OPEN), is_due, _is_current())
    return tuple(row.value() for row in session.exec(wanted.order_by(col(MomentRow.due))))


def next_moments(session: Session, most: int) -> tuple[Moment, ...]:
    """What is still to be done, soonest first, whether it is due or not."""
    wanted = select(MomentRow).where(col(MomentRow.state).in_(OPEN), _is_current())
    soonest = wanted.order_by(col(MomentRow.due), col(MomentRow.id)).limit(most)
    return tuple(row.value() for row in session.exec(soonest))


def done_after(session: Session, now: datetime) -> tuple[Moment, ...]:
    """Those whose time is still to come, though they were done."""
    done = col(MomentRow.state).in_((State.DONE, State.MISSED))
    wanted = select(MomentRow).where(done, col(MomentRow.due) > now, _is_current())
    return tuple(row.value() for row in session.exec(wanted))


def mark_pending(session: Session, moments: Iterable[Moment]) -> None:
    """They are to be done once more."""
    for moment in moments:
        again = update(MomentRow).where(_is(moment))
        session.execute(again.values(state=State.PENDING, holder=None, run=None, note=None))


def mark_taken(session: Session, moment: Moment, holder: str) -> bool:
    """A check is begun; False where it is not to be made any more."""
    free = update(MomentRow).where(_is(moment), col(MomentRow.state).in_(OPEN))
    return changed(session.execute(free.values(state=State.TAKEN, holder=holder))) == 1


def mark_done(session: Session, moment: Moment, holder: str, note: str) -> bool:
    """A check was made by whoever took it; False where that is somebody else by now."""
    mine = (col(MomentRow.state) == State.TAKEN) & (col(MomentRow.holder) == holder)
    done = update(MomentRow).where(_is(moment), mine)
    return changed(session.execute(done.values(state=State.DONE, note=note or None))) == 1


def mark_along(session: Session, moment: Moment, state: State, note: str) -> None:
    """The check of another moment stood in for it."""
    is_open = update(MomentRow).where(_is(moment), col(MomentRow.state).in_(OPEN))
    session.execute(is_open.values(state=state, note=note or None))


def mark_run(session: Session, moments: Iterable[Moment], run: int) -> None:
    """Write down which check it was."""
    for moment in moments:
        session.execute(update(MomentRow).where(_is(moment)).values(run=run))


def delete_moments(session: Session, before: datetime) -> None:
    """Delete what is older and waits no more."""
    closed = col(MomentRow.state).not_in(OPEN)
    session.execute(delete(MomentRow).where(closed, col(MomentRow.due) < before))


def _of(campaign: str) -> ColumnElement[bool]:
    return col(MomentRow.campaign) == storable(campaign)


def _open(campaign: str) -> Update:
    return update(MomentRow).where(_of(campaign), col(MomentRow.state).in_(OPEN))


def _is(moment: Moment) -> ColumnElement[bool]:
    same = (col(MomentRow.content) == moment.content, col(MomentRow.name) == moment.name)
    return and_(_of(moment.campaign), *same)


def _is_current() -> ColumnElement[bool]:
    """It belongs to what its folder holds now."""
    now = (WatchedRow.campaign == MomentRow.campaign, WatchedRow.content == MomentRow.content)
    return select(WatchedRow).where(*now).exists()
