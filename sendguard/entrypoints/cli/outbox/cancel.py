"""`sendguard outbox cancel`: what is not sent of a campaign is given up for good."""

from typing import Annotated

import typer

from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.options import ConfigFile, Yes
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings

EXAMPLES = """\b
Examples:
  sendguard outbox cancel navigator-42
  sendguard outbox cancel navigator-42 --yes --because "the event is off"

\b
What is sent stays sent, and what is in doubt stays so. There is no way back:
to stop for a while, use `sendguard outbox pause`.
"""


def cancel(
    *,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Its name.")],
    yes: Yes = False,
    because: Annotated[
        str, typer.Option(metavar="REASON", help="Why, for whoever looks.")
    ] = "somebody cancelled it",
    config: ConfigFile = None,
) -> None:
    """Give up what is not sent yet of a campaign, for good."""
    obeyed = settings(config)
    from sendguard.entrypoints.cli.ask import agrees
    from sendguard.entrypoints.cli.ended import told_progress
    from sendguard.entrypoints.cli.outbox.opened import find_progress, opened_store
    from sendguard.judge.quote import plain
    from sendguard.send import State

    with opened_store(obeyed) as store:
        progress = find_progress(store, campaign)
        waiting = progress.count(State.PENDING, State.SENDING)
        if not waiting:
            say(f"{told_progress(progress)}\nNothing of it is left to cancel.")
            return
        if not (yes or agrees(f"{told_progress(progress)}. Give up what waits, for good?")):
            complain("nothing was cancelled")
            raise typer.Exit(NOT_PASSED)
        count = store.outbox.cancel(progress.dispatch, plain(because, 300))
        now = find_progress(store, campaign)
        on_their_way = now.count(State.SENDING)
    more = f" {on_their_way:,} were on their way and still go out." if on_their_way else ""
    say(f"{told_progress(now)}\nCancelled: {count:,} are not sent any more.{more}")
