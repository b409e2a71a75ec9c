"""`sendguard gateway discard`: none of a campaign goes out."""

from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.options import ConfigFile, Fingerprint, Yes
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.cli.words import words

if TYPE_CHECKING:
    from sendguard.ports.gateway import Tally

EXAMPLES = """\b
Examples:
  sendguard gateway discard 3f9a2c71d0e4 --by Ada --because "It is sent anew, mended"

\b
What is kept of it is deleted, for good, and what comes in from now on is not
taken. Who has it keeps it, and what is in doubt stays so.
"""


def discard(
    *,
    campaign: Fingerprint,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who says so.")],
    because: Annotated[str, typer.Option(metavar="REASON", help="Why.")],
    yes: Yes = False,
    config: ConfigFile = None,
) -> None:
    """Delete what is kept of a campaign, and take no more of it."""
    from sendguard.judge.approval import LONGEST_NAME, LONGEST_REASON

    who = words("--by", by, LONGEST_NAME)
    why = words("--because", because, LONGEST_REASON)
    obeyed = settings(config)
    from sendguard.entrypoints.cli.ask import agrees
    from sendguard.entrypoints.cli.gateway.opened import decide, find_stream, opened_store
    from sendguard.entrypoints.cli.gateway.told import named, told_counts
    from sendguard.gateway import Standing

    with opened_store(obeyed) as store:
        stream = find_stream(store, campaign)
        loss = _loss(store.ledger.tally(stream.fingerprint))
        if not (yes or agrees(f"{named(stream)}: {loss}. Discard it, for good?")):
            complain("nothing was discarded")
            raise typer.Exit(NOT_PASSED)
        decide(store, stream, Standing.DISCARDED, (who, why), obeyed.notify)
        now = told_counts(store.ledger.tally(stream.fingerprint))
    say(f"{named(stream)} is discarded by {who}: {why}.\n  {loss}. Now: {now}.")
    say("What still comes in of it is not taken. To send it, send it anew, mended.")


def _loss(tally: "Tally") -> str:
    """Who gets nothing, and who has it already."""
    from sendguard.entrypoints.cli.gateway.told import kept, messages, readers
    from sendguard.send import State

    waiting, sent = tally.passed.get(State.PENDING, 0), tally.passed.get(State.SENT, 0)
    told = "nothing of it is kept"
    if left := kept(tally):
        are = "is" if left == 1 else "are"
        told = f"{messages(left)} {are} deleted, and {readers(waiting)} will get nothing of it"
    has = "has" if sent == 1 else "have"
    return f"{told}; {readers(sent)} {has} it already" if sent else told
