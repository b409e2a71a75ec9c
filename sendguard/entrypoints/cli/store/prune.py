"""`sendguard store prune`: old checks are forgotten."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.cli.store.upgrade import NO_STORE
from sendguard.errors import WrongUsage

if TYPE_CHECKING:
    from sqlalchemy import Engine

EXAMPLES = """\b
Examples:
  sendguard store prune
  sendguard store prune --older-than 90d

\b
The last check of each campaign is never forgotten, nor what was sent and when.
Campaigns of the gateway go, with who got them, once nothing passed for so long
and none of their messages is kept; where their first messages take more than
1 GB, the oldest after a week.
`sendguard serve` does the same once a day, by `keep.runs_days` in the settings.
"""


def prune(
    *,
    older_than: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Such as 90d; without it, keep.runs_days days."),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Forget old checks, but never the last one of a campaign."""
    age = _age(older_than)
    obeyed = settings(config)
    if obeyed.database is None:
        say(NO_STORE)
        return
    before = _ago(age or timedelta(days=obeyed.keep.runs_days))
    from contextlib import closing

    from sendguard.adapters.database.store import find_store

    store = find_store(obeyed.database)
    if store is None:
        say("There is no store yet, so there is nothing to forget.")
        return
    with closing(store):
        gone = store.prune(before)
        store.make_room(datetime.now(UTC))
        say(_told(gone, store.engine))


def _age(given: str | None) -> timedelta | None:
    if given is None:
        return None
    from sendguard.config.duration import parse_duration

    try:
        return timedelta(seconds=parse_duration(given))
    except (ValueError, OverflowError) as error:
        raise WrongUsage(f"--older-than: {error}") from error


def _ago(age: timedelta) -> datetime:
    """The instant; the first of all where the calendar does not reach back so far."""
    now = datetime.now(UTC)
    first = datetime.min.replace(tzinfo=UTC)
    return now - age if age < now - first else first


def _told(gone: int, engine: "Engine") -> str:
    from sendguard.adapters.database.upkeep import give_room_back, size_bytes
    from sendguard.report.layout import in_bytes

    checks = "1 check went" if gone == 1 else f"{gone or 'no'} checks went"
    line = f"{checks[0].upper()}{checks[1:]}; the last one of each campaign stays."
    if gone and not give_room_back(engine):
        line += " The room is not given back yet: the store is in use, or its disk is full."
    return f"{line} The store takes {in_bytes(size_bytes(engine))}."
