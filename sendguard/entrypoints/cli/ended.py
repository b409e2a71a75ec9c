"""How a delivery ended, in words and as an exit code."""

from typing import TYPE_CHECKING, assert_never

from sendguard.entrypoints.cli.delivery_bar import told_apart
from sendguard.entrypoints.cli.exits import NOT_ALL
from sendguard.entrypoints.endings import INTERRUPTED
from sendguard.flows.deliver import Delivered, Ending
from sendguard.judge.quote import plain
from sendguard.send import State

if TYPE_CHECKING:
    from sendguard.ports.sending import Progress

_LONGEST = 300


def told_progress(progress: "Progress") -> str:
    """How a dispatch stands, as one line: `navigator-42: 1,180 of 1,200 sent, 20 wait`."""
    counts = progress.counts
    waiting = progress.count(State.PENDING, State.SENDING)
    rest = [*told_apart(counts), *([f"{waiting:,} wait"] if waiting else [])]
    name = plain(progress.dispatch.campaign)
    sent = f"{name}: {counts.get(State.SENT, 0):,} of {progress.total:,} sent"
    return ", ".join([sent, *rest])


def told_ended(ended: Delivered) -> list[str]:
    """What came of a run, line by line."""
    return [told_progress(ended.progress), *_more(ended), *told_doubtful(ended.progress)]


def _more(ended: Delivered) -> list[str]:
    name = plain(ended.progress.dispatch.campaign)
    says = plain(ended.says or "", _LONGEST)
    resume = f"sendguard outbox resume {name}"
    match ended.ending:
        case Ending.DONE | Ending.CANCELLED:
            return []
        case Ending.WAITING:
            return [f"the server put some off; to try them again later: {resume}"]
        case Ending.INTERRUPTED:
            return [f"what waits stays queued; to go on: {resume}"]
        case Ending.PAUSED:
            return [f"paused: {says}", f"once that is mended: {resume}"]
        case Ending.NO_RELAY:
            return [f"{says}", f"what waits stays queued; to go on: {resume}"]
        case _:
            assert_never(ended.ending)


def told_doubtful(progress: "Progress") -> list[str]:
    """Who may have it and may not, and what a person can do about that; nothing for nobody."""
    count = progress.count(State.IN_DOUBT)
    if not count:
        return []
    name = plain(progress.dispatch.campaign)
    who = "1 reader" if count == 1 else f"{count:,} readers"
    return [
        f"whether {who} got it nobody can know: no answer of the server says so.",
        f"they are left alone; to see them, or to settle it: sendguard outbox settle {name}",
    ]


def is_cut_short(ended: Delivered) -> bool:
    """Whether nothing else would go out now either."""
    return ended.ending in {Ending.INTERRUPTED, Ending.NO_RELAY}


def code_of(ended: Delivered) -> int:
    """What to exit with: 0 only where every message was taken, suppressed or cancelled."""
    progress = ended.progress
    if ended.ending is Ending.INTERRUPTED:
        return INTERRUPTED
    is_left = progress.count(State.PENDING, State.SENDING, State.REFUSED, State.IN_DOUBT)
    return NOT_ALL if is_left else 0
