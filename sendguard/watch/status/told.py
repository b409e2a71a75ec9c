"""The status in words: for an editor, on a screen or printed."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from textwrap import wrap

from sendguard.gate import Kept
from sendguard.judge.quote import plain
from sendguard.report.totals import WORDS
from sendguard.watch.moment import Kind, Moment
from sendguard.watch.presence import told_presence
from sendguard.watch.sending import told_instant
from sendguard.watch.span import told_span
from sendguard.watch.status.reason import reason_of
from sendguard.watch.status.sheet import Status
from sendguard.watch.status.wait import Wait
from sendguard.watch.status.waiting import waiting

WIDTH = 100
MOST_WAITING = 30
MOST_NEXT = 10
MOST_LAST = 20
_LONGEST_NAME = 40
_MORE = "… and {} more; --format json lists all of them."


def status_as_text(status: Status) -> str:
    """All of it, in lines of at most `WIDTH` characters; a command is never broken."""
    parts = (_watching(status), _waits(status), _next(status), _last(status))
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part)


def _watching(status: Status) -> Iterator[str]:
    for says in filter(None, (status.folder, status.store)):
        yield from _wrapped(says)
    if status.store:
        return
    if status.gate.is_at_work:
        yield "A gateway takes mail and checks it. Of campaign folders:"
    says = told_presence(status.presence, status.at)
    yield from _wrapped(f"{says[0].upper()}{says[1:]}.")


def _waits(status: Status) -> Iterator[str]:
    waits = waiting(status)
    if not waits:
        yield "Nothing waits for you."
        return
    yield f"Waits for you ({len(waits)}):"
    for wait in waits[:MOST_WAITING]:
        yield from _wait(wait)
    yield from _more(waits, MOST_WAITING)


def _wait(wait: Wait) -> Iterator[str]:
    name = plain(wait.campaign, _LONGEST_NAME) if wait.campaign else ""
    yield from _wrapped(f"{name} {wait.says}".strip(), "  - ", "    ")
    if wait.sends:
        yield from _wrapped(wait.sends, "    ", "    ")
    if wait.command:
        yield f"    {wait.command}"


def _next(status: Status) -> Iterator[str]:
    moments = status.next_of_each
    if not moments:
        return
    yield "Checked next:"
    for moment in moments[:MOST_NEXT]:
        yield from _wrapped(_moment(moment, status), "  - ", "    ")
    yield from _more(moments, MOST_NEXT)


def _moment(moment: Moment, status: Status) -> str:
    name = plain(moment.campaign, _LONGEST_NAME)
    when = told_instant(in_own_zone(moment, status))
    wait_s = (moment.due - status.at).total_seconds()
    if moment.kind is Kind.NOTICED:
        return f"{name} at once, because it is new or was changed"
    if wait_s < 0:
        return f"{name} at once, the check {moment.called}; it was due on {when}"
    return f"{name} in {told_span(wait_s)}, {moment.called}, on {when}"


def in_own_zone(moment: Moment, status: Status) -> datetime:
    """When it is due, in the zone that the campaign's author thinks in."""
    sheet = status.sheet(moment.campaign)
    zone = sheet.send_at.tzinfo if sheet and sheet.send_at else None
    return moment.due.astimezone(zone or UTC)


def _last(status: Status) -> Iterator[str]:
    checks = status.last_checks
    if not checks:
        return
    yield "Decided last:"
    for kept in checks[:MOST_LAST]:
        yield from _wrapped(_decision(kept, status), "  - ", "    ")
    yield from _more(checks, MOST_LAST)


def _decision(kept: Kept, status: Status) -> str:
    ago = told_span(max((status.at - kept.at).total_seconds(), 0.0))
    sheet = status.sheet(kept.campaign)
    changed = " It was changed since." if sheet and sheet.is_changed else ""
    name = status.gate.named(kept.campaign)
    return f"{name}, {ago} ago: {WORDS[kept.decision]}: {reason_of(kept)}{changed}"


def _more(all_: tuple[object, ...], most: int) -> Iterable[str]:
    return (f"  {_MORE.format(len(all_) - most)}",) if len(all_) > most else ()


def _wrapped(text: str, first: str = "", others: str = "") -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
