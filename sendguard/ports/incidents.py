"""The port of incidents: what is known of each mistake that went out."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeAlias

from sendguard.incident import Incident

Change: TypeAlias = Callable[[Incident], Incident]
"""What becomes known: from the incident as it is now to the incident as it is then."""


class Incidents(Protocol):
    """The incidents, kept for good. Every method may raise `BadStore`.

    A change is made whole or not at all, on what is there at that moment: of two that are made at
    once neither is lost. What a change raises leaves all as it was.
    """

    def open_or_update(self, campaign: str, at: datetime, change: Change) -> Incident:
        """Change the open incident of a campaign; where there is none, a new one.

        Args:
            campaign: Name of the campaign that went out wrong.
            at: When a new one was found, and its record begun.
            change: What becomes known; a new one has the number 0.

        Returns:
            The incident as it is now, with its number.
        """
        ...

    def update(self, number: int, change: Change) -> Incident | None:
        """Change one, closed or not; None where there is none of that number."""
        ...

    def of_campaign(self, campaign: str) -> Incident | None:
        """The last incident of a campaign; None where it has none."""
        ...

    def numbered(self, number: int) -> Incident | None:
        """The incident of that number; None for none."""
        ...

    def latest(self, most: int) -> tuple[Incident, ...]:
        """So many at most, the last one first."""
        ...
