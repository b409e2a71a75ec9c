"""How campaigns stand, inside of the transaction that rests on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from sendguard.adapters.database.outbox.statement import batches, execute, marks
from sendguard.gateway import HeldState, Standing
from sendguard.gateway.stream import GOES_OUT

_STANDINGS = "SELECT fingerprint, id, standing FROM stream WHERE fingerprint IN "
# Whoever decides waits until what rests on this is written, and then sees it.
_STAY_SO = " ORDER BY id FOR SHARE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A campaign's number in the store, and how it stands."""

    stream: int
    standing: Standing

    @property
    def goes_out(self) -> bool:
        """Whether its messages may."""
        return self.standing in GOES_OUT

    @property
    def is_discarded(self) -> bool:
        """Whether nothing of it is kept."""
        return self.standing is Standing.DISCARDED

    def state_of(self, wanted: HeldState) -> HeldState:
        """As which a message is kept that is to be kept so."""
        if wanted not in {HeldState.HELD, HeldState.DUE}:
            return wanted
        return HeldState.DUE if self.goes_out else HeldState.HELD


NO_CAMPAIGN = Known(stream=0, standing=Standing.PASSED)
"""Stands for that of a message that belongs to none: it may go."""


def hold_standings(
    connection: Connection, fingerprints: Iterable[str | None]
) -> Mapping[str | None, Known]:
    """Those that are there; they stay so until the transaction is over."""
    names = sorted({name for name in fingerprints if name is not None})
    known: dict[str | None, Known] = {None: NO_CAMPAIGN}
    for some in batches(names):
        rows = execute(connection, _STANDINGS + marks(some) + _STAY_SO, tuple(some))
        for name, stream, standing in rows:
            known[name] = Known(stream=stream, standing=Standing(standing))
    return known
