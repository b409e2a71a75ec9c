"""`sendguard outbox list`: how everything stands that was queued."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sendguard.entrypoints.cli.options import ConfigFile, Format, InFormat
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings

if TYPE_CHECKING:
    from sendguard.config import Config
    from sendguard.ports.sending import Progress

EXAMPLES = """\b
Examples:
  sendguard outbox list
  sendguard outbox list --format json

\b
The last campaign comes first. Exit code 0 where it could be told, whatever it
is; 4 where the settings or the store cannot be used.
"""


def listing(
    *,
    format: InFormat = Format.TEXT,  # noqa: A002 - the option's name
    config: ConfigFile = None,
) -> None:
    """Say how every campaign stands that was queued."""
    every = _every(settings(config))
    from sendguard.entrypoints.cli.outbox.document import outbox_as_json
    from sendguard.entrypoints.cli.outbox.told import told_outbox

    now = datetime.now(UTC)
    say(outbox_as_json(every, now) if format is Format.JSON else told_outbox(every, now))


def _every(config: "Config") -> "tuple[Progress, ...]":
    from contextlib import closing

    from sendguard.adapters.database.store import find_store

    store = find_store(config.database) if config.database else None
    if store is None:
        return ()
    with closing(store):
        store.outbox.recover(datetime.now(UTC))
        return store.outbox.progress()
