"""The table of notices: one row for each notice and address, until it got through."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import Engine, Index, Update, or_
from sqlmodel import Field, Session, SQLModel, col, delete, select, update

from sendguard.adapters.database.engine import reading, writing
from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.once import changed, insert_once
from sendguard.adapters.database.storable import storable
from sendguard.judge.quote import plain
from sendguard.ports.telling import DueNotice, UntoldNotice
from sendguard.watch import Verdict
from sendguard.watch.address import digest_of
from sendguard.watch.notice import LONGEST_BODY, Notice
from sendguard.watch.retry import LONGEST_PAUSE

MOST_AT_ONCE = 100
MOST_SHOWN = 100


class State(StrEnum):
    """How far a notice has come."""

    PENDING = "pending"
    SENDING = "sending"
    TOLD = "told"
    GIVEN_UP = "given up"
    OVERTAKEN = "overtaken"  # a later notice about the campaign says how it stands now


_WAITING = (State.PENDING, State.SENDING)
_NOT_TOLD = (*_WAITING, State.GIVEN_UP)


class NoticeRow(SQLModel, table=True):
    """One notice to one address. A table class checks nothing it is given."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_address_digest_state", "address_digest", "state"),)

    id: str = Field(primary_key=True)
    address_digest: str
    campaign: str = Field(index=True)
    title: str
    body: str
    made_at: datetime = Field(sa_type=Instant)
    due: datetime = Field(sa_type=Instant)
    tries: int
    state: str
    last_error: str | None = None
    decision: str | None = None

    @classmethod
    def of(cls, notice: Notice, address: str) -> "NoticeRow":
        """Write a notice down; the address is a secret, and is not."""
        to = digest_of(address)
        return cls(
            id=_id(notice, to),
            address_digest=to,
            campaign=storable(notice.campaign),
            title=storable(notice.title),
            body=_lines(notice.body),
            made_at=notice.at,
            due=notice.at,
            tries=0,
            state=State.PENDING,
            decision=notice.decision,
        )

    def value(self) -> DueNotice:
        """The notice, to be told now."""
        return DueNotice(
            id=self.id,
            to=self.address_digest,
            campaign=self.campaign,
            title=self.title,
            body=self.body,
            tries=self.tries,
            decision=Verdict(self.decision) if self.decision else None,
        )

    def trouble(self) -> UntoldNotice:
        """The notice, and why it did not get through."""
        return UntoldNotice(
            to=self.address_digest,
            campaign=self.campaign,
            title=self.title,
            made_at=self.made_at,
            tries=self.tries,
            why=self.last_error or "",
            again_at=None if self.state == State.GIVEN_UP else self.due,
        )


def put_notice(session: Session, notice: Notice, addresses: Iterable[str]) -> None:
    """Write down that every address is to be told; what it was not told before is overtaken."""
    for address in addresses:
        row = NoticeRow.of(notice, address)
        id_, to, campaign = row.id, row.address_digest, row.campaign
        if not insert_once(session, row):
            continue
        session.execute(
            _not_told(campaign)
            .where(col(NoticeRow.address_digest) == to, col(NoticeRow.id) != id_)
            .values(state=State.OVERTAKEN)
        )


def overtake(session: Session, campaign: str) -> None:
    """What people were not told of a campaign yet is not so any more."""
    session.execute(_not_told(campaign).values(state=State.OVERTAKEN))


def put_end(session: Session, notice: Notice, addresses: Iterable[str]) -> None:
    """Write down that what people were told of a campaign is over; others need not hear of it."""
    last = {row.address_digest: row.decision for row in _told(session, notice.campaign)}
    to = [one for one in addresses if last.get(digest_of(one), Verdict.PASS) != Verdict.PASS]
    put_notice(session, notice, to)


def delete_notices(session: Session, before: datetime) -> None:
    """Delete what is older and waits no more."""
    done = col(NoticeRow.state).not_in(_WAITING)
    session.execute(delete(NoticeRow).where(col(NoticeRow.made_at) < before, done))


class SqlNotices:
    """A `ports.Notices` in SQLite or PostgreSQL; what it raises is `BadStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, notice: Notice, addresses: Iterable[str]) -> None:
        """Write down that every address is to be told."""
        with writing(self._engine) as session:
            put_notice(session, notice, addresses)

    def due(self, to: str, now: datetime) -> tuple[DueNotice, ...]:
        """What that address is to be told now: what was tried least first, then the oldest."""
        # Nothing is put off so long: the clock was set back.
        is_due = or_(col(NoticeRow.due) <= now, col(NoticeRow.due) > now + LONGEST_PAUSE)
        waiting = col(NoticeRow.state).in_(_WAITING)
        order = (col(NoticeRow.tries), col(NoticeRow.made_at), col(NoticeRow.id))
        wanted = select(NoticeRow).where(col(NoticeRow.address_digest) == to, waiting, is_due)
        with reading(self._engine) as session:
            rows = session.scalars(wanted.order_by(*order).limit(MOST_AT_ONCE))
            return tuple(row.value() for row in rows.all())

    def begin(self, notice: DueNotice, until: datetime) -> bool:
        """Mark it as being on its way, and count the try; False where another was faster."""
        same = (col(NoticeRow.id) == notice.id, col(NoticeRow.tries) == notice.tries)
        waiting = col(NoticeRow.state).in_(_WAITING)
        mark = update(NoticeRow).where(*same, waiting)
        with writing(self._engine) as session:
            marked = session.execute(
                mark.values(state=State.SENDING, tries=notice.tries + 1, due=until)
            )
            return changed(marked) == 1

    def told(self, notice: DueNotice) -> None:
        """It got through, even if it was overtaken meanwhile."""
        with writing(self._engine) as session:
            session.execute(
                update(NoticeRow)
                .where(col(NoticeRow.id) == notice.id)
                .values(state=State.TOLD, last_error=None)
            )

    def failed(self, notice: DueNotice, why: str, again_at: datetime) -> None:
        """It did not; what else waits for that address and is due by then waits as long."""
        with writing(self._engine) as session:
            session.execute(
                _on_its_way(notice).values(
                    state=State.PENDING, last_error=storable(why), due=again_at
                )
            )
            session.execute(
                update(NoticeRow)
                .where(col(NoticeRow.address_digest) == notice.to)
                .where(col(NoticeRow.state) == State.PENDING, col(NoticeRow.due) < again_at)
                .values(due=again_at)
            )

    def give_up(self, notice: DueNotice, why: str) -> None:
        """It did not, and is not tried any more."""
        with writing(self._engine) as session:
            session.execute(
                _on_its_way(notice).values(state=State.GIVEN_UP, last_error=storable(why))
            )

    def drop_others(self, to: Iterable[str]) -> int:
        """Drop what waits for any address but these; how many notices that were."""
        others = col(NoticeRow.address_digest).not_in(list(to))
        waiting = col(NoticeRow.state).in_(_WAITING)
        with writing(self._engine) as session:
            return changed(session.execute(delete(NoticeRow).where(others, waiting)))

    def untold(self) -> tuple[UntoldNotice, ...]:
        """What was tried in vain, the newest first."""
        vain = (col(NoticeRow.state).in_(_NOT_TOLD), col(NoticeRow.last_error).is_not(None))
        newest = col(NoticeRow.made_at).desc()
        with reading(self._engine) as session:
            rows = session.scalars(
                select(NoticeRow).where(*vain).order_by(newest).limit(MOST_SHOWN)
            )
            return tuple(row.trouble() for row in rows)


def _not_told(campaign: str) -> Update:
    of_it = col(NoticeRow.campaign) == campaign
    return update(NoticeRow).where(of_it, col(NoticeRow.state).in_(_NOT_TOLD))


def _told(session: Session, campaign: str) -> Iterable[NoticeRow]:
    """What got through, or is on its way, as far as anybody knows; in order."""
    of_it = (col(NoticeRow.campaign) == campaign, col(NoticeRow.tries) > 0)
    no_trouble = col(NoticeRow.last_error).is_(None)
    return session.exec(
        select(NoticeRow).where(*of_it, no_trouble).order_by(col(NoticeRow.made_at))
    )


def _on_its_way(notice: DueNotice) -> Update:
    same, going = col(NoticeRow.id) == notice.id, col(NoticeRow.state) == State.SENDING
    return update(NoticeRow).where(same, going)


def _id(notice: Notice, to: str) -> str:
    """The same for the same, so that a notice which is put twice is told once."""
    parts = (notice.campaign, notice.content, notice.decision, notice.was, notice.at, to)
    return sha256("\0".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()


def _lines(body: str) -> str:
    return "\n".join(plain(line, LONGEST_BODY) for line in body[:LONGEST_BODY].split("\n"))
