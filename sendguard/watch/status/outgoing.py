"""What waits for a person of what was queued, and of what went out wrong."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from shlex import quote

from sendguard.judge.quote import plain
from sendguard.report.layout import LONG
from sendguard.watch.span import told_span
from sendguard.watch.status.mailing import LONG_PAST, QUIET, Mailing, OpenIncident, Outgoing
from sendguard.watch.status.wait import Kind, Wait

UNDERSTOOD_WITHIN = timedelta(days=1)
"""After so long people begin to forget why it happened."""

_LONGEST_NAME = 120


def waits_of_mail(outgoing: Outgoing, now: datetime) -> Iterator[Wait]:
    """What is stopped, in doubt, or not sent by anybody; and what is refused by many servers."""
    for one in outgoing.mailings:
        yield from _stopped(one)
        if one.in_doubt:
            yield _wait(Kind.IN_DOUBT, one, _doubtful(one), "outbox settle")
        if _is_quiet(one, outgoing, now):
            command = "doctor" if outgoing.has_worker else "outbox resume"
            yield _wait(Kind.NOT_SENT, one, _unsent(one, now), command)
        if one.is_refused and one.queued_at > now - LONG_PAST:
            says = f"was refused for {one.refused:,} of {_messages(one.tried)}"
            yield _wait(Kind.REFUSED, one, says, "outbox export")


def waits_of_incident(incident: OpenIncident, now: datetime) -> Iterator[Wait]:
    """What nobody has said of it, once there was time to find out."""
    wanted = (
        ("why it happened", incident.has_whys),
        ("whether it could happen again", incident.is_settled),
    )
    unsaid = [words for words, is_said in wanted if not is_said]
    if unsaid and now - incident.opened_at >= UNDERSTOOD_WITHIN:
        ago = told_span((now - incident.opened_at).total_seconds())
        says = f"went out with a mistake, {ago} ago, and nobody has said {' or '.join(unsaid)}"
        command = f"sendguard incident {incident.number}"
        yield Wait(kind=Kind.INCIDENT, campaign=incident.campaign, says=says, command=command)


def _stopped(one: Mailing) -> Iterator[Wait]:
    if one.paused is None or not one.waiting:
        return
    wait = f"{_messages(one.waiting)} {'waits' if one.waiting == 1 else 'wait'}"
    if one.is_being_corrected:
        says = f"is stopped until its correction is queued; {wait} for that"
        yield _wait(Kind.BEING_CORRECTED, one, says, "correct")
    else:
        says = f"is paused: {plain(one.paused, LONG)}; {wait}"
        yield _wait(Kind.PAUSED, one, says, "outbox resume")


def _is_quiet(one: Mailing, outgoing: Outgoing, now: datetime) -> bool:
    """Does nobody send it? Whoever sends another one may come to it yet."""
    if one.paused is not None or not one.waiting or outgoing.is_busy(now):
        return False
    return now - one.quiet_since >= QUIET


def _unsent(one: Mailing, now: datetime) -> str:
    since = told_span((now - one.quiet_since).total_seconds())
    return f"has {_messages(one.waiting)} to send, and nothing of it went out for {since}"


def _doubtful(one: Mailing) -> str:
    them = "it" if one.in_doubt == 1 else "them"
    return f"has {_messages(one.in_doubt)} in doubt: nobody can know whether readers got {them}"


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count:,} messages"


def _wait(kind: Kind, one: Mailing, says: str, command: str) -> Wait:
    # It will be copied into a shell, whatever a campaign is called.
    name = "" if command == "doctor" else f" {quote(plain(one.campaign, _LONGEST_NAME))}"
    return Wait(kind=kind, campaign=one.campaign, says=says, command=f"sendguard {command}{name}")
