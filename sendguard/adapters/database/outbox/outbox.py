"""The outbox, as the rest of the program asks it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Engine

from sendguard.adapters.database.engine import reading
from sendguard.adapters.database.outbox import people, reports, working
from sendguard.adapters.database.outbox.correcting import correct
from sendguard.adapters.database.outbox.dispatches import corrections_of, get_dispatch
from sendguard.adapters.database.outbox.editions import get_edition
from sendguard.adapters.database.outbox.queueing import queue
from sendguard.gate import Sending
from sendguard.ports.sending import Correcting, Progress, Result
from sendguard.send import Delivery, Dispatch, Edition, Reader, Settled, State


class SqlOutbox:
    """A `ports.Outbox` in SQLite or PostgreSQL; what it raises is `BadStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def queue(
        self, dispatch: Dispatch, edition: Edition, readers: Iterable[Reader], sending: Sending
    ) -> Dispatch:
        """Write a campaign, its edition and a row for each reader down, all or nothing."""
        return queue(self._engine, dispatch, edition, readers, sending)

    def correct(self, correcting: Correcting) -> Dispatch:
        """Queue a correction and move who is still pending to the repaired edition, in one."""
        return correct(self._engine, correcting)

    def find(self, campaign: str) -> Dispatch | None:
        """The dispatch of a campaign; None where it was not queued."""
        with reading(self._engine) as session:
            return get_dispatch(session, campaign)

    def corrections(self, campaign: str) -> tuple[Dispatch, ...]:
        """The corrections of a campaign, in order."""
        with reading(self._engine) as session:
            return tuple(corrections_of(session, campaign))

    def edition(self, digest: str) -> Edition | None:
        """An edition; None where there is none, or a release that differs wrote it."""
        with reading(self._engine) as session:
            return get_edition(session, digest)

    def progress(self, campaign: str | None = None) -> tuple[Progress, ...]:
        """How one dispatch stands, or all of them, the last one first."""
        return reports.progress(self._engine, campaign)

    def results(self, dispatch: Dispatch, states: Collection[State] = ()) -> Iterator[Result]:
        """What became of each delivery, in order, in these states or in any; streamed."""
        return reports.results(self._engine, dispatch, states)

    def usual_size(self, series: str, before: datetime) -> int | None:
        """The median size of a series' last ten campaigns; None where there are fewer than 3."""
        return reports.usual_size(self._engine, series, before)

    def recover(self, now: datetime) -> int:
        """Free what workers held that are gone, or whose lease is over; how many are in doubt."""
        return working.recover(self._engine, now)

    def due(self, now: datetime) -> tuple[Dispatch, ...]:
        """Open dispatches of which something may be leased now: corrections first, then by age."""
        return reports.due(self._engine, now)

    def lease(
        self, dispatch: Dispatch, worker: str, now: datetime, most: int
    ) -> tuple[Delivery, ...]:
        """Take pending deliveries that are due; no two workers get one. They stay pending."""
        return working.lease(self._engine, dispatch, worker, now, most)

    def begin(
        self, worker: str, deliveries: Sequence[Delivery], now: datetime
    ) -> tuple[Delivery, ...]:
        """Mark leased deliveries `SENDING`, for good; those that still are the worker's."""
        return working.begin(self._engine, worker, deliveries, now)

    def settle(self, worker: str, settled: Sequence[Settled], now: datetime) -> None:
        """Write down what became of what this worker began."""
        working.settle(self._engine, worker, settled, now)

    def turn(
        self, worker: str, settled: Sequence[Settled], deliveries: Sequence[Delivery], now: datetime
    ) -> tuple[Delivery, ...]:
        """Settle some and begin others, in one; those that were begun."""
        return working.turn(self._engine, worker, settled, deliveries, now)

    def give_back(self, worker: str) -> None:
        """Let go of what was leased and not begun."""
        working.give_back(self._engine, worker)

    def pause(self, dispatch: Dispatch, why: str) -> None:
        """Begin nothing more of it; what is `SENDING` is settled by its worker."""
        people.pause(self._engine, dispatch, why)

    def resume(self, dispatch: Dispatch) -> None:
        """Go on with it."""
        people.resume(self._engine, dispatch)

    def cancel(self, dispatch: Dispatch, why: str) -> int:
        """Give up what is pending, for good; how many those were."""
        return people.cancel(self._engine, dispatch, why)

    def settle_doubt(self, dispatch: Dispatch, state: State, keys: Collection[str] = ()) -> int:
        """Say what became of those in doubt, of these readers or of all; how many those were."""
        return people.settle_doubt(self._engine, dispatch, state, keys)
