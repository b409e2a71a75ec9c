"""`sendguard gateway list`: what came through the gateway, and how it stands."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sendguard.adapters.database.store import SqlStore
    from sendguard.gateway import Stream
    from sendguard.ports.gateway import Tally

EXAMPLES = """\b
Examples:
  sendguard gateway list
  sendguard gateway list --most 200

\b
One campaign is all copies of one newsletter, however many readers it goes to;
its fingerprint names it to the other commands. The last one comes first.
"""
USUAL_MOST = 30
_MOST_ASKED = 50
"""Messages of a campaign, for what the next mail server said."""


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
            trouble = store.ledger.trouble(datetime.now(UTC))
            told = told_streams(_each(store, streams, trouble))
    except NothingCame:
        say(NOTHING_CAME)
        return
    say(told)
    if len(streams) == most:
        say(f"\nThere may be earlier ones: sendguard gateway list --most {10 * most}")


def _each(
    store: "SqlStore", streams: "Iterable[Stream]", trouble: str | None
) -> "Iterator[tuple[Stream, Tally, str | None]]":
    """With why what may go out of it is still here."""
    from sendguard.gateway import HeldState

    for one in streams:
        tally, why = store.ledger.tally(one.fingerprint), None
        if tally.held.get(HeldState.DUE):
            kept = store.ledger.held(one.fingerprint, _MOST_ASKED)
            why = trouble or next((message.says for message in kept if message.says), None)
        yield one, tally, why
