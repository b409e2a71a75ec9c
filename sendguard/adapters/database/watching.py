"""What the watch keeps in the store, one transaction for each thing that happens."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from sendguard.adapters.database.contents import put_content
from sendguard.adapters.database.engine import reading, writing
from sendguard.adapters.database.moments import (
    State,
    done_after,
    drop_open,
    due_moments,
    mark_along,
    mark_done,
    mark_pending,
    mark_run,
    mark_taken,
    plan_anew,
    plan_likewise,
)
from sendguard.adapters.database.notices import put_notice
from sendguard.adapters.database.runs import put_run
from sendguard.adapters.database.sendings import sent_at
from sendguard.adapters.database.watched import (
    get_standing,
    mark_gone,
    mark_planned,
    planned_now,
    put_standing,
)
from sendguard.gate import Record
from sendguard.ports.watching import Known, Planned, Settled
from sendguard.watch import Moment, Seen, Turn


class SqlMoments:
    """A `ports.Moments` in SQLite or PostgreSQL; what it raises is `BadStore`.

    Args:
        engine: The way to the database.
        holder: Stands for this process, and for no other one.
    """

    def __init__(self, engine: Engine, holder: str) -> None:
        self._engine = engine
        self._holder = holder

    def planned(self) -> Mapping[str, Planned]:
        """What every folder that is there was planned for, by its name."""
        with reading(self._engine) as session:
            return planned_now(session)

    def plan(self, seen: Seen, moments: Sequence[Moment]) -> bool:
        """Plan for what a folder holds; True where that is new or changed."""
        with writing(self._engine) as session:
            is_new = mark_planned(session, seen) != seen.content
            if is_new:
                plan_anew(session, seen.campaign, moments, seen.content)
            else:
                plan_likewise(session, seen.campaign, moments, seen.at)
            return is_new

    def forget(self, campaign: str) -> None:
        """A folder is gone: nothing is to be done about it any more."""
        with writing(self._engine) as session:
            mark_gone(session, campaign)
            drop_open(session, campaign)

    def due(self, now: datetime) -> tuple[Moment, ...]:
        """What is to be done now, also what somebody died over."""
        with reading(self._engine) as session:
            return due_moments(session, now)

    def done_after(self, now: datetime) -> tuple[Moment, ...]:
        """Those that were done before their time."""
        with reading(self._engine) as session:
            return done_after(session, now)

    def make_again(self, moments: Iterable[Moment]) -> None:
        """They are to be done once more, when their time comes."""
        with writing(self._engine) as session:
            mark_pending(session, moments)

    def known(self, campaign: str) -> Known:
        """What was known of a campaign until now."""
        with reading(self._engine) as session:
            return Known(get_standing(session, campaign), sent_at(session, campaign))

    def take(self, turn: Turn) -> bool:
        """Begin a check; False where it is not to be made any more."""
        with writing(self._engine) as session:
            return mark_taken(session, turn.run, self._holder)

    def settle(self, settled: Settled, addresses: Iterable[str]) -> bool:
        """Write down what came of a check, all at once.

        Returns:
            False where it is of no account any more, so that nothing was written: another process
            has taken it, or the campaign was changed meanwhile.
        """
        turn = settled.turn
        with writing(self._engine) as session:
            if not mark_done(session, turn.run, self._holder, turn.late):
                return False
            for moment in turn.along:
                mark_along(session, moment, State.DONE, "")
            for missed in turn.missed:
                mark_along(session, missed.moment, State.MISSED, missed.says)
            if settled.record:
                mark_run(session, turn.moments, _put_record(session, settled.record))
            put_standing(session, settled.standing)
            if settled.notice:
                put_notice(session, settled.notice, addresses)
            return True


def _put_record(session: Session, record: Record) -> int:
    put_content(session, record.checked.campaign, record.at)
    return put_run(session, record)
