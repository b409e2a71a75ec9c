"""What sending asks of the world: the outbox, the suppression list, the relay."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sendguard.gate import Sending
from sendguard.send import Delivery, Dispatch, Edition, Letter, Outcome, Reader, Settled, State
from sendguard.send.bounce import Bounce


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How a dispatch stands.

    Attributes:
        dispatch: Which.
        counts: Deliveries by state; a state that none is in may be missing.
        first_sent, last_sent: When the relay took the first and the last of them; None for none.
        next_due: When the next pending one may be tried; None where none is pending.
    """

    dispatch: Dispatch
    counts: Mapping[State, int]
    first_sent: datetime | None = None
    last_sent: datetime | None = None
    next_due: datetime | None = None

    @property
    def total(self) -> int:
        """All deliveries."""
        return sum(self.counts.values())

    def count(self, *states: State) -> int:
        """Deliveries in any of these states."""
        return sum(self.counts.get(state, 0) for state in states)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one delivery, for people."""

    id: int
    reader: Reader
    state: State
    tries: int
    says: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correcting:
    """A correction to be queued.

    Attributes:
        original: The dispatch that it corrects; None for a newsletter that SendGuard did not send.
        correction: The dispatch to queue, and its edition.
        edition: Of the correction.
        repaired: What readers get who are still pending: the original's subject and no apology;
            None where nobody is, or where nothing was queued.
        number: The how-manieth correction of this original it is, from 1: a second one needs a
            person's word, and of two made at once only one is.
        readers: To whom it goes; None for everyone who got the original, less the suppressed.
        only: Keys of those to whom it goes, of all who got the original; None for all of them.
    """

    original: Dispatch | None
    correction: Dispatch
    edition: Edition
    repaired: Edition | None = None
    number: int = 1
    readers: Iterable[Reader] | None = None
    only: Collection[str] | None = field(default=None, repr=False)


class AlreadyQueued(Exception):
    """Somebody else queued it first; nothing was written."""


class StillGoing(Exception):
    """Some of what is to be corrected is being sent, or would be next; nothing was written."""


class Outbox(Protocol):
    """Every delivery, durable. Every method may raise `BadStore`; nothing is half written then."""

    def queue(
        self, dispatch: Dispatch, edition: Edition, readers: Iterable[Reader], sending: Sending
    ) -> Dispatch:
        """Write a campaign, its edition and a row for each reader down, all or nothing.

        A reader whose key is there already is passed over; those on the suppression list are
        written down as suppressed. `readers` is read once, as it comes: it may be a million.

        Returns:
            The dispatch with its number.

        Raises:
            AlreadyQueued: The campaign is in the outbox.
        """
        ...

    def correct(self, correcting: Correcting) -> Dispatch:
        """Queue a correction and move who is still pending to the repaired edition, in one.

        The original is opened again where it is repaired: who was pending gets the repaired edition
        alone. Each delivery of the correction answers (`Delivery.answers`) one of the original.

        Raises:
            AlreadyQueued: There is a correction of that number already, or a campaign of its name.
            StillGoing: Something of the original is `SENDING`, or pending while it is open.
        """
        ...

    def find(self, campaign: str) -> Dispatch | None:
        """The dispatch of a campaign; None where it was not queued."""
        ...

    def corrections(self, campaign: str) -> tuple[Dispatch, ...]:
        """The corrections of a campaign, in order."""
        ...

    def edition(self, digest: str) -> Edition | None:
        """An edition; None where there is none, or a release that differs wrote it."""
        ...

    def progress(self, campaign: str | None = None) -> tuple[Progress, ...]:
        """How one dispatch stands, or all of them, the last one first."""
        ...

    def results(self, dispatch: Dispatch, states: Collection[State] = ()) -> Iterator[Result]:
        """What became of each delivery, in order, in these states or in any; streamed."""
        ...

    def usual_size(self, series: str, before: datetime) -> int | None:
        """The median size of a series' last ten campaigns; None where there are fewer than 3."""
        ...

    # What a worker does, in this order.

    def due(self, now: datetime) -> tuple[Dispatch, ...]:
        """Open dispatches of which something may be leased now: corrections first, then by age."""
        ...

    def recover(self, now: datetime) -> int:
        """Free what workers held that are gone, or whose lease is over; how many are in doubt now.

        What was only leased is free again. What was `SENDING` is `IN_DOUBT`.
        """
        ...

    def lease(
        self, dispatch: Dispatch, worker: str, now: datetime, most: int
    ) -> tuple[Delivery, ...]:
        """Take pending deliveries that are due; no two workers get one. They stay pending.

        Those whose readers are on the suppression list by now are marked so and not handed out.
        An empty answer means that nothing is due now, or the dispatch is not open.
        """
        ...

    def begin(
        self, worker: str, deliveries: Sequence[Delivery], now: datetime
    ) -> tuple[Delivery, ...]:
        """Mark leased deliveries `SENDING`, for good, right before their MAIL FROM.

        Returns:
            Those that still are the worker's and whose dispatch is open, with `dated` and the
            edition as they are now; leave the others alone.
        """
        ...

    def settle(self, worker: str, settled: Sequence[Settled], now: datetime) -> None:
        """Write down what became of what this worker began.

        Where one was called in doubt meanwhile, the worker knows better; others that are not its
        own any more are left alone.
        """
        ...

    def turn(
        self, worker: str, settled: Sequence[Settled], deliveries: Sequence[Delivery], now: datetime
    ) -> tuple[Delivery, ...]:
        """`settle` some and `begin` others in one, for half the work; those that were begun."""
        ...

    def give_back(self, worker: str) -> None:
        """Let go of what was leased and not begun."""
        ...

    # What people do.

    def pause(self, dispatch: Dispatch, why: str) -> None:
        """Begin nothing more of it; what is `SENDING` is settled by its worker."""
        ...

    def resume(self, dispatch: Dispatch) -> None:
        """Go on with it."""
        ...

    def cancel(self, dispatch: Dispatch, why: str) -> int:
        """Give up what is pending, for good; how many those were."""
        ...

    def settle_doubt(self, dispatch: Dispatch, state: State, keys: Collection[str] = ()) -> int:
        """Say what became of those in doubt, of these readers or of all; how many those were.

        `PENDING` sends them again, with the same Message-ID and Date.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """Somebody who gets nothing any more.

    Attributes:
        key: The address, normalised.
        why: `unsubscribed`, `bounced`, `complained` or `listed`.
        at: Since when, in UTC.
        says: More about it, such as the bounce's own words; None for nothing.
    """

    key: str
    why: str
    at: datetime
    says: str | None = None


class Suppressions(Protocol):
    """Who gets nothing any more. Every method may raise `BadStore`."""

    def add(self, suppressed: Iterable[Suppressed]) -> int:
        """Keep them, whole or not at all; how many were not there before."""
        ...

    def bounced(self, bounces: Iterable[Bounce], now: datetime) -> int:
        """Mark the deliveries that came back, and suppress whose mailbox is no more.

        Only what names a delivery counts, by a Message-ID that nobody else can know: anybody may
        write such a report.

        Returns:
            How many deliveries were found.
        """
        ...

    def among(self, keys: Collection[str]) -> frozenset[str]:
        """Those of these people who get nothing any more."""
        ...

    def count(self) -> int:
        """How many there are."""
        ...


class Supply(Protocol):
    """What a relay carries: asked for each next letter, told of each outcome.

    It is used from one event loop, by many connections.
    """

    def take(self) -> Letter | None:
        """The next letter that may go now; None where there is none now, or no more."""
        ...

    def put_back(self, letter: Letter) -> None:
        """Take it back untried: nothing of it was sent."""
        ...

    def settle(self, letter: Letter, outcome: Outcome) -> None:
        """Hear what became of a letter that was taken."""
        ...

    @property
    def is_over(self) -> bool:
        """There will be no more to take."""
        ...

    async def wait(self) -> None:
        """Wait until `take` may have another one, or it is over."""
        ...


class Relay(Protocol):
    """The server that takes outgoing mail."""

    async def carry(self, supply: Supply) -> None:
        """Send what `supply` has until it is over.

        Every letter that was taken is settled or put back when this returns or raises. A
        connection that dies is made anew, after a pause; where none can be made for
        long, that is an error.

        Raises:
            RelayTrouble: No connection can be had: there is no server, the login fails, or the
                connection is not as private as it has to be.
        """
        ...
