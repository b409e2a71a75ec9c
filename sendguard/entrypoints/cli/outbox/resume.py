"""`sendguard outbox resume`: what is left of a campaign is sent."""

from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.options import ConfigFile, Yes
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings

if TYPE_CHECKING:
    from sendguard.adapters.database.store import SqlStore
    from sendguard.config import Config
    from sendguard.ports.sending import Progress

EXAMPLES = """\b
Examples:
  sendguard outbox resume navigator-42
  sendguard outbox resume

\b
What is left of a campaign is sent, also where it was paused. Without a name
every campaign is gone on with that is not paused. What is sent is not sent
again, and what is in doubt is left alone (see `sendguard outbox settle`).
Exit codes: as those of `sendguard send`.
"""
_WRONG = (
    "{name} was stopped to be corrected, and was not repaired: to go on with it sends the WRONG "
    "version to {count}"
)


def resume(
    *,
    campaign: Annotated[
        str | None, typer.Argument(metavar="[CAMPAIGN]", help="Its name; without one, all open.")
    ] = None,
    yes: Yes = False,
    config: ConfigFile = None,
) -> None:
    """Send what is left."""
    obeyed = settings(config)
    from sendguard.entrypoints.cli.outbox.opened import find_progress, opened_store

    with opened_store(obeyed) as store:
        if campaign is None:
            code = _go_on_with_all(obeyed, store)
        else:
            code = _go_on(find_progress(store, campaign), obeyed, store, yes=yes)
    raise typer.Exit(code)


def _go_on(progress: "Progress", config: "Config", store: "SqlStore", *, yes: bool) -> int:
    from sendguard.entrypoints.cli.ended import code_of
    from sendguard.entrypoints.cli.send import deliver_and_tell
    from sendguard.judge.quote import plain
    from sendguard.send import Going

    dispatch = progress.dispatch
    if dispatch.going is Going.CANCELLED:
        says = f"{plain(dispatch.campaign)} was cancelled ({plain(dispatch.why or '')}): "
        complain(f"{says}what was not sent then is given up for good")
        return NOT_PASSED
    if dispatch.going is Going.PAUSED:
        if not _may_go_on(progress, yes=yes):
            complain("nothing was sent")
            return NOT_PASSED
        store.outbox.resume(dispatch)
    return code_of(deliver_and_tell(dispatch, config, store))


def _may_go_on(progress: "Progress", *, yes: bool) -> bool:
    """Whether it may be opened; a campaign that waits for its correction only if a person says."""
    from sendguard.entrypoints.cli.ask import agrees
    from sendguard.judge.quote import plain
    from sendguard.send import State

    count = progress.count(State.PENDING)
    if not (progress.dispatch.is_being_corrected and count):
        return True
    readers = "1 reader" if count == 1 else f"{count:,} readers"
    complain(_WRONG.format(name=plain(progress.dispatch.campaign), count=readers))
    return yes or agrees("Send them the wrong version?")


def _go_on_with_all(config: "Config", store: "SqlStore") -> int:
    from sendguard.entrypoints.cli.ended import code_of, is_cut_short
    from sendguard.entrypoints.cli.send import deliver_and_tell
    from sendguard.send import Going, State

    left = [one for one in store.outbox.progress() if one.count(State.PENDING, State.SENDING)]
    worst, opened = 0, [one.dispatch for one in left if one.dispatch.going is Going.OPEN]
    _tell_paused([one for one in left if one.dispatch.going is Going.PAUSED])
    for dispatch in reversed(opened):  # the oldest first
        ended = deliver_and_tell(dispatch, config, store)
        worst = max(worst, code_of(ended))
        if is_cut_short(ended):
            break
    if not opened:
        say("Nothing is left to send.")
    return worst


def _tell_paused(paused: "list[Progress]") -> None:
    from sendguard.entrypoints.cli.outbox.opened import command
    from sendguard.judge.quote import plain

    for one in paused:
        name, why = plain(one.dispatch.campaign), plain(one.dispatch.why or "", 200)
        to_go_on = command("resume", one.dispatch.campaign)
        complain(f"{name} stays paused: {why}; to go on: {to_go_on}")
