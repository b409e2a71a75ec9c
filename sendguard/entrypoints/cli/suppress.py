"""`sendguard suppress`: people who get nothing any more."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.exits import COULD_NOT_WORK
from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.errors import SendGuardError, Unreadable

if TYPE_CHECKING:
    from sendguard.flows.suppress import Listed
    from sendguard.send.audience import LeftOut

EXAMPLES = """\b
Examples:
  sendguard suppress left.csv --why unsubscribed
  echo ada@example.org | sendguard suppress -

\b
FILE has one address on each line, or is a CSV with a column called email;
- reads standard input. A line that is no address is told, and suppresses
nobody: the others are suppressed, and the exit code is 4. Whoever is on the
list already stays on it as they are; what is queued for them is not sent.
"""
NOT_SUPPRESSED = "no address and NOT suppressed: whoever it means still gets mail"
NOTHING_KEPT = "`database` is null in the settings: nothing is kept, no suppression list either"


class Why(StrEnum):
    """Why somebody gets nothing any more."""

    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    LISTED = "listed"


def suppress(
    *,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The addresses; or -.")],
    why: Annotated[Why, typer.Option(help="Why they get nothing any more.")] = Why.LISTED,
    config: ConfigFile = None,
) -> None:
    """Write no more to the people in a file."""
    database = settings(config).database
    if database is None:
        raise SendGuardError(NOTHING_KEPT)
    from contextlib import closing

    from sendguard.adapters.audience import open_lines
    from sendguard.adapters.database.store import open_store
    from sendguard.entrypoints.checking import told_made
    from sendguard.flows.suppress import suppress as flow
    from sendguard.send.audience import LeftOut, read_audience

    left_out = LeftOut()
    with open_lines(file) as lines:
        readers = left_out.sift(read_audience(lines, file).rows)
        with closing(open_store(database, lambda made: complain(told_made(made)))) as store:
            listed = flow(readers, why, datetime.now(UTC), store.suppressions)
            count = store.suppressions.count()
    for line in left_out.told(file, NOT_SUPPRESSED):
        complain(line)
    say(_told(file, listed, count, left_out))
    if left_out.count:
        raise typer.Exit(COULD_NOT_WORK)


def _told(file: str, listed: "Listed", count: int, left_out: "LeftOut") -> str:
    """What was done, in a line.

    Raises:
        Unreadable: There is no address in the file.
    """
    if not listed.read:
        lines = f"none of its {left_out.count:,} lines" if left_out.count > 1 else "nothing in it"
        raise Unreadable(f"{file}: {lines} is an address, so nobody was suppressed")
    read = "1 address" if listed.read == 1 else f"{listed.read:,} addresses"
    has = "1 address" if count == 1 else f"{count:,} addresses"
    return f"Read {read}: {listed.new:,} new on the suppression list, which has {has} now."
