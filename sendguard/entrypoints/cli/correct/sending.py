"""A correction that passed is queued, once, and delivered."""

from sendguard.entrypoints.cli.ask import agrees
from sendguard.entrypoints.cli.correct.desk import Desk, Halted
from sendguard.entrypoints.cli.correct.prepared import Prepared
from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.send import deliver_and_tell
from sendguard.entrypoints.correcting import dispatch_of
from sendguard.entrypoints.sending import send_copy
from sendguard.errors import WrongUsage
from sendguard.judge.quote import plain
from sendguard.ports.sending import AlreadyQueued, Correcting, Progress, StillGoing
from sendguard.send import Dispatch, Edition, State


def send_test(desk: Desk, prepared: Prepared, address: str) -> int:
    """Send one copy to the editor, as one of the readers would get it."""
    readers = prepared.readers
    if readers is None:
        raise WrongUsage("--test-to needs a reader whose fields it is filled with: --audience FILE")
    first = next(readers.each())
    edition = prepared.correction.edition
    reply = send_copy(edition, readers.columns, first, desk.config, address)
    say(f"A copy went to {plain(address)}: {reply}")
    say("Nothing was stopped or queued (--test-to).")
    return 0


def ask(desk: Desk, prepared: Prepared) -> None:
    """Ask once, unless everything was said before."""
    readers = prepared.readers
    count = readers.count if readers else 0
    if desk.order.yes or agrees(f"Send the correction to {count:,}?"):
        return
    complain("nothing was sent")
    if desk.original.dispatch is not None:
        name = plain(desk.original.name)
        complain(f"{name} stays stopped; to go on with the old version: outbox resume {name}")
    raise Halted(NOT_PASSED)


def send(desk: Desk, prepared: Prepared, standing: Progress | None) -> int:
    """Queue it and deliver it; after it, the repaired original to those who still wait."""
    dispatch = _queue(desk, prepared, standing)
    desk.keeper.queued(dispatch.campaign, prepared.apology)
    codes = [deliver_and_tell(dispatch, desk.config, desk.store)]
    original = desk.original.dispatch
    if original is not None and standing is not None and standing.count(State.PENDING):
        say("To those who had not got it yet goes the repaired newsletter, without an apology:")
        codes.append(deliver_and_tell(original, desk.config, desk.store))
    say(f"The record of it: sendguard incident {plain(desk.original.name)}")
    return max(codes)


def _queue(desk: Desk, prepared: Prepared, standing: Progress | None) -> Dispatch:
    readers = prepared.readers
    assert readers is not None  # noqa: S101 - whoever calls has seen to it
    draft, original = prepared.correction, desk.original
    has_pending = standing is not None and bool(standing.count(State.PENDING))
    correcting = Correcting(
        original=original.dispatch,
        correction=dispatch_of(draft, original, readers.columns, prepared.folder),
        edition=draft.edition,
        repaired=_edition_of(prepared) if has_pending else None,
        number=prepared.number,
        readers=None if original.dispatch else readers.each(),
        only=readers.only,
    )
    try:
        return desk.store.outbox.correct(correcting)
    except AlreadyQueued:
        complain(f"{plain(original.name)} is being corrected by somebody else right now")
        raise Halted(NOT_PASSED) from None
    except StillGoing:
        complain(f"{plain(original.name)} is still being sent by another process: try again")
        raise Halted(NOT_PASSED) from None


def _edition_of(prepared: Prepared) -> Edition:
    return prepared.repaired.edition
