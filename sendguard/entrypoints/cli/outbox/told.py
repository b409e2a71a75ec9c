"""How what was queued stands, for people."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sendguard.entrypoints.cli.ended import told_progress
from sendguard.entrypoints.cli.outbox.opened import command
from sendguard.judge.quote import plain
from sendguard.ports.sending import Progress
from sendguard.send import Going, State
from sendguard.watch import told_instant
from sendguard.watch.span import told_span

NOTHING_QUEUED = "Nothing was queued yet."
_LONGEST = 300


def told_outbox(every: Iterable[Progress], now: datetime) -> str:
    """All of it, the last campaign first, with what to do where something is to be done."""
    told = ["\n".join(_lines(progress, now)) for progress in every]
    return "\n\n".join(told) or NOTHING_QUEUED


def _lines(progress: Progress, now: datetime) -> Iterator[str]:
    dispatch = progress.dispatch
    corrects = f", corrects {plain(dispatch.corrects)}" if dispatch.corrects else ""
    yield told_progress(progress)
    yield f"  queued on {told_instant(dispatch.queued_at)}{corrects}"
    if progress.count(State.PENDING, State.SENDING) or dispatch.going is Going.CANCELLED:
        yield f"  {_going(progress, now)}"
    if progress.count(State.IN_DOUBT):
        yield f"  what is in doubt waits for you: {command('settle', dispatch.campaign)}"


def _going(progress: Progress, now: datetime) -> str:
    dispatch, why = progress.dispatch, plain(progress.dispatch.why or "", _LONGEST)
    resume = command("resume", dispatch.campaign)
    match dispatch.going:
        case Going.CANCELLED:
            return f"cancelled: {why}"
        case Going.PAUSED if dispatch.is_being_corrected:
            right = f"sendguard correct {plain(dispatch.campaign)}"
            return f"paused: {why}; to send those who wait the right version: {right}"
        case Going.PAUSED:
            return f"paused: {why}; to go on: {resume}"
        case Going.OPEN:
            by = "`sendguard serve` sends it (not `--only gateway`), and so does"
            return f"open, {_next(progress, now)}; {by} {resume}"


def _next(progress: Progress, now: datetime) -> str:
    if progress.count(State.SENDING):
        return "being sent"
    wait_s = (progress.next_due - now).total_seconds() if progress.next_due else 0.0
    return f"to be tried again in {told_span(wait_s)}" if wait_s > 1 else "due now"
