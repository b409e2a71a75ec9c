"""`sendguard gateway show`: one campaign that came through the gateway."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sendguard.gateway import Stream
    from sendguard.ports.gateway import Tally

EXAMPLES = """\b
Examples:
  sendguard gateway show 3f9a2c71d0e4
  sendguard gateway show 3f9a2c

\b
Six digits of a fingerprint are enough. The whole check, with every link and
what it opens, is told by the `sendguard show` that stands in the answer.
"""


def show(
    *,
    campaign: Annotated[
        str, typer.Argument(metavar="FINGERPRINT", help="As `sendguard gateway list` has it.")
    ],
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings; else a config.yaml here.")
    ] = None,
) -> None:
    """Say what is known of one campaign, and what can be done about it."""
    obeyed = settings(config)
    from sendguard.entrypoints.cli.gateway.opened import find_stream, opened_store

    with opened_store(obeyed) as store:
        stream = find_stream(store, campaign)
        tally = store.ledger.tally(stream.fingerprint)
    say("\n".join((*_facts(stream, tally), *_ways(stream, tally))))


def _facts(stream: "Stream", tally: "Tally") -> "Iterator[str]":
    from sendguard.entrypoints.cli.gateway.told import named, sender, told_counts, told_standing
    from sendguard.judge.quote import plain
    from sendguard.watch import told_instant

    yield f"{named(stream)}"
    yield f"  It {told_standing(stream)}."
    yield f"  Decided  {told_instant(stream.ruling.at)}"
    yield f"  From     {sender(stream)}"
    if stream.first.list_id:
        yield f"  List     {plain(stream.first.list_id)}"
    yield f"  Since    {told_instant(stream.since)}"
    yield f"  So far   {told_counts(tally)}"
    for wrong, right in stream.repairs:
        yield f"  Repaired {plain(wrong.rpartition(' ')[2], 200)} → {plain(right, 200)}"
    if stream.ruling.record is not None:
        yield f"  The whole check: sendguard show {stream.ruling.record}"


def _ways(stream: "Stream", tally: "Tally") -> "Iterator[str]":
    from sendguard.entrypoints.cli.gateway.opened import command
    from sendguard.entrypoints.cli.gateway.told import waits_for_person
    from sendguard.send import State

    name, by = stream.fingerprint, "--by NAME --because REASON"
    if waits_for_person(stream, tally):
        yield "What you can do, if the sender does not mend it and send it again:"
        yield f'  {command("repair", name)} --link "LABEL=https://…" --by NAME'
        yield f"  {command('approve', name)} {by}"
        yield f"  {command('discard', name)} {by}"
        yield f"  {command('recheck', name)}"
    if tally.held:
        yield f"The messages that are kept: {command('held', name)}"
    if tally.passed.get(State.IN_DOUBT):
        yield f"What is in doubt: {command('settle', name)}"
    if tally.passed.get(State.SENT):
        yield "To write to those who got it, if a link is wrong in it:"
        yield f'  sendguard correct {name} --link "LABEL=https://…"'
