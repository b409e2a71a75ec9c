"""How what came through the gateway stands, for people."""

from collections.abc import Iterable, Iterator

from sendguard.entrypoints.cli.gateway.opened import command
from sendguard.gateway import HeldState, Standing, Stream
from sendguard.gateway.stream import IS_STOPPED
from sendguard.judge.quote import plain, quoted
from sendguard.ports.gateway import Tally
from sendguard.send import State
from sendguard.watch import told_instant

NOTHING_CAME = "Nothing came through the gateway yet."
LONGEST_SAYS = 500
_LONGEST_SUBJECT = 80
_LONGEST_SENDER = 120


def told_streams(every: Iterable[tuple[Stream, Tally, str | None]]) -> str:
    """Each campaign in some lines, with what to do where something is to be done.

    Args:
        every: With why the next mail server did not take what may go out; None where it did.
    """
    told = ["\n".join(_lines(stream, tally, why)) for stream, tally, why in every]
    return "\n\n".join(told) or NOTHING_CAME


def named(stream: Stream) -> str:
    """A campaign as one line begins: `3f9a2c71d0e4 “How to recover”`."""
    return f"{stream.fingerprint} {quoted(stream.first.subject, _LONGEST_SUBJECT)}"


def sender(stream: Stream) -> str:
    """Whom it is from."""
    return plain(stream.first.sender, _LONGEST_SENDER)


def _lines(stream: Stream, tally: Tally, why: str | None) -> Iterator[str]:
    yield f"{named(stream)} {told_standing(stream)}"
    yield f"  from {sender(stream)}, since {told_instant(stream.since)}"
    yield f"  {told_counts(tally)}"
    if why:
        yield f"  why they wait: {plain(why, LONGEST_SAYS)}"
    if waits_for_person(stream, tally):
        yield f"  it waits for you: {command('show', stream.fingerprint)}"
    if tally.passed.get(State.IN_DOUBT):
        yield f"  what is in doubt waits for you: {command('settle', stream.fingerprint)}"


def waits_for_person(stream: Stream, tally: Tally) -> bool:
    """Is it stopped, with nobody having said what is to become of it?"""
    is_blocked_for_good = stream.standing is Standing.BLOCKED and stream.ruling.by is not None
    decided = (stream.standing is Standing.DISCARDED or is_blocked_for_good) and not tally.held
    return stream.standing in IS_STOPPED and not decided


def told_standing(stream: Stream) -> str:
    """How it stands, fit to follow its name."""
    ruling = stream.ruling
    by = f" by {plain(ruling.by)}" if ruling.by else ""
    says = f": {plain(ruling.says, LONGEST_SAYS)}" if ruling.says else ""
    match stream.standing:
        case Standing.CHECKING:
            return f"is being checked{', asked for' + by if by else ''}"
        case Standing.PASSED:
            compared = f" ({plain(ruling.says, LONGEST_SAYS)})" if ruling.says else ""
            return f"passes{_repairer(stream)}{compared}"
        case Standing.APPROVED:
            return f"is approved{by}{says}"
        case Standing.BLOCKED:
            return f"is blocked{by}{says}"
        case Standing.UNVERIFIED:
            return f"could not be verified{says}"
        case Standing.DISCARDED:
            return f"is discarded{by}{says}"


def _repairer(stream: Stream) -> str:
    """Who put a link right in it; nothing where nobody did."""
    return f", repaired by {plain(stream.repaired_by)}" if stream.repaired_by else ""


def told_counts(tally: Tally) -> str:
    """How many got it, and how many did not: `1,200 readers got it, 3 messages are kept`."""
    parts = [
        _counted(tally.passed.get(State.SENT, 0), "reader", "got it"),
        _counted(tally.passed.get(State.SENDING, 0), "reader", "being served"),
        _counted(tally.passed.get(State.REFUSED, 0), "reader", "refused by a mail server"),
        _counted(tally.passed.get(State.IN_DOUBT, 0), "reader", "in doubt"),
        _counted(tally.passed.get(State.PENDING, 0), "reader", "waiting"),
        _counted(tally.passed.get(State.CANCELLED, 0), "reader", "left without it"),
        _counted(kept(tally), "message", "kept"),
        _counted(tally.refused, "reader", "refused at the gate (only their sender can send again)"),
    ]
    return ", ".join(filter(None, parts)) or _nobody(tally)


def _nobody(tally: Tally) -> str:
    if tally.put_off:
        return "no reader got it; it was put off, and its sender keeps it and tries again"
    return "no reader got it, and no message is kept"


def kept(tally: Tally) -> int:
    """How many messages are in the store and not in doubt."""
    return sum(count for state, count in tally.held.items() if state is not HeldState.IN_DOUBT)


def messages(count: int) -> str:
    """So many."""
    return "1 message" if count == 1 else f"{count:,} messages"


def readers(count: int) -> str:
    """So many."""
    return "1 reader" if count == 1 else f"{count:,} readers"


def _counted(count: int, what: str, how: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'} {how}" if count else ""
