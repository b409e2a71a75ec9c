"""`sendguard gateway approve`: a named person lets a campaign out."""

from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.options import ConfigFile, Fingerprint, Yes
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.cli.words import words

if TYPE_CHECKING:
    from sendguard.gateway import Stream

EXAMPLES = """\b
Examples:
  sendguard gateway approve 3f9a2c71d0e4 --by "Ada Lovelace" \\
    --because "The page is renamed at noon, the editor of the site says"

\b
What is kept of it goes out, and what comes in from now on passes, whatever a
check says. It asks first. To take that back: `sendguard gateway recheck`.
"""


def approve(
    *,
    campaign: Fingerprint,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who lets it out.")],
    because: Annotated[str, typer.Option(metavar="REASON", help="Why.")],
    yes: Yes = False,
    config: ConfigFile = None,
) -> None:
    """Let a campaign out as it is."""
    from sendguard.judge.approval import LONGEST_NAME, LONGEST_REASON

    who = words("--by", by, LONGEST_NAME)
    why = words("--because", because, LONGEST_REASON)
    obeyed = settings(config)
    from sendguard.entrypoints.cli.gateway.opened import decide, find_stream, opened_store
    from sendguard.entrypoints.cli.gateway.served import why_not_served
    from sendguard.entrypoints.cli.gateway.told import kept, messages, named, readers
    from sendguard.entrypoints.cli.gateway.wrong import may_go_out
    from sendguard.gateway import Standing
    from sendguard.gateway.notice import told_refused
    from sendguard.gateway.stream import GOES_OUT
    from sendguard.send import State

    with opened_store(obeyed) as store:
        stream = find_stream(store, campaign)
        tally = store.ledger.tally(stream.fingerprint)
        waiting, gone = kept(tally), tally.passed.get(State.CANCELLED, 0)
        question = None if stream.standing in GOES_OUT else _question(stream, waiting)
        if not may_go_out(stream, yes=yes, question=question):
            complain("nothing was changed")
            raise typer.Exit(NOT_PASSED)
        decide(store, stream, Standing.APPROVED, (who, why), obeyed.notify)
    say(f"{named(stream)} is approved by {who}: {why}.")
    if waiting:
        one = waiting == 1
        say(f"{messages(waiting)} that {'was' if one else 'were'} kept may go out now.")
    say("What comes in from now on passes.")
    if tally.refused:
        say(told_refused(tally.refused))
    if gone and stream.standing is Standing.DISCARDED:
        complain(
            f"what was discarded is gone for good: {readers(gone)} will get nothing, unless the "
            "sender sends it again"
        )
    if waiting and (says := why_not_served(obeyed)):
        complain(says)


def _question(stream: "Stream", waiting: int) -> str:
    from sendguard.entrypoints.cli.gateway.told import messages, named, told_standing

    goes = "What comes in from now on goes out as it is"
    if waiting:
        goes = f"{messages(waiting)} and what still comes go out as they are"
    return f"{named(stream)} {told_standing(stream)}. {goes}. Let it out?"
