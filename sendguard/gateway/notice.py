"""What people are told when a newsletter is stopped at the gate."""

from collections.abc import Iterator
from datetime import datetime

from sendguard.gateway.stream import Ruling, Standing, Stream
from sendguard.judge.quote import plain, quoted
from sendguard.watch import Verdict
from sendguard.watch.notice import LONGEST_BODY, LONGEST_TITLE, Notice

_LONGEST_SUBJECT = 60
_LONGEST_SENDER = 120
_LONGEST_SAYS = 500
_VERDICTS = {Standing.BLOCKED: Verdict.BLOCK, Standing.UNVERIFIED: Verdict.UNVERIFIED}


def notice_of(stream: Stream, ruling: Ruling, *, kept: int = 0, sent: int = 0) -> Notice | None:
    """What is to be said of a ruling; None where nobody has to do anything.

    Args:
        stream: The campaign as it stood before.
        ruling: What was decided now.
        kept: Messages of it that wait in the store.
        sent: Readers who have it already.
    """
    decision = _VERDICTS.get(ruling.standing)
    if decision is None or ruling.by is not None:
        return None
    lines = _lines(stream, ruling, kept=kept, sent=sent)
    return Notice(
        campaign=stream.fingerprint,
        content=stream.first.key,
        decision=decision,
        was=None,
        title=plain(_title(stream, ruling), LONGEST_TITLE),
        body="\n".join(lines)[:LONGEST_BODY],
        at=ruling.at,
    )


def notice_of_refusals(says: str, at: datetime) -> Notice:
    """What is to be said when the next hop refuses everything, so that all is kept.

    Args:
        says: What it answers.
        at: In UTC.
    """
    lines = (
        "SendGuard keeps every message that it holds, and sends none of them back: the mail server",
        "behind it refuses one after the other, so that something is wrong with how they work",
        "together (a login, a network that it does not know, a block list), and not with a reader.",
        "",
        plain(says, _LONGEST_SAYS),
        "",
        "SendGuard tries one message every few minutes, and the rest once that is taken.",
        "Whoever looks after SendGuard calls one of these:",
        "- to see whether the mail server takes mail: sendguard doctor",
        "- to see what is kept: sendguard gateway held",
    )
    return Notice(
        campaign="gateway",
        content=f"{at:%Y-%m-%dT%H:%M:%S}",
        decision=Verdict.BLOCK,
        was=None,
        title="The mail server behind SendGuard refuses everything",
        body="\n".join(lines)[:LONGEST_BODY],
        at=at,
    )


def _title(stream: Stream, ruling: Ruling) -> str:
    how = "is stopped" if ruling.standing is Standing.BLOCKED else "could not be verified"
    says = f": {ruling.says}" if ruling.says else ""
    return f"{quoted(stream.first.subject, _LONGEST_SUBJECT)} {how}{says}"


def _lines(stream: Stream, ruling: Ruling, *, kept: int, sent: int) -> Iterator[str]:
    sender = plain(stream.first.sender, _LONGEST_SENDER)
    name = quoted(stream.first.subject, _LONGEST_SUBJECT)
    yield f"SendGuard stopped the newsletter {name} from {sender}."
    if ruling.standing is Standing.UNVERIFIED:
        yield "It is not known whether every link is right."
    yield plain(ruling.says or "", _LONGEST_SAYS)
    yield ""
    yield _where_it_is(kept, sent)
    yield ""
    if ruling.standing is Standing.BLOCKED:
        yield "Mend it in the program that you send with, and send it again from there."
    else:
        yield "It is tried again by itself as long as copies of it come in."
    yield "Or whoever looks after SendGuard calls one of these:"
    yield from _commands(stream.fingerprint, ruling.standing, sent)


def _where_it_is(kept: int, sent: int) -> str:
    so_far = "1 reader has" if sent == 1 else f"{sent:,} readers have"
    has = f"{so_far} it already" if sent else "No reader has it yet"
    waits = "1 copy is kept" if kept == 1 else f"{kept:,} copies are kept"
    return f"{has}; {waits} until somebody decides." if kept else f"{has}."


def _commands(fingerprint: str, standing: Standing, sent: int) -> Iterator[str]:
    call = "sendguard gateway"
    by = "--by NAME --because REASON"
    yield f"- to see all that was found: {call} show {fingerprint}"
    if standing is Standing.UNVERIFIED:
        yield f"- to check it once more: {call} recheck {fingerprint}"
    yield f'- to put a link right: {call} repair {fingerprint} --link "LABEL=https://…" --by NAME'
    yield f"- to let it out as it is: {call} approve {fingerprint} {by}"
    yield f"- to send none of it: {call} discard {fingerprint} {by}"
    if sent:
        correct = f'sendguard correct {fingerprint} --link "LABEL=https://…"'
        yield f"- to write to those who have the wrong one: {correct}"
