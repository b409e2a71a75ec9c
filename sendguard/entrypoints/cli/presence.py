"""Who watches, told from the store."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from sendguard.watch.presence import Presence


def find_presence(engine: "Engine") -> "Presence | None":
    """The process that watches, or did last; None where nobody ever did, or it took its leave.

    Raises:
        BadStore: The database cannot be used.
    """
    from sendguard.adapters.database.locks import find_watcher
    from sendguard.adapters.process import is_gone, told_name
    from sendguard.watch.presence import Presence

    watcher = find_watcher(engine)
    if watcher is None:
        return None
    return Presence(
        name=told_name(watcher.holder),
        since=watcher.since,
        seen=watcher.seen,
        is_gone=is_gone(watcher.holder),
    )
