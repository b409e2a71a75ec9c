"""What is kept of one check of one campaign."""

from dataclasses import dataclass
from datetime import datetime

from sendguard.gate.checked import Checked, Run
from sendguard.values import Decision

BY_HAND = "check"
"""The occasion of a check that somebody asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One check of one campaign, whole: fit to be told again.

    Attributes:
        at: When it began, in UTC.
        took_s: Seconds it took.
        checked: All that was found.
        terms: A digest of what it was judged by besides the newsletter; two checks on other terms
            may differ over the same content.
        says: The line that said why.
        occasion: What it was made for: `BY_HAND`, or the name of a moment (`24h before`).
    """

    at: datetime
    took_s: float
    checked: Checked
    terms: str
    says: str
    occasion: str = BY_HAND

    @property
    def run(self) -> Run:
        """As a call of `sendguard check` that had this one newsletter."""
        return Run(at=self.at, took_s=self.took_s, newsletters=(self.checked,), unreadable=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A record that the store has, without its evidence.

    Attributes:
        id: Its number, by which it can be asked for.
        campaign: Name of the campaign folder.
        digest: Of the content that was checked.
        at, decision, says, occasion: As in `Record` and `Checked`.
    """

    id: int
    campaign: str
    digest: str
    at: datetime
    decision: Decision
    says: str
    occasion: str
