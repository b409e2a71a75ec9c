"""`sendguard show`: a check that was kept is told again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.check import Format, tell
from sendguard.entrypoints.cli.named import campaign_named, number_named
from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.errors import SendGuardError, WrongUsage

if TYPE_CHECKING:
    from sendguard.adapters.database.store import SqlStore
    from sendguard.gate import Kept

EXAMPLES = """\b
Examples:
  sendguard show navigator-42
  sendguard show navigator-42 --list
  sendguard show 17 --format html --output report.html

\b
A campaign is named by its folder, also one that is gone. The exit code is 0
when the check could be told, whatever it had found.
"""
_GATEWAY = "gateway"
_CAME_THROUGH = (
    "it came through the gateway: how it stands, and all that can be done about it, is told by "
    "sendguard gateway show {}"
)
NOTHING_KEPT = "nothing is kept, because `database` is null in the settings"


def show(
    *,
    check: Annotated[
        str, typer.Argument(metavar="CAMPAIGN|NUMBER", help="Its last check, or this one.")
    ],
    listed: Annotated[
        bool, typer.Option("--list", help="List the campaign's checks, the last one first.")
    ] = False,
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option(help="How to say what was found.")
    ] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report here instead.")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Tell a check again that was kept."""
    if listed and (format is not Format.TEXT or output):
        raise WrongUsage("--list stands alone: leave --format and --output out")
    database = settings(config).database
    if database is None:
        raise SendGuardError(NOTHING_KEPT)
    with _opened(database) as store:
        if listed:
            say("\n".join(map(_in_a_line, _checks(store, check))))
        else:
            _tell(store, _wanted(store, check), format, output)


@contextmanager
def _opened(database: str) -> Iterator["SqlStore"]:
    from sendguard.adapters.database.store import find_store

    store = find_store(database)
    if store is None:
        raise SendGuardError("no check is kept yet: there is no store")
    try:
        yield store
    finally:
        store.close()


def _wanted(store: "SqlStore", named: str) -> "Kept":
    """The check of this number, or the campaign's last one; a folder of that name comes first."""
    number = number_named(named)
    if number is None:
        return _checks(store, named)[0]
    kept = store.kept(number)
    if kept is None:
        raise SendGuardError(
            f"no check has the number {number}: list those of a campaign with --list"
        )
    return kept


def _checks(store: "SqlStore", named: str) -> "tuple[Kept, ...]":
    from sendguard.judge.quote import plain

    kept = store.runs(campaign_named(named))
    if not kept:
        raise SendGuardError(f"no check of {plain(named)} is kept")
    return kept


def _in_a_line(kept: "Kept") -> str:
    from sendguard.report.layout import LONG, plain

    occasion = f"  {plain(kept.occasion):<12}"
    return f"{kept.id:>6}  {kept.at:%Y-%m-%d %H:%M} UTC{occasion}  {plain(kept.says, LONG)}"


def _tell(store: "SqlStore", kept: "Kept", form: Format, output: Path | None) -> None:
    from sendguard.report.layout import LONG, plain

    record = store.record(kept.id)
    if record is None and (form is not Format.TEXT or output):
        raise SendGuardError(f"{_heading(kept)}: another release kept it, only its line is left")
    if record is None:
        say(f"{_heading(kept)}, kept by another release:\n{plain(kept.says, LONG)}")
        return
    if form is Format.TEXT and output is None:
        say(f"{_heading(kept)}:\n")
    else:
        complain(_heading(kept))
    tell(record.run, form, output)
    if kept.occasion == _GATEWAY:
        complain(_CAME_THROUGH.format(plain(kept.campaign)))


def _heading(kept: "Kept") -> str:
    from sendguard.gate import BY_HAND
    from sendguard.report.layout import plain
    from sendguard.watch import told_instant

    why = "" if kept.occasion == BY_HAND else f", {plain(kept.occasion)}"
    return f"Check {kept.id} of {plain(kept.campaign)}, made on {told_instant(kept.at)}{why}"
