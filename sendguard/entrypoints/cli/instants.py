"""An instant that a person gives on the command line."""

from datetime import UTC, datetime

from sendguard.errors import WrongUsage


def past_instant(option: str, given: str, now: datetime) -> datetime:
    """When something was, in the zone that was given.

    Raises:
        WrongUsage: It is no instant, or still to come.
    """
    from sendguard.read.instant import parse_instant

    try:
        at = parse_instant(" ".join(given.split()))
    except ValueError as error:
        raise WrongUsage(f"{option} {given!r} {error}") from error
    if at.astimezone(UTC) > now:
        raise WrongUsage(f"{option} {given!r} is still to come")
    return at
