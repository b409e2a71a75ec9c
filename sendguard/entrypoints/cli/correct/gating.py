"""A correction goes through the same gate as any newsletter, and through one of its own."""

from collections.abc import Sequence
from typing import NoReturn

from sendguard.correct.apologise import apologise
from sendguard.correct.apology import Additions, Apology
from sendguard.correct.edits import Edit
from sendguard.correct.plan import Plan
from sendguard.correct.proof import prove
from sendguard.correct.repair import Repaired
from sendguard.correct.tone import hear
from sendguard.correct.unopened import find_unopened
from sendguard.entrypoints.cli.check import Format, exit_code, tell
from sendguard.entrypoints.cli.correct.desk import Desk, Halted
from sendguard.entrypoints.cli.correct.standing_in_the_way import as_in_the_original, ways_out
from sendguard.entrypoints.cli.exits import EXIT, NOT_PASSED
from sendguard.entrypoints.cli.progress import progress
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.correcting import check_drafts, wording_of
from sendguard.flows.correct import Draft, Wrong
from sendguard.gate import Checked, Run
from sendguard.judge.quote import plain
from sendguard.report import totals
from sendguard.values import Decision


def look(desk: Desk, was: Draft, right: Draft) -> Run:
    """Check what went out, to see what the wrong link opens, and the repair, both of them anew."""
    with progress(shown=True) as on_visited:
        run = check_drafts([was, right], desk.config, on_visited, kept=False, fresh=True)
    if run.interrupted or len(run.newsletters) < 2:
        _halt(run)
    return run


def see_that_it_passes(desk: Desk, run: Run, repaired: Checked, plan: Plan) -> None:
    """Go no further with a repair that does not pass by itself; say what a person can do."""
    if repaired.decision is Decision.PASS:
        return
    complain("the repaired newsletter does not pass:")
    told = as_in_the_original(desk.found, repaired)
    tell(Run(at=run.at, took_s=run.took_s, newsletters=(told,), unreadable=()), Format.TEXT, None)
    for line in ways_out(desk.found, repaired, plan):
        complain(line)
    complain("nothing is queued")
    raise Halted(EXIT[repaired.decision])


def see_that_it_opens(desk: Desk, plan: Plan, repaired: Checked) -> None:
    """Go no further where no page was seen at a right address, unless a person has seen it."""
    shut = find_unopened(plan.repairs, repaired)
    for one in shut:
        complain(one.says)
    if not all(one.may_vouch for one in shut):
        complain("nothing is queued: a correction has to lead to a page that opens")
        raise Halted(NOT_PASSED)
    if shut:
        advice = "nothing is queued: open it yourself, and if it is right, say --force"
        _weigh(desk, advice)
        told = " ".join(one.says for one in shut)
        desk.keeper.against(f"SendGuard could not open the right link itself: {told}")


def check_correction(desk: Desk, correction: Draft, number: int) -> None:
    """Check the whole correction, its apology too."""
    with progress(shown=True) as on_visited:
        kept = not desk.order.changes_nothing
        run = check_drafts([correction], desk.config, on_visited, kept=kept, fresh=False)
    if run.unkept or exit_code(run) != EXIT[Decision.PASS]:
        refuse_corrected(desk, number)
        complain("the correction does not pass:")
        _halt(run)
    say(f"Checked.   {totals(run)}")


def refuse_corrected(desk: Desk, number: int) -> None:
    """Go no further where somebody else was quicker."""
    if len(desk.store.outbox.corrections(desk.original.name)) >= number:
        complain(f"{plain(desk.original.name)} was corrected by somebody else just now")
        raise Halted(NOT_PASSED)


def prove_it(
    desk: Desk,
    correction: Draft,
    repaired: Repaired,
    apology: Apology,
    taken: Sequence[Edit],
) -> None:
    """Show that the repaired links differ from what went out, and nothing else does."""
    own = {one.url.text for one in apology.links}
    proof = prove(desk.original.campaign, correction.campaign, repaired, own=own, taken=taken)
    for problem in proof.problems:
        complain(problem)
    if proof.problems:
        complain("so this would be no mere correction, and nothing is queued")
        raise Halted(NOT_PASSED)
    say(f"Repaired.  {len(proof.changed)} places, and nothing else is changed:")
    for what in dict.fromkeys(change.what for change in proof.changed):
        say(f"  {what}")
        for change in proof.changed:
            if change.what == what:
                say(f"    {change.where}")


def apologise_for(desk: Desk, wrong: Sequence[Wrong], *, is_whole: bool) -> Apology:
    """Write the apology, and object where it does not sound like one.

    Args:
        desk: With the editor's own words.
        wrong: At least one link.
        is_whole: See `apologise`.
    """
    order = desk.order
    additions = Additions(
        reply_to=desk.original.edition.reply_to or desk.original.edition.sender,
        reason=order.reason,
        make_good=order.make_good,
        prevention=order.prevention,
    )
    wording = wording_of(desk.original, desk.config)
    apology = apologise([one.link for one in wrong], wording, additions, is_whole=is_whole)
    tone = hear(apology)
    for objection in tone.objections:
        complain(str(objection))
    if tone.unread:
        complain(tone.unread)
    if tone.objections:
        _weigh(desk, "nothing is queued: say it otherwise, or say --force")
        says = "; ".join(one.says for one in tone.objections)
        desk.keeper.against(f"The apology was sent against an objection: {says}.")
    return apology


def _weigh(desk: Desk, advice: str) -> None:
    """A person who is asked anyway decides; where nobody is, only --force goes on."""
    order = desk.order
    if order.yes and not (order.force or order.changes_nothing):
        complain(advice)
        raise Halted(NOT_PASSED)


def _halt(run: Run) -> NoReturn:
    tell(run, Format.TEXT, None)
    if run.unkept:
        complain(plain(run.unkept, 300))
    complain("nothing is queued")
    raise Halted(exit_code(run) or NOT_PASSED)
