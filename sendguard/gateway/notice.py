"""What people are told when a newsletter is stopped at the gate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sendguard.gateway.stream import GOES_OUT, Ruling, Standing, Stream
from sendguard.judge.quote import plain, quoted
from sendguard.watch import Verdict
from sendguard.watch.notice import LONGEST_BODY, LONGEST_TITLE, Notice

_LONGEST_SUBJECT = 60
_LONGEST_SENDER = 120
_LONGEST_PERSON = 40
_LONGEST_SAYS = 500
_VERDICTS = {Standing.BLOCKED: Verdict.BLOCK, Standing.UNVERIFIED: Verdict.UNVERIFIED}
_OVER = GOES_OUT | {Standing.DISCARDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How much of a campaign is where.

    Attributes:
        kept: Messages that wait in the store.
        sent: Readers who have it already.
        before: So many of these have it as it was before it was repaired.
        refused: Readers whose copies were answered with a refusal.
    """

    kept: int = 0
    sent: int = 0
    before: int = 0
    refused: int = 0


def notice_of(
    stream: Stream, ruling: Ruling, numbers: Numbers, wrong: str | None = None
) -> Notice | None:
    """What is to be said of a ruling; None where there is nothing to be said.

    Of one that goes out (`Verdict.PASS`), or that a person settled, only those are to hear who
    were told that it is stopped.

    Args:
        stream: The campaign as it stood before.
        ruling: What was decided now.
        numbers: How much of it is where.
        wrong: The id of the link that is wrong; None where it is not known.
    """
    if ruling.standing in _VERDICTS and ruling.by is None:
        decision, title = _VERDICTS[ruling.standing], _title(stream, ruling)
        lines = _lines(stream, ruling, numbers, wrong or "LABEL")
    elif ruling.standing in _OVER:
        decision, title = Verdict.PASS, _title_of_end(stream, ruling)
        lines = _lines_of_end(stream, ruling, numbers)
    else:
        return None
    return Notice(
        campaign=stream.fingerprint,
        content=stream.first.key,
        decision=decision,
        was=None,
        title=plain(title, LONGEST_TITLE),
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
    says = _without_advice(ruling) if ruling.is_unread else _without_address(ruling.says or "")
    return f"{_name(stream)} {how}{f': {says}' if says else ''}"


def _without_advice(ruling: Ruling) -> str:
    """What to do about it stands in the body, whole."""
    return (ruling.says or "").partition(", and ")[0].partition(": ")[0]


def _without_address(says: str) -> str:
    """As much as a title has room for: half an address tells nobody anything."""
    begun, *address = re.split(r"(?: \(|, )https?://", says, maxsplit=1)
    if address:
        return begun
    return "a link is wrong" if "://" in says else says


def _name(stream: Stream) -> str:
    return quoted(stream.first.subject, _LONGEST_SUBJECT)


def _title_of_end(stream: Stream, ruling: Ruling) -> str:
    return f"{_name(stream)} {_how_it_ended(stream, ruling)}"


def _how_it_ended(stream: Stream, ruling: Ruling) -> str:
    """In a few words, fit to follow its name."""
    by = plain(ruling.by or "", _LONGEST_PERSON)
    whose = f" by {plain(stream.repaired_by, _LONGEST_PERSON)}" if stream.repaired_by else ""
    match ruling.standing:
        case Standing.DISCARDED:
            return f"was discarded by {by}: none of it goes out"
        case Standing.APPROVED:
            return f"goes out after all, as it is: {by} approved it"
        case _ if stream.repairs:
            return f"was put right{whose}, and goes out now"
        case _:
            return "goes out now: nothing stops it any more"


def _lines_of_end(stream: Stream, ruling: Ruling, numbers: Numbers) -> Iterator[str]:
    """For people who were told that it is stopped."""
    sender = plain(stream.first.sender, _LONGEST_SENDER)
    how = _how_it_ended(stream, ruling)
    yield f"The {_kind(stream.ruling)} {_name(stream)} from {sender}, which was stopped, {how}."
    if ruling.says and ruling.by:
        yield f"The reason: {plain(ruling.says, _LONGEST_SAYS)}"
    yield ""
    if ruling.standing is Standing.DISCARDED:
        yield "What SendGuard kept of it is deleted. To send it, send it again from your program."
    elif not numbers.refused:
        yield "Do not send it again: readers would get it twice."
    if numbers.refused:
        yield told_refused(numbers.refused)
    if numbers.refused and ruling.standing in GOES_OUT:
        yield "Send it to nobody else: the others have it, or get it now."
    yield ""
    yield f"To see how it stands: sendguard gateway show {stream.fingerprint}"


def told_refused(count: int) -> str:
    """What became of readers whose copies were refused while it was stopped, a sentence."""
    if count == 1:
        return "1 copy was refused while it was stopped: only who sent it can send it again."
    return (
        f"{count:,} copies were refused while it was stopped: only who sent them can do so again."
    )


def _lines(stream: Stream, ruling: Ruling, numbers: Numbers, label: str) -> Iterator[str]:
    sender = plain(stream.first.sender, _LONGEST_SENDER)
    yield f"SendGuard stopped the {_kind(ruling)} {_name(stream)} from {sender}."
    if ruling.standing is Standing.UNVERIFIED:
        yield "It is not known whether every link is right."
    yield _sentence(plain(ruling.says or "", _LONGEST_SAYS))
    yield ""
    yield _where_it_is(numbers)
    yield ""
    if ruling.standing is Standing.BLOCKED:
        yield "Mend it in the program that you send with, and send it again from there."
    elif not ruling.is_unread:
        yield "It is tried again by itself as long as copies of it come in."
    begin = "Whoever" if ruling.is_unread else "Or whoever"
    yield f"{begin} looks after SendGuard calls one of these:"
    yield from _commands(stream.fingerprint, ruling, numbers.sent, label)


def _kind(ruling: Ruling) -> str:
    """Of what nobody could read nobody knows that it is a newsletter."""
    return "message" if ruling.is_unread else "newsletter"


def _sentence(says: str) -> str:
    return f"{says[:1].upper()}{says[1:]}"


def _who_has_it(sent: int, before: int) -> str:
    so_far = "1 reader has" if sent == 1 else f"{sent:,} readers have"
    if not sent:
        return "No reader has it yet"
    if before == sent:
        return f"{so_far} it already, as it was before it was repaired"
    others = f", {before:,} of them as it was before it was repaired" if before else ""
    return f"{so_far} it already{others}"


def _where_it_is(numbers: Numbers) -> str:
    """As far as it came by now: other copies may be on their way."""
    kept, has = numbers.kept, _who_has_it(numbers.sent, numbers.before)
    waits = "1 copy so far is kept" if kept == 1 else f"{kept:,} copies so far are kept"
    return f"{has}; {waits} until somebody decides." if kept else f"{has}."


def _commands(fingerprint: str, ruling: Ruling, sent: int, label: str) -> Iterator[str]:
    call = "sendguard gateway"
    by = "--by NAME --because REASON"
    yield f"- to see all that was found: {call} show {fingerprint}"
    if ruling.standing is Standing.UNVERIFIED and not ruling.is_unread:
        yield f"- to check it once more: {call} recheck {fingerprint}"
    if not ruling.is_unread:
        link = f'--link "{label}=https://…" --by NAME'
        yield f"- to put a link right: {call} repair {fingerprint} {link}"
    yield f"- to let it out as it is: {call} approve {fingerprint} {by}"
    yield f"- to send none of it: {call} discard {fingerprint} {by}"
    if sent:
        correct = f'sendguard correct {fingerprint} --link "{label}=https://…"'
        yield f"- to write to those who have it, if it is wrong there: {correct}"
