"""An approval: a named person lets one finding stand, with a reason and a last day."""

from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_NAME = 80
LONGEST_REASON = 500
LONGEST_DAYS = 366
"""An approval that nobody has to renew within a year is a rule switched off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A named person's word that one finding may stand.

    Attributes:
        fingerprint: The finding's.
        by: Who says so; text that can be shown as it is, as `because` is.
        because: Why.
        until: The last day on which it counts, in UTC.
        code: What was approved, for whoever reviews the file: this and the next three
            decide nothing.
        label: The link's; empty for a newsletter as a whole.
        address: The link's; empty for a newsletter as a whole.
        says: The finding's sentence.
    """

    fingerprint: str
    by: str
    because: str
    until: date
    code: str = ""
    label: str = ""
    address: str = ""
    says: str = ""

    def counts_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return day <= self.until


def last_day_from(day: date) -> date:
    """The last day until which `sendguard approve` takes a word on `day`."""
    return day + timedelta(days=LONGEST_DAYS)
