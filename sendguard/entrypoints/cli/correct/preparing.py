"""From the places that are wrong to a correction that passed and lies in its folder."""

from collections.abc import Sequence

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.corrected_folder import write_folder
from sendguard.correct.plan import Plan
from sendguard.correct.triage import Facts, Tier, Triage, triage
from sendguard.entrypoints.cli.correct.desk import Desk, Halted
from sendguard.entrypoints.cli.correct.gating import (
    apologise_for,
    check_correction,
    look,
    prove_it,
    see_that_it_opens,
    see_that_it_passes,
)
from sendguard.entrypoints.cli.correct.prepared import Prepared
from sendguard.entrypoints.cli.correct.readers import Readers, readers_of
from sendguard.entrypoints.cli.correct.showing import show, show_left_alone, show_triage
from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.say import complain
from sendguard.entrypoints.correcting import hosts_of
from sendguard.flows.correct import (
    Wrong,
    corrected_letter,
    draft,
    find_wrong,
    mend,
    repaired_letter,
)
from sendguard.ports.sending import Progress
from sendguard.send import GOT_IT, State


def prepare(desk: Desk, plan: Plan, standing: Progress | None, number: int) -> Prepared:
    """Make the correction, show each step, and write it down; nothing is queued yet.

    Raises:
        Halted: It is no mere correction, does not pass, or is not to be sent.
    """
    original, repaired = desk.original, mend(desk.original, plan)
    readers = readers_of(desk.found, desk.order, desk.store)
    was = draft(f"{original.name}-original", original.letter, original, repaired, readers=False)
    letter = repaired_letter(original, repaired)
    right = draft(f"{original.name}-repaired", letter, original, repaired, readers=False)
    show_left_alone(plan, repaired)
    looked = look(desk, was, right)
    before, after = looked.newsletters
    wrong = find_wrong(plan, before, after)
    judged = _judge(desk, wrong, standing, readers)
    if not judged.may_queue:  # whom to call must not wait for anything else
        show_triage(judged)
    see_that_it_passes(desk, looked, after, plan)
    see_that_it_opens(desk, plan, after)
    apology = apologise_for(desk, wrong, is_whole=plan.is_whole)
    whole, taken = corrected_letter(letter, apology, desk.config.correct.word)
    correction = draft(
        desk.folder_of(number).name, whole, original, repaired, readers=readers is not None
    )
    prove_it(desk, correction, repaired, apology, taken)
    check_correction(desk, correction, number)
    desk.keeper.repaired(plan)
    prepared = Prepared(
        correction=correction,
        repaired=right,
        apology=apology,
        triage=judged,
        readers=readers,
        number=number,
        folder=desk.folder_of(number),
        waiting=standing.count(State.PENDING) if standing else 0,
    )
    rows = readers.rows() if readers else None
    if aside := write_folder(prepared.folder, correction.files, rows):
        complain(f"what somebody had changed in {prepared.folder.name} is in {aside.name} now")
    if judged.may_queue:
        show_triage(judged)
    show(desk, prepared)
    _heed(desk, judged)
    return prepared


def _judge(
    desk: Desk, wrong: Sequence[Wrong], standing: Progress | None, readers: Readers | None
) -> Triage:
    listed = readers.count + readers.gone if readers else None
    passed = desk.found.passed
    sent = standing.first_sent if standing else passed.stream.since if passed else None
    facts = Facts(
        mistakes=tuple(one.mistake for one in wrong),
        got=standing.count(*GOT_IT) if standing else listed,
        pending=standing.count(State.PENDING) if standing else 0,
        minutes=(SystemClock().now() - sent).total_seconds() / 60 if sent else None,
        own_hosts=hosts_of(desk.original.edition),
        harm=desk.order.harm,
    )
    judged = triage(facts)
    desk.keeper.triaged(judged)
    return judged


def _heed(desk: Desk, judged: Triage) -> None:
    """Nothing is queued where people have to decide, or where there is nothing to correct."""
    if not judged.may_queue:
        complain("nothing is queued, with --yes or without: people decide about this one")
        raise Halted(NOT_PASSED)
    if judged.tier is not Tier.NOTHING:
        return
    if not desk.order.force:
        complain(
            "nothing is queued: no reader is led astray; to write to them all the same: --force"
        )
        raise Halted(NOT_PASSED)
    desk.keeper.against("It was sent although no reader was led astray.")
