"""`sendguard gateway settle`: a person says what became of what nobody can know of."""

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sendguard.adapters.database.store import SqlStore
    from sendguard.gateway import Stream

EXAMPLES = """\b
Examples:
  sendguard gateway settle 3f9a2c71d0e4
  sendguard gateway settle 3f9a2c71d0e4 --sent
  sendguard gateway settle 3f9a2c71d0e4 --sent --reader ada@example.org
  sendguard gateway settle all --again

\b
A message is in doubt where the connection, or the program, died behind its last
line and before the next mail server's answer: it may have arrived or not. That
server's log can tell: look for the time and the address. --again sends what is
kept once more, with the same Message-ID, so that a mailbox which has it already
may drop the second copy. Without an option, those in doubt are listed.
"""
ALL = "all"
MOST_LISTED = 50
MOST_CAMPAIGNS = 1_000
_NOT_IN_DOUBT = (
    "nothing of {} is in doubt, or no message is kept for that one that could be sent again: "
    "without an option, those in doubt are listed"
)


def settle(
    *,
    campaign: Annotated[
        str, typer.Argument(metavar="FINGERPRINT|all", help="Of which campaign, or of all.")
    ],
    sent: Annotated[bool, typer.Option("--sent", help="They got it.")] = False,
    reader: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Of that reader alone.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Send it to them once more.")] = False,
    config: ConfigFile = None,
) -> None:
    """Say what became of messages in doubt."""
    if sent and again:
        raise WrongUsage("--sent and --again exclude each other")
    if reader and not (sent or again):
        raise WrongUsage("--reader goes with --sent or --again: what became of that one's copy?")
    obeyed = settings(config)
    from sendguard.entrypoints.cli.gateway.opened import find_stream, opened_store
    from sendguard.entrypoints.cli.gateway.served import why_not_served
    from sendguard.gateway import reader_key
    from sendguard.judge.quote import plain
    from sendguard.send import State

    with opened_store(obeyed) as store:
        stream = None if campaign.lower() == ALL else find_stream(store, campaign)
        if not (sent or again):
            say("\n".join(_listed(store, stream)) or "Nothing is in doubt.")
            return
        name = stream.fingerprint if stream else None
        state = State.SENT if sent else State.PENDING
        key = reader_key(reader) if reader else None
        count = store.ledger.settle_doubt(name, state, datetime.now(UTC), key)
        if reader and not count:
            raise WrongUsage(_NOT_IN_DOUBT.format(plain(reader, 254)))
        left = _left(store, stream) if again and not reader else 0
    say(f"Settled: {_readers(count)}.")
    if left:
        complain(
            f"no message is kept here for {_readers(left)} in doubt: their sender may send it "
            "again; or say --sent"
        )
    if again and count and (says := why_not_served(obeyed)):
        complain(says)


def _listed(store: "SqlStore", stream: "Stream | None") -> "Iterator[str]":
    streams = [stream] if stream else store.streams.latest(MOST_CAMPAIGNS)
    told = [line for one in streams for line in _doubtful(store, one)]
    yield from told
    if told:
        call = f"sendguard gateway settle {stream.fingerprint if stream else ALL}"
        yield "The next mail server's log can tell: look for the time and the address. Then say so:"
        yield f"  they got it:                       {call} --sent"
        yield f"  send it again, maybe a 2nd copy:   {call} --again"


def _doubtful(store: "SqlStore", stream: "Stream") -> "Iterator[str]":
    from sendguard.entrypoints.cli.gateway.told import messages, named
    from sendguard.gateway import HeldState
    from sendguard.judge.quote import plain
    from sendguard.send import State

    tally = store.ledger.tally(stream.fingerprint)
    count, left = tally.passed.get(State.IN_DOUBT, 0), tally.held.get(HeldState.IN_DOUBT, 0)
    if not count:
        return
    kept = f", {messages(left)} kept" if left else ""
    yield f"{named(stream)}: whether these got it, nobody can know ({count:,}{kept}):"
    doubtful = store.ledger.passages(stream.fingerprint, {State.IN_DOUBT})
    for one in islice(doubtful, MOST_LISTED):
        number = f", Message-ID {plain(one.message_id, 200)}" if one.message_id else ""
        yield f"  {plain(one.address, 254)}{number}"
    if count > MOST_LISTED:
        yield f"  … and {count - MOST_LISTED:,} more"


def _left(store: "SqlStore", stream: "Stream | None") -> int:
    """Of how many nobody can know any more, and nothing is here to be sent again."""
    from sendguard.send import State

    streams = [stream] if stream else store.streams.latest(MOST_CAMPAIGNS)
    tallies = (store.ledger.tally(one.fingerprint) for one in streams)
    return sum(tally.passed.get(State.IN_DOUBT, 0) for tally in tallies)


def _readers(count: int) -> str:
    from sendguard.entrypoints.cli.gateway.told import readers

    return readers(count)
