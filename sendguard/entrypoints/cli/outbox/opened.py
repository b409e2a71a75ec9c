"""The outbox that a command works on, and the campaign that it names."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from sendguard.entrypoints.cli.outbox.bounces import NOTHING_SENT
from sendguard.errors import SendGuardError, WrongUsage
from sendguard.judge.quote import plain

if TYPE_CHECKING:
    from sendguard.adapters.database.store import SqlStore
    from sendguard.config import Config
    from sendguard.ports.sending import Progress


@contextmanager
def opened_store(config: "Config") -> Iterator["SqlStore"]:
    """The store, in which nothing is held any more by a worker that is gone.

    Raises:
        SendGuardError: There is none, so nothing was ever queued.
    """
    from sendguard.adapters.database.store import find_store

    store = find_store(config.database) if config.database else None
    if store is None:
        raise SendGuardError(NOTHING_SENT)
    with closing(store):
        store.outbox.recover(datetime.now(UTC))
        yield store


def find_progress(store: "SqlStore", named: str) -> "Progress":
    """How the campaign stands that is named, by its name or by a path that ends in it.

    Raises:
        WrongUsage: It was never queued.
    """
    for name in dict.fromkeys((named, Path(named).name)):
        if found := store.outbox.progress(name):
            return found[0]
    raise WrongUsage(f"{plain(named)} was never queued; what was, `sendguard outbox list` says")


def command(name: str, campaign: str) -> str:
    """What to call about a campaign, fit to be copied into a shell."""
    return f"sendguard outbox {name} {quote(plain(campaign, 200))}"
