"""When a campaign goes out, or went out, told in the author's own time."""

from datetime import UTC, datetime

from sendguard.judge.quote import plain
from sendguard.watch.span import told_span
from sendguard.watch.standing import Standing

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def told_instant(at: datetime) -> str:
    """The instant as its author wrote it: `Tuesday 24 November 2026, 09:00 (America/New_York)`."""
    day = f"{_WEEKDAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}"
    return f"{day}, {at:%H:%M} ({zone_of(at)})"


def zone_of(at: datetime) -> str:
    """The zone that was given: `America/New_York`, `UTC-05:00`, `UTC`."""
    # What was read from the store knows no name any more, and offsets spell themselves variously.
    if name := getattr(at.tzinfo, "key", None):
        return plain(str(name))
    offset = f"{at:%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}" if offset.strip("+-0") else "UTC"


def given_instant(at: datetime) -> str:
    """The instant as a command takes it: `2026-11-24 09:00 America/New_York`."""
    exactness = "seconds" if at.second else "minutes"
    name = getattr(at.tzinfo, "key", None)
    if name is None or at.fold:
        return at.isoformat(" ", exactness)
    return f"{at.replace(tzinfo=None).isoformat(' ', exactness)} {name}"


def told_send(send_at: datetime | None, now: datetime) -> str:
    """When it is to go out, seen from now: `is to go out on …, in 23 h`."""
    if send_at is None:
        return "has no time to be sent at"
    ahead_s = (send_at.astimezone(UTC) - now).total_seconds()
    if ahead_s > 0:
        return f"is to go out on {told_instant(send_at)}, in {told_span(ahead_s)}"
    return f"was to go out on {told_instant(send_at)}, {told_span(-ahead_s)} ago"


def about_sending(now: Standing) -> str:
    """The same as a sentence about a campaign; it says so where it was sent."""
    if now.sent_at:
        ago = told_span((now.at - now.sent_at.astimezone(UTC)).total_seconds())
        return f"It was sent on {told_instant(now.sent_at)}, {ago} ago."
    return f"It {told_send(now.send_at, now.at)}." if now.send_at else ""
