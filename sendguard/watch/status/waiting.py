"""What waits for a person: what nobody but a person can do something about."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from shlex import quote

from sendguard.judge.quote import plain
from sendguard.read import is_twice
from sendguard.report.entries import WALLS
from sendguard.report.layout import LONG
from sendguard.values import Decision, Severity
from sendguard.watch.passed_over import told_passed_over
from sendguard.watch.sending import given_instant, told_instant, told_send
from sendguard.watch.span import told_span
from sendguard.watch.status.gate import waits_of_gate
from sendguard.watch.status.mailing import LONG_PAST
from sendguard.watch.status.outgoing import waits_of_incident, waits_of_mail
from sendguard.watch.status.reason import reason_of
from sendguard.watch.status.sheet import Found, Sheet, Status, Untold
from sendguard.watch.status.wait import Kind, Wait

SOON = timedelta(days=3)
"""An approval that ends within this time should be renewed, if it is still wanted."""

_LONGEST_PATH = 120
_LONG = timedelta(days=60)
"""Behind that, the year is more likely wrong than the day."""


def waiting(status: Status) -> tuple[Wait, ...]:
    """All that waits: what is going out, then what goes out next, then by how grave it is."""
    order = list(Kind)
    sheets = sorted(status.sheets, key=lambda one: _rank(one, status.at))
    of_campaigns = (
        wait
        for sheet in sheets
        for wait in sorted(_of(sheet, status), key=lambda wait: order.index(wait.kind))
    )
    untold = (one for one in status.untold if one.made_at > status.at - LONG_PAST)
    rest = (*map(_untold, untold), *_passed_over(status), *_not_watched(status))
    mail = waits_of_mail(status.outgoing, status.at)
    understood = (wait for one in status.incidents for wait in waits_of_incident(one, status.at))
    gate = waits_of_gate(status.gate, status.at)
    return (*mail, *gate, *of_campaigns, *understood, *rest)


def _rank(sheet: Sheet, now: datetime) -> tuple[int, float, str]:
    if sheet.send_at is None:
        return 1, 0.0, sheet.name
    ahead_s = (sheet.send_at.astimezone(UTC) - now).total_seconds()
    return 0 if ahead_s >= 0 else 2, abs(ahead_s), sheet.name


def _of(sheet: Sheet, status: Status) -> Iterator[Wait]:
    if sheet.unreadable:
        says = plain(sheet.unreadable.says, LONG)
        where = f"{sheet.unreadable.place}: " if sheet.unreadable.place else ""
        yield _wait(Kind.UNREADABLE, sheet, status.at, f"cannot be read: {where}{says}")
        return
    yield from _overdue(sheet, status)
    if sheet.is_over(status.at):
        return
    yield from _decided(sheet, status)
    yield from _approvals(sheet, status.at)
    if sheet.send_at and is_twice(sheet.send_at) and sheet.send_at.astimezone(UTC) > status.at:
        yield _wait(Kind.TWICE, sheet, status.at, _SAID_TWICE)


_SAID_TWICE = (
    "is to go out at a time that the clock shows twice that night, because it is set back: "
    "the first one counts; write it with its offset to be sure"
)


def _decided(sheet: Sheet, status: Status) -> Iterator[Wait]:
    """What its last check left to be done."""
    if sheet.last is None or sheet.is_changed:
        # Where there is no store, that says it for all of them.
        if not status.store and not (status.presence and status.presence.is_there(status.at)):
            said = "was changed since its last check" if sheet.last else "was never checked"
            yield _wait(Kind.UNCHECKED, sheet, status.at, said)
        return
    match sheet.last.decision:
        case Decision.BLOCK:
            yield _wait(Kind.BLOCKED, sheet, status.at, f"is blocked: {_gravest(sheet)}")
        case Decision.UNVERIFIED:
            says = f"could not be verified: {reason_of(sheet.last)}"
            yield _wait(Kind.UNVERIFIED, sheet, status.at, says)
        case Decision.PASS:
            pass
    if walled := [one for one in sheet.found if one.name in WALLS and not one.approved_until]:
        links = "1 link" if len(walled) == 1 else f"{len(walled)} links"
        yield _wait(Kind.OPEN_YOURSELF, sheet, status.at, f"has {links} to open yourself")


def _gravest(sheet: Sheet) -> str:
    blocking = [one for one in sheet.found if _blocks(one)]
    if not blocking:
        return reason_of(sheet.last) if sheet.last else ""
    more = len(blocking) - 1
    rest = f" (and {more} more {'thing' if more == 1 else 'things'})" if more else ""
    return f"{plain(blocking[0].says, LONG)}{rest}"


def _blocks(found: Found) -> bool:
    return found.severity is Severity.BLOCK and found.approved_until is None


def _overdue(sheet: Sheet, status: Status) -> Iterator[Wait]:
    """Was it to be sent, and nobody said that it was?

    Asked where people say such things, and where it is blocked, so that it cannot have gone out.
    """
    if sheet.send_at is None or sheet.sent_at:
        return
    late = status.at - sheet.send_at.astimezone(UTC)
    says_so = not sheet.is_over(status.at) and any(one.sent_at for one in status.sheets)
    if sheet.is_doubtful(status.at) or (says_so and late > timedelta()):
        said = f"{told_send(sheet.send_at, status.at)}, and nobody said it did"
        doubt = ": is the year of its `send_at` right? If it did go out:" if late > _LONG else ""
        at = quote(given_instant(sheet.send_at))
        command = f"sendguard sent {_path(sheet)} --at {at}"
        yield Wait(kind=Kind.OVERDUE, campaign=sheet.name, says=f"{said}{doubt}", command=command)


def _approvals(sheet: Sheet, now: datetime) -> Iterator[Wait]:
    """Words that will not count for much longer, and that something still rests on."""
    today = now.date()
    found = {one.fingerprint: one for one in sheet.found}
    for word in sheet.approvals:
        if word.fingerprint in found and today <= word.until <= (now + SOON).date():
            one = found[word.fingerprint]
            at = f"{one.code}@{one.link}" if one.link else one.code
            says = f"rests on {plain(word.by)}'s word for {at}, whose last day is {word.until}"
            command = f"sendguard approve {_path(sheet)} {at} --by NAME --because REASON"
            yield Wait(kind=Kind.APPROVAL, campaign=sheet.name, says=says, command=command)


def _untold(untold: Untold) -> Wait:
    again = "it is tried again" if untold.again_at else "it was given up"
    told = f"“{plain(untold.title)}” could not be told to {plain(untold.to)}"
    says = f"has a notice that did not get through: {told}: {plain(untold.why, LONG)}; {again}"
    command = "sendguard doctor"
    return Wait(kind=Kind.UNTOLD, campaign=untold.campaign, says=says, command=command)


def _passed_over(status: Status) -> Iterator[Wait]:
    if status.passed_over:
        says = told_passed_over(status.passed_over)
        yield Wait(kind=Kind.PASSED_OVER, campaign=None, says=f"{says[0].upper()}{says[1:]}")


def _not_watched(status: Status) -> Iterator[Wait]:
    has_more = any(one.send_at and not one.is_over(status.at) for one in status.sheets)
    if has_more and not (status.presence and status.presence.is_there(status.at)):
        says = "Campaigns are still to be sent, and nothing is checked by itself"
        if not status.keeps:
            says += " where nothing is kept: check each before it is sent"
        command = "sendguard serve" if status.keeps else ""
        yield Wait(kind=Kind.NOT_WATCHED, campaign=None, says=says, command=command)


def _wait(kind: Kind, sheet: Sheet, now: datetime, says: str) -> Wait:
    return Wait(
        kind=kind,
        campaign=sheet.name,
        says=says,
        command=f"sendguard check {_path(sheet)}",
        sends=_sends(sheet, now),
    )


def _sends(sheet: Sheet, now: datetime) -> str:
    if sheet.sent_at:
        ago = told_span((now - sheet.sent_at.astimezone(UTC)).total_seconds())
        return f"It was sent on {told_instant(sheet.sent_at)}, {ago} ago."
    return f"It {told_send(sheet.send_at, now)}." if sheet.send_at else ""


def _path(sheet: Sheet) -> str:
    # It will be copied into a shell, whatever a folder is called.
    return quote(plain(sheet.path, _LONGEST_PATH))
