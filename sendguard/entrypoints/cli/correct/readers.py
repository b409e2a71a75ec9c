"""To whom a correction goes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from sendguard.adapters.database.store import SqlStore
from sendguard.entrypoints.cli.correct.order import Order
from sendguard.entrypoints.correcting import Found, Listed, list_readers, only_keys
from sendguard.entrypoints.passed import Passed
from sendguard.send import GOT_IT, Dispatch, Reader
from sendguard.send.audience import own_columns
from sendguard.send.audience_size import HeadCount

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """To whom it goes: who got a dispatch, or stands in a file, or got a copy through the gateway.

    Less those who left since.

    Attributes:
        columns: Names of the merge fields.
        dispatch: Whose readers; None for those of a file.
        listed: The file, or the campaign that passed the gateway; None for a dispatch.
        store: Has the dispatch, and who left.
        only: Keys of those of them whom it goes to; None for all.
        count: How many.
        gone: How many it would go to, had they not left.
    """

    columns: tuple[str, ...]
    dispatch: Dispatch | None
    listed: Listed | Passed | None
    store: SqlStore
    only: frozenset[str] | None
    count: int = 0
    gone: int = 0

    def each(self) -> Iterator[Reader]:
        """The readers, as they come."""
        for reader, is_gone in self._every():
            if not is_gone:
                yield reader

    def rows(self) -> Iterator[Sequence[str]]:
        """A table of them, its head first; it has the address once."""
        has_email, own = "email" in self.columns, own_columns(self.columns)
        yield self.columns[:own] if has_email else ("email", *self.columns)
        for reader in self.each():
            yield reader.fields[:own] if has_email else (reader.address, *reader.fields)

    @property
    def left_out(self) -> Iterable[str]:
        """What is to be told of those whom it cannot go to."""
        return self.listed.told if self.listed else ()

    def counted(self) -> "Readers":
        """The same, gone through once."""
        gone = 0

        def staying() -> Iterator[str]:
            nonlocal gone
            for reader, is_gone in self._every():
                if is_gone:
                    gone += 1
                else:
                    yield reader.key

        return replace(self, count=HeadCount.of(staying()).people, gone=gone)

    def _every(self) -> Iterator[tuple[Reader, bool]]:
        """Each with whether he left."""
        left = self._got_it()
        while some := list(islice(left, _AT_ONCE)):
            gone = self.store.suppressions.among([one.key for one in some])
            yield from ((one, one.key in gone) for one in some)

    def _got_it(self) -> Iterator[Reader]:
        if self.listed is not None:
            yield from self.listed.readers(self.only)
        elif self.dispatch is not None:
            for result in self.store.outbox.results(self.dispatch, GOT_IT):
                if self.only is None or result.reader.key in self.only:
                    yield result.reader


def readers_of(found: Found, order: Order, store: SqlStore) -> Readers | None:
    """To whom a correction goes; None where nobody knows."""
    only = only_keys(str(order.clicked)) if order.clicked else None
    dispatch = found.original.dispatch
    listed = found.passed or _listed(found, order, only)
    columns = dispatch.columns if dispatch else listed.columns if listed else None
    if columns is None:
        return None
    readers = Readers(columns=columns, dispatch=dispatch, listed=listed, store=store, only=only)
    return readers.counted()


def _listed(found: Found, order: Order, only: frozenset[str] | None) -> Listed | None:
    file = None if found.original.dispatch else _file(found, order)
    return list_readers(str(file), only) if file else None


def _file(found: Found, order: Order) -> Path | None:
    if order.audience is not None:
        return order.audience
    named = found.original.campaign.brief.audience
    return found.folder / named if named and found.folder else None
