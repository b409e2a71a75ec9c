"""`sendguard outbox export`: what became of each message, as a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import say_each, write_whole
from sendguard.entrypoints.cli.settings import settings
from sendguard.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sendguard.ports.sending import Result
    from sendguard.send import State

EXAMPLES = """\b
Examples:
  sendguard outbox export navigator-42 --output navigator-42.csv
  sendguard outbox export navigator-42 --state refused --state in-doubt

\b
CSV in UTF-8 with the columns email, state, tries, answer and time (UTC). A cell
that a spreadsheet would take for a formula has an apostrophe before it.
States: pending, sending, sent, refused, in-doubt, suppressed, cancelled.
"""
COLUMNS = ("email", "state", "tries", "answer", "time")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(
    *,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Its name.")],
    state: Annotated[
        list[str] | None, typer.Option(metavar="STATE", help="Only these; may be repeated.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it here instead.")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Write down what became of each message."""
    wanted = [_state(name) for name in state or ()]
    obeyed = settings(config)
    from sendguard.entrypoints.cli.outbox.opened import find_progress, opened_store

    with opened_store(obeyed) as store:
        dispatch = find_progress(store, campaign).dispatch
        lines = as_csv(store.outbox.results(dispatch, wanted))
        if output is None:
            say_each(lines)
        else:
            write_whole(output, lines)


def _state(name: str) -> "State":
    from sendguard.send import State

    try:
        return State(name)
    except ValueError as error:
        raise WrongUsage(f"--state {name!r} is none of {', '.join(State)}") from error


def as_csv(results: "Iterable[Result]") -> "Iterator[str]":
    """The table, line by line, each with its line end."""
    import csv
    from io import StringIO

    line = StringIO()
    write = csv.writer(line, lineterminator="\n").writerow
    for cells in _rows(results):
        line.seek(0)
        line.truncate()
        write(map(_harmless, cells))
        yield line.getvalue()


def _rows(results: "Iterable[Result]") -> "Iterator[tuple[str, ...]]":
    yield COLUMNS
    for one in results:
        time = f"{one.at:%Y-%m-%dT%H:%M:%SZ}" if one.at else ""
        yield one.reader.address, one.state.value, str(one.tries), one.says or "", time


def _harmless(cell: str) -> str:
    """The cell so that no spreadsheet runs it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
