"""What came through the gateway, for a command, and the campaign that it names."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sendguard.errors import SendGuardError, WrongUsage
from sendguard.judge.quote import plain

if TYPE_CHECKING:
    from sendguard.adapters.database.store import SqlStore
    from sendguard.config import Config
    from sendguard.gateway import Ruling, Stream

NOTHING_CAME = "nothing came through the gateway yet: there is no store"
CHANGED = "it was decided otherwise a moment ago, so nothing was changed: look again"
FEWEST_DIGITS = 6


@contextmanager
def opened_store(config: "Config") -> Iterator["SqlStore"]:
    """The store, in which nothing is on its way any more from a process that is gone.

    Raises:
        SendGuardError: There is none, so nothing ever came.
    """
    from sendguard.adapters.database.store import find_store

    store = find_store(config.database) if config.database else None
    if store is None:
        raise SendGuardError(NOTHING_CAME)
    with closing(store):
        store.ledger.recover(datetime.now(UTC))
        yield store


def find_stream(store: "SqlStore", named: str) -> "Stream":
    """The campaign of that fingerprint, or of one that begins so.

    Raises:
        WrongUsage: There is none, or there are several.
    """
    name = named.strip().lower()
    stream = store.streams.find(name) if len(name) >= FEWEST_DIGITS else None
    if stream is None:
        raise WrongUsage(
            f"{plain(named)} names no campaign that came through the gateway, or several: "
            f"{FEWEST_DIGITS} digits of its fingerprint at least; `sendguard gateway list` has them"
        )
    return stream


def decided(
    store: "SqlStore", stream: "Stream", ruling: "Ruling", addresses: "Iterable[str]"
) -> bool:
    """Decide, and have those hear of it who were told otherwise; False where it changed."""
    from sendguard.gateway.notice import notice_of

    notice = notice_of(stream, ruling, store.ledger.tally(stream.fingerprint).numbers)
    expected = {stream.standing}
    return store.streams.rule(stream.fingerprint, ruling, expected, notice, tuple(addresses))


def command(name: str, fingerprint: str) -> str:
    """What to call about a campaign."""
    return f"sendguard gateway {name} {fingerprint}"
