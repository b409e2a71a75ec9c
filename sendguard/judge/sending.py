"""That a newsletter went out."""

from dataclasses import dataclass
from datetime import datetime

from sendguard.read import Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A newsletter went out.

    Attributes:
        campaign: Name of the campaign folder.
        digest: Of its files, as they were then.
        letter: Of what readers got; see `Campaign.letter`.
        at: When, in UTC.
        subject: What it was called then; None where it had no subject.
        times: How many sendings of the campaign, or of this very letter, are known with this one.
    """

    campaign: str
    digest: str
    letter: str
    at: datetime
    subject: str | None = None
    times: int = 1

    @classmethod
    def of(cls, campaign: Campaign, at: datetime) -> "Sending":
        """The sending of a campaign as it is now."""
        return cls(
            campaign=campaign.id or "",
            digest=campaign.digest,
            letter=campaign.letter,
            at=at,
            subject=campaign.subject,
        )
