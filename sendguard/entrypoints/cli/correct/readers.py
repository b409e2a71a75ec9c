"""To whom a correction goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sendguard.adapters.database.store import SqlStore
from sendguard.entrypoints.cli.correct.order import Order
from sendguard.entrypoints.correcting import Found, Listed, list_readers, only_keys
from sendguard.ports.sending import Outbox
from sendguard.send import GOT_IT, Dispatch, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """To whom it goes: those who got a dispatch, or those in a file.

    Attributes:
        columns: Names of the merge fields.
        dispatch: Whose readers; None for those of a file.
        listed: The file; None for a dispatch.
        outbox: Has the dispatch.
        only: Keys of those of them whom it goes to; None for all.
        count: How many, the suppressed ones still among them.
    """

    columns: tuple[str, ...]
    dispatch: Dispatch | None
    listed: Listed | None
    outbox: Outbox
    only: frozenset[str] | None
    count: int

    def each(self) -> Iterator[Reader]:
        """The readers, as they come."""
        if self.listed is not None:
            yield from self.listed.readers(self.only)
        elif self.dispatch is not None:
            for result in self.outbox.results(self.dispatch, GOT_IT):
                if self.only is None or result.reader.key in self.only:
                    yield result.reader

    def rows(self) -> Iterator[Sequence[str]]:
        """A table of them, its head first."""
        has_email = "email" in self.columns
        yield self.columns if has_email else ("email", *self.columns)
        for reader in self.each():
            yield reader.fields if has_email else (reader.address, *reader.fields)


def readers_of(found: Found, order: Order, store: SqlStore) -> Readers | None:
    """To whom a correction goes; None where nobody knows."""
    only = only_keys(str(order.clicked)) if order.clicked else None
    dispatch = found.original.dispatch
    if dispatch is not None:
        (progress,) = store.outbox.progress(dispatch.campaign)
        return _counted(
            Readers(
                columns=dispatch.columns,
                dispatch=dispatch,
                listed=None,
                outbox=store.outbox,
                only=only,
                count=progress.count(*GOT_IT),
            )
        )
    file = _file(found, order)
    if file is None:
        return None
    listed = list_readers(str(file), only)
    return Readers(
        columns=listed.columns,
        dispatch=None,
        listed=listed,
        outbox=store.outbox,
        only=only,
        count=listed.count,
    )


def _counted(readers: Readers) -> Readers:
    """With the number of those who clicked, where it goes to them alone."""
    if readers.only is None:
        return readers
    from dataclasses import replace

    return replace(readers, count=sum(1 for _ in readers.each()))


def _file(found: Found, order: Order) -> Path | None:
    if order.audience is not None:
        return order.audience
    named = found.original.campaign.brief.audience
    return found.folder / named if named and found.folder else None
