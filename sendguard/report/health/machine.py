"""How the computer is: its clock and its disk."""

from datetime import UTC, datetime

from sendguard.report.health.part import Part, doubtful, fine, unknown, wrong
from sendguard.report.layout import in_bytes

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock that is right shows an earlier time to this release."""

MOST_APART_S = 30.0
LITTLE_ROOM = 100_000_000
NO_ROOM = 1_000_000
_CLOCK = "clock"
_CLOCKS = "clocks"
_DISK = "disk"


def clock_part(now: datetime) -> Part:
    """Whether the computer's clock can be right."""
    said = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if now < RELEASED:
        return wrong(_CLOCK, f"it shows {said}, before this release was made: set it right")
    return fine(_CLOCK, said)


def clocks_part(ahead_s: float) -> Part:
    """Whether the computer's clock and the database server's agree.

    Args:
        ahead_s: Seconds that the computer's is ahead; below 0 where it is behind.
    """
    if abs(ahead_s) <= MOST_APART_S:
        return fine(_CLOCKS, "this computer's agrees with the database server's")
    way = "ahead of" if ahead_s > 0 else "behind"
    return doubtful(
        _CLOCKS,
        f"this computer's is {abs(ahead_s):.0f} s {way} the database server's: "
        "set the one right that is wrong",
    )


def disk_part(what: str, free: int | None) -> Part:
    """Whether there is room.

    Args:
        what: Whose place it is.
        free: Bytes; None where that cannot be told.
    """
    if free is None:
        return unknown(_DISK, f"{what}: how much room there is cannot be told")
    said = f"{what}: {in_bytes(free)} free"
    if free < NO_ROOM:
        return wrong(_DISK, f"{said}: make room")
    return doubtful(_DISK, f"{said}: make room soon") if free < LITTLE_ROOM else fine(_DISK, said)
