"""`sendguard gateway list`: what came through the gateway, and how it stands."""

from typing import Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings

EXAMPLES = """\b
Examples:
  sendguard gateway list
  sendguard gateway list --most 200

\b
One campaign is all copies of one newsletter, however many readers it goes to;
its fingerprint names it to the other commands. The last one comes first.
"""
USUAL_MOST = 30


def listing(
    *,
    most: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, max=100_000, help="So many at most.")
    ] = USUAL_MOST,
    config: ConfigFile = None,
) -> None:
    """Say how every campaign stands that came through the gateway."""
    obeyed = settings(config)
    from sendguard.entrypoints.cli.gateway.opened import NothingCame, store_to_look_at
    from sendguard.entrypoints.cli.gateway.told import NOTHING_CAME, told_streams

    try:
        with store_to_look_at(obeyed) as store:
            streams = store.streams.latest(most)
            told = told_streams((one, store.ledger.tally(one.fingerprint)) for one in streams)
    except NothingCame:
        say(NOTHING_CAME)
        return
    say(told)
    if len(streams) == most:
        say(f"\nThere may be earlier ones: sendguard gateway list --most {10 * most}")
