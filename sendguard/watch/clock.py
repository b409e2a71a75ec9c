"""Whether the clock on the wall was set, or stood over, since it was last looked at."""

from datetime import datetime

from sendguard.watch.span import told_span

LEAST_JUMP_S = 30.0
"""Less than that no check is late by; clocks are set right by seconds every day."""


def jump_s(wall_before: datetime, wall_now: datetime, elapsed_s: float) -> float | None:
    """Seconds that the clock went forward by itself, below 0 for back; None for no jump.

    Args:
        wall_before: What it showed, aware.
        wall_now: What it shows, aware.
        elapsed_s: What passed between, told by a clock that nobody sets.
    """
    jump = (wall_now - wall_before).total_seconds() - elapsed_s
    return jump if abs(jump) >= LEAST_JUMP_S else None


def jump_says(jump: float) -> str:
    """What happened to the clock: a sentence without a full stop."""
    if jump < 0:
        return f"The clock was set {told_span(-jump)} back"
    # To a process that slept, both look the same.
    return f"This computer slept for {told_span(jump)}, or its clock was set forward"
