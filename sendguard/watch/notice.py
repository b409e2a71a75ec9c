"""What people are told of a campaign: one title, a few plain lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from shlex import quote

from sendguard.judge.quote import plain
from sendguard.watch.sending import about_sending
from sendguard.watch.standing import Blind, Standing, Verdict

LONGEST_TITLE = 120
LONGEST_BODY = 1500
_LONGEST_NAME = 50
_LONGEST_PATH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message to everybody under `notify`.

    Attributes:
        campaign: Name of its folder.
        content: The content that it is about.
        decision: What is now.
        was: What people knew before; None for nothing.
        title: One line of at most `LONGEST_TITLE` characters.
        body: Lines of plain text, at most `LONGEST_BODY` characters.
        at: When it came to be, in UTC.
    """

    campaign: str
    content: str
    decision: Verdict
    was: Verdict | None
    title: str
    body: str
    at: datetime


def notice_of(before: Standing | None, now: Standing, again: str | None = None) -> Notice:
    """What is to be said of a campaign, to people who were told of `before`.

    Args:
        before: What was known before; None for nothing.
        now: What the last look showed.
        again: When it is looked at again by itself, `1 h before the send`; None for never.
    """
    was = before.told if before else None
    return Notice(
        campaign=now.campaign,
        content=now.content,
        decision=now.decision,
        was=was,
        title=plain(f"{plain(now.campaign, _LONGEST_NAME)} {_title(now, was)}", LONGEST_TITLE),
        body=_cut(_joined(_paragraphs(before, now, again))),
        at=now.at,
    )


def _title(now: Standing, was: Verdict | None) -> str:
    gone = "was sent" if now.sent_at else "was to be sent by now"
    match now.decision:
        case Verdict.UNREADABLE:
            said = "cannot be read"
        case Verdict.BLOCK if now.is_after_send:
            return f"{gone}, and {now.gist}"
        case Verdict.BLOCK:
            said = f"is blocked: {now.gist}"
        case Verdict.UNVERIFIED:
            said = f"could not be {'checked' if now.blind else 'verified'}: {now.gist}"
        case Verdict.PASS:
            fine = "is fine again" if now.is_after_send else "may go out now"
            return f"{fine}: {_WHAT_ENDED[was]}"
    return f"{gone}, and {said}" if now.is_after_send else said


_WHAT_ENDED = {
    None: "nothing blocks it",
    Verdict.PASS: "nothing blocks it",
    Verdict.BLOCK: "nothing blocks it any more",
    Verdict.UNVERIFIED: "what could not be verified was fine this time",
    Verdict.UNREADABLE: "it can be read, and nothing blocks it",
}


def _paragraphs(
    before: Standing | None, now: Standing, again: str | None
) -> Iterator[tuple[str, ...]]:
    yield _opening(now), now.says, now.advice, _where(now)
    yield _more(now), _before(before, now)
    yield about_sending(now), _next(now, again)


def _opening(now: Standing) -> str:
    """What the finding alone would not tell."""
    if now.blind is Blind.NO_NETWORK:
        return (
            "The computer that SendGuard runs on could not reach the internet, so nothing is "
            "known of the links. This is no fault of the newsletter."
        )
    if now.decision is Verdict.UNVERIFIED and now.says:
        return "It is not known whether every link is right."
    if now.decision is Verdict.BLOCK and now.is_after_send:
        return f"Readers have it already{'' if now.sent_at else ', if it was sent as planned'}:"
    return ""


def _where(now: Standing) -> str:
    if now.place is None:
        return ""
    return f"It stands in {plain(now.place.file, _LONGEST_PATH)}, line {now.place.line}."


def _more(now: Standing) -> str:
    if not now.more:
        return ""
    is_one = now.more == 1
    rest = "1 more thing" if is_one else f"{now.more} more things"
    if now.decision is Verdict.BLOCK:
        return f"{rest} {'blocks' if is_one else 'block'} it."
    return f"{rest} could not be verified."


def _before(before: Standing | None, now: Standing) -> str:
    if before is None or before.told is not Verdict.PASS or now.blind:
        return ""
    is_changed = before.content != now.content
    return f"It passed {'before it was changed' if is_changed else 'when it was checked last'}."


def _next(now: Standing, again: str | None) -> str:
    # It will be copied into a shell, whatever a folder is called.
    command = f"sendguard check {quote(plain(now.path, _LONGEST_PATH))}"
    match now.decision:
        case Verdict.PASS:
            return f"There is nothing to do. To look at it again: {command}"
        case Verdict.UNVERIFIED:
            return f"To try once more: {command}"
        case Verdict.BLOCK if now.is_after_send:
            return f"What was sent stays as it is: mend what the link leads to. Then: {command}"
        case Verdict.BLOCK | Verdict.UNREADABLE:
            besides = f", and {again}" if again else ""
            changed = f"It is checked again when its folder is changed{besides}."
            return f"{changed} To look now: {command}"


def _joined(paragraphs: Iterable[tuple[str, ...]]) -> str:
    lines = ("\n".join(filter(None, lines)) for lines in paragraphs)
    return "\n\n".join(filter(None, lines))


def _cut(body: str) -> str:
    return body if len(body) <= LONGEST_BODY else f"{body[: LONGEST_BODY - 1].rstrip()}…"
