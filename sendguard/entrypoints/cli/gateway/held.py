"""`sendguard gateway held`: the messages that the store keeps."""

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sendguard.gateway import Held

EXAMPLES = """\b
Examples:
  sendguard gateway held
  sendguard gateway held 3f9a2c71d0e4 --most 1000

\b
A message is kept until its campaign is decided and the next mail server has
taken it. The first that came stands first.
"""
USUAL_MOST = 50


def held(
    *,
    campaign: Annotated[
        str | None,
        typer.Argument(metavar="[FINGERPRINT]", help="Of that campaign; without one, all."),
    ] = None,
    most: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, max=1_000_000, help="So many at most.")
    ] = USUAL_MOST,
    config: ConfigFile = None,
) -> None:
    """List the messages that are kept, and how they stand."""
    obeyed = settings(config)
    from sendguard.entrypoints.cli.gateway.opened import find_stream, store_to_look_at

    with store_to_look_at(obeyed) as store:
        name = find_stream(store, campaign).fingerprint if campaign else None
        say("\n".join(_told(store.ledger.held(name, most + 1), most)))


def _told(every: "Iterable[Held]", most: int) -> "Iterator[str]":
    kept = iter(every)
    first = next(kept, None)
    if first is None:
        yield "No message is kept."
        return
    yield _line(first)
    yield from map(_line, islice(kept, most - 1))
    if next(kept, None):
        yield f"… and more: --most {10 * most}"


def _line(one: "Held") -> str:
    from sendguard.entrypoints.cli.gateway.told import readers
    from sendguard.judge.quote import plain

    to = one.mail.recipients
    whom = plain(to[0], 254) if len(to) == 1 else readers(len(to))
    sender = plain(one.mail.sender, 254) or "nobody (a mail server's own notice)"
    campaign = one.fingerprint or "no campaign"
    says = f": {plain(one.says, 300)}" if one.says else ""
    return (
        f"{one.id:>6}  {one.since:%Y-%m-%d %H:%M} UTC  {campaign:12}  {_state(one)}  "
        f"from {sender} to {whom}{says}"
    )


def _state(one: "Held") -> str:
    from sendguard.gateway import HeldState

    match one.state:
        case HeldState.HELD:
            return "waits for a decision"
        case HeldState.DUE if one.due and one.tries:
            return f"tried {one.tries} times, next at {one.due:%H:%M} UTC"
        case HeldState.DUE:
            return "may go out"
        case HeldState.SENDING:
            return "on its way"
        case HeldState.IN_DOUBT:
            return "in doubt"
