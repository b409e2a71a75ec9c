"""Who got which campaign, and what is kept, as the rest of the program asks for it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine

from sendguard.adapters.database.engine import reading
from sendguard.adapters.database.gateway import keepers, numbers, releasing
from sendguard.adapters.database.gateway.again import again
from sendguard.adapters.database.gateway.doubts import settle_doubt
from sendguard.adapters.database.gateway.writing import write
from sendguard.gateway import Ended, Held, Passage
from sendguard.ports.gateway import Entries, Tally
from sendguard.send import State


class SqlLedger:
    """A `ports.gateway.Ledger` in SQLite or PostgreSQL; what it raises is `BadStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, entries: Entries) -> frozenset[str]:
        """Write it down in one transaction; the campaigns of which something was not written."""
        return again(lambda: write(self._engine, entries))

    def take(self, holder: str, now: datetime, most: int, most_bytes: int) -> tuple[Held, ...]:
        """Messages that are due, which are `SENDING` from now on, and ours; due longest first."""
        return again(lambda: releasing.take(self._engine, holder, now, most, most_bytes))

    def settle(self, holder: str, ended: Sequence[Ended]) -> None:
        """Write down what became of messages that this holder took, all in one transaction."""
        again(lambda: releasing.settle(self._engine, holder, ended))

    def settle_doubt(
        self, fingerprint: str | None, state: State, now: datetime, key: str | None = None
    ) -> int:
        """A person says what became of all that is in doubt, of one campaign or of all."""
        return again(lambda: settle_doubt(self._engine, fingerprint, state, now, key))

    def keep_alive(self, holder: str, until: datetime, trouble: str | None = None) -> None:
        """This process lives, and what it took is its own until then (10 minutes at most)."""
        keepers.keep_alive(self._engine, holder, until, trouble)

    def trouble(self, now: datetime) -> str | None:
        """Why mail does not go on by a process that is there; None where it does, or none is."""
        with reading(self._engine) as session:
            return keepers.at_work(session.connection(), now)[1]

    def recover(self, now: datetime) -> int:
        """What a process was sending that is believed dead is in doubt; how many messages."""
        return again(lambda: keepers.recover(self._engine, now))

    def held_count(self) -> int:
        """How many messages are kept."""
        return numbers.held_count(self._engine)

    def next_due(self) -> datetime | None:
        """When `take` may find another message; a past time for at once, None for never."""
        return numbers.next_due(self._engine)

    def held(self, fingerprint: str | None, most: int) -> Iterator[Held]:
        """The messages of a campaign, or of all, in order, without their bodies' bytes."""
        return numbers.held(self._engine, fingerprint, most)

    def tally(self, fingerprint: str) -> Tally:
        """How many of a campaign stand how."""
        return numbers.tally(self._engine, fingerprint)

    def reached(self, fingerprint: str, states: Collection[State]) -> Mapping[str | None, int]:
        """How many in these states there are, by the repairs in what went on."""
        return numbers.reached(self._engine, fingerprint, states)

    def passages(self, fingerprint: str, states: Collection[State]) -> Iterator[Passage]:
        """Those of a campaign in these states, in order."""
        return numbers.passages(self._engine, fingerprint, states)
