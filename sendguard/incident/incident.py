"""A mistake that went out: what is known of it, and how more comes to be known."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sendguard.errors import WrongUsage
from sendguard.incident.tally import Tally

MOST_WHYS = 5
MOST_NOTES = 500
"""Of one sort, in one incident: what is kept stays small enough to be read."""


class Kind(StrEnum):
    """Could it happen again in the same way?"""

    UNKNOWN = "unknown"
    ONE_OFF = "one-off"
    SYSTEMIC = "systemic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a person wrote down.

    Attributes:
        text: In their words.
        at: When, in UTC.
        by: Who; None where nobody said.
    """

    text: str
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Somebody was told of it.

    Attributes:
        who: A person, or a group.
        at: When that was written down, in UTC.
        how: By which way; None where nobody said.
        by: Who told them; None where nobody said.
    """

    who: str
    at: datetime
    how: str | None = None
    by: str | None = None


Noted = TypeVar("Noted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Righted:
    """A link that was wrong.

    Attributes:
        label: What readers saw of it; empty for none.
        wrong: The address that went out.
        right: The address that it should have been.
    """

    label: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a triage came to, as text, so that later tiers can be read, too.

    Attributes:
        tier: A word of `sendguard.correct.Tier`.
        why: The reasons, as sentences.
    """

    tier: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A mistake that went out. Each method answers with the incident as it is afterwards.

    Of each step the first time counts: a second correction does not change when sending stopped.

    Attributes:
        campaign: Name of the campaign that went out wrong.
        opened_at: When the record was begun, in UTC, as all times here.
        found_at: When the mistake was seen.
        id: Its number in the store; 0 before it is there.
        subject: Of the campaign; None where it is not known.
        stopped_at: When nothing more of it went out.
        repaired_at: When a right version was there.
        queued_at: When its first correction was queued.
        first_sent, last_sent: When the mail server took the first and last message of a correction.
        corrections: Names of the campaigns that correct it.
        original: Who got the wrong version, when that was stopped; None where it is not known.
        corrected: Whom the corrections reached; None where there are none.
        links: What was wrong in it.
        triage: How bad it was held to be; None where nobody asked.
        apology: What readers were told; None for nothing yet.
        consequences: What it cost.
        whys: Why it happened, why that was so…: five at most.
        kind: Could it happen again in the same way?
        told: Who was told of it.
        prevention: What will keep it from happening again.
        forced: What was done against SendGuard's advice.
        closed_at: When people were done with it; None while they are not.
    """

    campaign: str
    opened_at: datetime
    found_at: datetime
    id: int = 0
    subject: str | None = None
    stopped_at: datetime | None = None
    repaired_at: datetime | None = None
    queued_at: datetime | None = None
    first_sent: datetime | None = None
    last_sent: datetime | None = None
    corrections: tuple[str, ...] = ()
    original: Tally | None = None
    corrected: Tally | None = None
    links: tuple[Righted, ...] = ()
    triage: Judged | None = None
    apology: str | None = None
    consequences: tuple[Note, ...] = ()
    whys: tuple[Note, ...] = ()
    kind: Kind = Kind.UNKNOWN
    told: tuple[Told, ...] = ()
    prevention: tuple[Note, ...] = ()
    forced: tuple[Note, ...] = ()
    closed_at: datetime | None = None

    @classmethod
    def begun(cls, campaign: str, at: datetime) -> "Incident":
        """A new one, of which no more is known yet."""
        return cls(campaign=campaign, opened_at=at, found_at=at)

    # What the steps of a correction tell.

    def with_subject(self, subject: str | None) -> "Incident":
        """The subject of what went out is known."""
        return replace(self, subject=subject or self.subject)

    def stopped(self, at: datetime, original: Tally | None = None) -> "Incident":
        """Nothing more of it goes out; so many had it by then."""
        return replace(self, stopped_at=self.stopped_at or at, original=self.original or original)

    def repaired(self, at: datetime, *links: Righted) -> "Incident":
        """There is a right version."""
        known = {(link.label, link.wrong): link for link in (*self.links, *links)}
        righted = tuple(known.values())
        return replace(self, repaired_at=self.repaired_at or at, links=righted)

    def queued(self, at: datetime, correction: str, apology: str | None = None) -> "Incident":
        """A correction is on its way, which tells readers this."""
        names = tuple(dict.fromkeys((*self.corrections, correction)))
        return replace(
            self,
            queued_at=self.queued_at or at,
            corrections=names,
            apology=apology or self.apology,
        )

    def drafted(self, correction: str, apology: str) -> "Incident":
        """A correction lies there for somebody to send by other means."""
        names = tuple(dict.fromkeys((*self.corrections, correction)))
        return replace(self, corrections=names, apology=apology)

    def reached(self, at: datetime, correction: str) -> "Incident":
        """A correction went out by other means."""
        names = tuple(dict.fromkeys((*self.corrections, correction)))
        return replace(
            self,
            corrections=names,
            first_sent=min(self.first_sent or at, at),
            last_sent=max(self.last_sent or at, at),
        )

    def not_reached(self, at: datetime) -> "Incident":
        """It did not go out then, after all."""
        return replace(
            self,
            first_sent=None if self.first_sent == at else self.first_sent,
            last_sent=None if self.last_sent == at else self.last_sent,
        )

    def triaged(self, tier: str, why: str) -> "Incident":
        """It was judged how bad it is."""
        return replace(self, triage=Judged(tier=tier, why=why))

    def forced_by(self, note: Note) -> "Incident":
        """Something was done against advice."""
        return replace(self, forced=_more(self.forced, note))

    # What people tell.

    def timed(
        self,
        *,
        found_at: datetime | None = None,
        stopped_at: datetime | None = None,
        repaired_at: datetime | None = None,
        sent_at: datetime | None = None,
    ) -> "Incident":
        """A person says when it was, of each step that is not None; nobody knows that better."""
        return replace(
            self,
            found_at=found_at or self.found_at,
            stopped_at=stopped_at or self.stopped_at,
            repaired_at=repaired_at or self.repaired_at,
            first_sent=sent_at or self.first_sent,
            last_sent=sent_at or self.last_sent,
        )

    def with_consequence(self, note: Note) -> "Incident":
        """What it cost is known better."""
        return replace(self, consequences=_more(self.consequences, note))

    def with_why(self, note: Note) -> "Incident":
        """The next why.

        Raises:
            WrongUsage: There are five.
        """
        if len(self.whys) >= MOST_WHYS:
            raise WrongUsage("five whys are there: --whys-anew begins them again")
        return replace(self, whys=(*self.whys, note))

    def without_whys(self) -> "Incident":
        """Why it happened is to be told again."""
        return replace(self, whys=())

    def with_kind(self, kind: Kind) -> "Incident":
        """It is known whether it could happen again."""
        return replace(self, kind=kind)

    def with_told(self, told: Told) -> "Incident":
        """Somebody was told."""
        return replace(self, told=_more(self.told, told))

    def with_prevention(self, note: Note) -> "Incident":
        """Something will keep it from happening again."""
        return replace(self, prevention=_more(self.prevention, note))

    def closed(self, at: datetime) -> "Incident":
        """People are done with it."""
        return replace(self, closed_at=self.closed_at or at)


def _more(known: tuple[Noted, ...], one: Noted) -> tuple[Noted, ...]:
    if len(known) >= MOST_NOTES:
        raise WrongUsage(f"the incident holds {MOST_NOTES} notes of that sort, and takes no more")
    return (*known, one)
