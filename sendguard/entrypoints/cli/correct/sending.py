"""A correction that passed is queued, once, and delivered."""

from sendguard.entrypoints.cli.ask import agrees
from sendguard.entrypoints.cli.correct.desk import Desk, Halted
from sendguard.entrypoints.cli.correct.gating import refuse_corrected
from sendguard.entrypoints.cli.correct.prepared import Prepared
from sendguard.entrypoints.cli.correct.stopping import note_at_gate, say_what_is_kept
from sendguard.entrypoints.cli.ended import code_of, is_cut_short
from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.send import deliver_and_tell
from sendguard.entrypoints.correcting import dispatch_of
from sendguard.entrypoints.sending import send_copy
from sendguard.errors import WrongUsage
from sendguard.flows.deliver import Delivered
from sendguard.judge.quote import plain
from sendguard.ports.sending import AlreadyQueued, Correcting, StillGoing
from sendguard.send import Dispatch


def send_test(desk: Desk, prepared: Prepared, address: str) -> int:
    """Send one copy to the editor, as one of the readers would get it."""
    readers = prepared.readers
    if readers is None:
        raise WrongUsage("--test-to needs a reader whose fields it is filled with: --audience FILE")
    first = next(readers.each(), None)
    if first is None:
        raise WrongUsage("--test-to needs a reader whose fields it is filled with: nobody has it")
    edition = prepared.correction.edition
    reply = send_copy(edition, readers.columns, first, desk.config, address)
    say(f"A copy went to {plain(address)}: {reply}")
    say("Nothing was stopped or queued (--test-to).")
    return 0


def ask(desk: Desk, prepared: Prepared) -> None:
    """Ask once, unless everything was said before."""
    count = prepared.readers.count if prepared.readers else 0
    if not (count or prepared.waiting):
        complain("nothing was sent: of those whom it would go to nobody got it, or all have left")
        raise Halted(NOT_PASSED)
    question = f"Send the correction to {count:,}?"
    if not count:
        question = f"Send the repaired newsletter to the {prepared.waiting:,} who wait?"
    if not (desk.order.yes or agrees(question)):
        complain("nothing was sent")
        raise Halted(NOT_PASSED)


def send(desk: Desk, prepared: Prepared) -> int:
    """Queue it and deliver it; after it, the repaired original to those who still wait."""
    dispatch = _queue(desk, prepared)
    desk.keeper.queued(dispatch.campaign, prepared.apology)
    note_at_gate(desk, dispatch.campaign)
    ended = deliver_and_tell(dispatch, desk.config, desk.store)
    code = code_of(ended)
    say_what_is_kept(desk)
    if prepared.waiting and desk.original.dispatch is not None:
        code = max(code, _deliver_rest(desk, desk.original.dispatch, ended))
    record = f"sendguard incident {plain(desk.original.name)}"
    say(f"The record of it: {record} (its clock begins now: --found TIME says when you saw it)")
    return code


def _deliver_rest(desk: Desk, original: Dispatch, ended: Delivered) -> int:
    if is_cut_short(ended):
        resume = f"sendguard outbox resume {plain(original.campaign)}"
        say(f"Those who had not got it yet wait for the repaired newsletter: {resume}")
        return code_of(ended)
    say("To those who had not got it yet goes the repaired newsletter, without an apology:")
    return code_of(deliver_and_tell(original, desk.config, desk.store))


def _queue(desk: Desk, prepared: Prepared) -> Dispatch:
    readers = prepared.readers
    assert readers is not None  # noqa: S101 - whoever calls has seen to it
    draft, original = prepared.correction, desk.original
    correcting = Correcting(
        original=original.dispatch,
        correction=dispatch_of(draft, original, readers.columns, prepared.folder),
        edition=draft.edition,
        repaired=prepared.repaired.edition if prepared.waiting else None,
        number=prepared.number,
        readers=None if original.dispatch else readers.each(),
        only=readers.only,
    )
    try:
        return desk.store.outbox.correct(correcting)
    except AlreadyQueued:
        refuse_corrected(desk, prepared.number)
        complain(f"{plain(prepared.correction.name)} was sent already, and is not sent twice")
        raise Halted(NOT_PASSED) from None
    except StillGoing:
        complain(f"{plain(original.name)} is still being sent by another process: try again")
        raise Halted(NOT_PASSED) from None
