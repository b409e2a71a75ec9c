"""Through which server a newsletter goes, and when the last reader will have it."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sendguard.judge.quote import plain
from sendguard.watch import told_instant

if TYPE_CHECKING:
    from sendguard.config import Smtp

_HOUR_S = 3_600.0


def told_server(smtp: "Smtp") -> str:
    """The server, as a person knows it."""
    return f"{plain(smtp.host)}:{smtp.port}"


def told_time(readers: int, smtp: "Smtp") -> str:
    """How fast, and by when; where nothing holds messages back, nobody can say before."""
    if smtp.per_hour is None:
        return ", as fast as it takes them"
    needed = timedelta(seconds=readers * _HOUR_S / smtp.per_hour)
    until = told_instant(datetime.now(UTC) + needed)
    return f", {smtp.per_hour:,} an hour: the last at about {until}"
