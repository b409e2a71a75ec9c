"""`sendguard status`: the next checks, the last decisions, what waits for a person."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from sendguard.entrypoints.cli.options import ConfigFile, Format, InFormat
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings

if TYPE_CHECKING:
    from datetime import datetime

    from sendguard.config import Config
    from sendguard.flows.survey import Surveyed
    from sendguard.gate import CouldNotRead
    from sendguard.watch.status import Remembered, Status

EXAMPLES = """\b
Examples:
  sendguard status
  sendguard status --format json

\b
Nothing is checked, made or changed. Exit code 0 where it could be told,
whatever it is; 4 where the settings or the store cannot be used.
"""
NOTHING_KEPT = "Nothing is kept, because `database` is null in the settings."
NO_STORE = (
    "Nothing was checked yet: the first `sendguard check` of a campaign folder begins a store."
)


def status(
    *,
    config: ConfigFile = None,
    format: InFormat = Format.TEXT,  # noqa: A002 - the option's name
) -> None:
    """Say what is checked next, what was decided last, and what waits for a person."""
    obeyed = settings(config)
    known = replace(_status(obeyed), keeps=obeyed.database is not None)
    from sendguard.watch.status import status_as_json, status_as_text

    say(status_as_json(known) if format is Format.JSON else status_as_text(known))


def _status(config: "Config") -> "Status":
    from sendguard.adapters.clock import SystemClock
    from sendguard.adapters.files import passed_over_in
    from sendguard.errors import Unreadable
    from sendguard.flows.overview import overview
    from sendguard.watch.status import Remembered

    now = SystemClock().now()
    remembered = _remembered(config.database, config.notify, now) if config.database else None
    why_none = None if remembered else (NO_STORE if config.database else NOTHING_KEPT)
    known = remembered or Remembered()
    try:
        bare = passed_over_in(config.campaigns)
        surveyed = _surveyed(config.campaigns)
        told = overview(surveyed, known, now, store=why_none)
        return replace(told, passed_over=bare)
    except Unreadable as error:
        folder = f"No campaigns are known: {error}."
        return overview((), known, now, store=why_none, folder=folder)


def _remembered(database: str, addresses: Iterable[str], now: "datetime") -> "Remembered | None":
    from sendguard.adapters.database.overview import remembered
    from sendguard.adapters.database.store import find_store
    from sendguard.entrypoints.cli.presence import find_presence

    store = find_store(database)
    if store is None:
        return None
    with closing(store):
        return remembered(store.engine, find_presence(store.engine), addresses, now=now)


def _surveyed(campaigns: str) -> "Iterator[tuple[str, Surveyed | CouldNotRead]]":
    from sendguard.adapters.corrected_folder import is_correction
    from sendguard.adapters.files import campaigns_in, open_path
    from sendguard.flows.survey import survey

    # Corrections are checked and sent by `sendguard correct`: nobody has to look after them.
    paths = [path for path in campaigns_in(campaigns) if not is_correction(Path(path))]
    yield from zip((PurePath(path).name for path in paths), survey(paths, open_path), strict=True)
