"""`sendguard outbox settle`: a person says what became of messages that nobody can know of."""

from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sendguard.adapters.database.store import SqlStore
    from sendguard.ports.sending import Result
    from sendguard.send import Dispatch, State

EXAMPLES = """\b
Examples:
  sendguard outbox settle navigator-42
  sendguard outbox settle navigator-42 --sent
  sendguard outbox settle navigator-42 ada@example.org --again

\b
A message is in doubt where the connection, or the program, died behind its last
line and before the server's answer: it may have arrived or not. Your mail
server's log can tell: look for the time and the address. --again sends it once
more with the same Message-ID and Date, so that a mailbox which has it already
may drop the second copy. Without an option, those in doubt are listed.
"""
MOST_LISTED = 50


def settle(  # noqa: PLR0913 - one for each thing that the user says
    *,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Its name.")],
    addresses: Annotated[
        list[str] | None, typer.Argument(metavar="[ADDRESS…]", help="Whose; without any, all.")
    ] = None,
    sent: Annotated[bool, typer.Option("--sent", help="They got it.")] = False,
    not_sent: Annotated[
        bool, typer.Option("--not-sent", help="They did not get it, and shall not.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Send it to them once more.")] = False,
    config: ConfigFile = None,
) -> None:
    """Say what became of messages in doubt."""
    if sent + not_sent + again > 1:
        raise WrongUsage("--sent, --not-sent and --again exclude each other")
    obeyed = settings(config)
    from sendguard.entrypoints.cli.outbox.opened import find_progress, opened_store
    from sendguard.send import State

    state = State.SENT if sent else State.REFUSED if not_sent else State.PENDING
    with opened_store(obeyed) as store:
        dispatch = find_progress(store, campaign).dispatch
        doubtful = _doubtful(store, dispatch, addresses or ())
        if not (sent or not_sent or again):
            say("\n".join(_listed(dispatch, doubtful)))
            return
        code = _settle(store, dispatch, state, doubtful if addresses else ())
    raise typer.Exit(code)


def _doubtful(
    store: "SqlStore", dispatch: "Dispatch", addresses: "Sequence[str]"
) -> "list[Result]":
    """Those in doubt, or those of them who are named.

    Raises:
        WrongUsage: Somebody is named who is not in doubt.
    """
    from sendguard.judge.quote import plain
    from sendguard.send import State

    found = {one.reader.key: one for one in store.outbox.results(dispatch, {State.IN_DOUBT})}
    keys = dict.fromkeys(map(_key, addresses))
    for key in keys:
        if key not in found:
            raise WrongUsage(f"{plain(key)} is not in doubt in {plain(dispatch.campaign)}")
    return [found[key] for key in keys] if keys else list(found.values())


def _key(address: str) -> str:
    from sendguard.send.address import parse_address

    try:
        return parse_address(address)[0]
    except ValueError as error:
        raise WrongUsage(f"{error}") from error


def _listed(dispatch: "Dispatch", doubtful: "Sequence[Result]") -> "Iterator[str]":
    from sendguard.entrypoints.cli.outbox.opened import command
    from sendguard.judge.quote import plain

    name = plain(dispatch.campaign)
    if not doubtful:
        yield f"{name}: nothing is in doubt."
        return
    yield f"{name}: whether these got it, nobody can know ({len(doubtful):,}):"
    for one in doubtful[:MOST_LISTED]:
        when = f"{one.at:%Y-%m-%d %H:%M:%S} UTC, " if one.at else ""
        yield f"  {plain(one.reader.address, 254)}: {when}{plain(one.says or '', 200)}"
    call = command("settle", dispatch.campaign)
    if len(doubtful) > MOST_LISTED:
        rest = command("export", dispatch.campaign)
        yield f"  … and {len(doubtful) - MOST_LISTED:,} more: {rest} --state in-doubt"
    yield "Your mail server's log can tell: look for the time and the address. Then say so:"
    yield f"  they got it:                       {call} [ADDRESS…] --sent"
    yield f"  they did not, and shall not:       {call} [ADDRESS…] --not-sent"
    yield f"  send it again, maybe a 2nd copy:   {call} [ADDRESS…] --again"


def _settle(
    store: "SqlStore", dispatch: "Dispatch", state: "State", named: "Collection[Result]"
) -> int:
    from sendguard.entrypoints.cli.ended import told_progress
    from sendguard.entrypoints.cli.outbox.opened import command, find_progress
    from sendguard.send import State

    again = state is State.PENDING
    if again and (why := _why_not_again(store, dispatch)):
        complain(f"{why}; say --sent or --not-sent")
        return NOT_PASSED
    count = store.outbox.settle_doubt(dispatch, state, [one.reader.key for one in named])
    say(f"Settled: {count:,}.\n{told_progress(find_progress(store, dispatch.campaign))}")
    if again and count:
        say(f"To send them: {command('resume', dispatch.campaign)}")
    return 0


def _why_not_again(store: "SqlStore", dispatch: "Dispatch") -> str | None:
    """Why nothing of it may be sent again; None where it may."""
    from sendguard.judge.quote import plain
    from sendguard.send import Going

    name = plain(dispatch.campaign)
    if dispatch.going is Going.CANCELLED:
        return f"{name} was cancelled, so nothing of it is sent any more"
    if dispatch.is_being_corrected:
        return f"{name} was stopped to be corrected: its correction goes to those in doubt, too"
    if made := store.outbox.corrections(dispatch.campaign):
        correction = plain(made[-1].campaign)
        return (
            f"{name} was corrected by {correction}, which goes to those in doubt, too: the wrong "
            "version must not come behind it"
        )
    return None
