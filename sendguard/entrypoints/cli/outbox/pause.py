"""`sendguard outbox pause`: nothing more of a campaign is sent, for now."""

from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings

if TYPE_CHECKING:
    from sendguard.ports.sending import Progress

EXAMPLES = """\b
Examples:
  sendguard outbox pause navigator-42
  sendguard outbox pause navigator-42 --because "the prices are wrong"

\b
Whatever sends it, here or on another computer, begins nothing more of it; what
is on its way, at most a hundred messages, still goes out.
"""


def pause(
    *,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Its name.")],
    because: Annotated[
        str, typer.Option(metavar="REASON", help="Why, for whoever looks.")
    ] = "somebody paused it",
    config: ConfigFile = None,
) -> None:
    """Send nothing more of a campaign until it is resumed."""
    obeyed = settings(config)
    from sendguard.entrypoints.cli.outbox.opened import find_progress, opened_store
    from sendguard.judge.quote import plain
    from sendguard.send import Going, State

    with opened_store(obeyed) as store:
        progress = find_progress(store, campaign)
        is_left = progress.count(State.PENDING, State.SENDING)
        if is_left and progress.dispatch.going is Going.OPEN:
            store.outbox.pause(progress.dispatch, plain(because, 300))
        say(_told(find_progress(store, campaign)))


def _told(progress: "Progress") -> str:
    from sendguard.entrypoints.cli.ended import told_progress
    from sendguard.entrypoints.cli.outbox.opened import command
    from sendguard.judge.quote import plain
    from sendguard.send import Going

    dispatch, why = progress.dispatch, plain(progress.dispatch.why or "", 300)
    match dispatch.going:
        case Going.OPEN:
            says = "Nothing of it is left to send."
        case Going.CANCELLED:
            says = f"It is cancelled: {why}."
        case Going.PAUSED:
            says = f"Paused: {why}. To go on: {command('resume', dispatch.campaign)}"
    return f"{told_progress(progress)}\n{says}"
