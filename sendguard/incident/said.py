"""What a person tells of an incident at one time, and how the incident changes by it."""

from dataclasses import dataclass
from datetime import datetime

from sendguard.incident.incident import Incident, Kind, Note, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Everything that is told at once, fields as in `Incident`; what is empty changes nothing.

    Attributes:
        sent_at: When the correction went out by other means.
        whys_anew: The whys that were there are no more.
        kind: None where nothing is said of it.
    """

    found_at: datetime | None = None
    stopped_at: datetime | None = None
    repaired_at: datetime | None = None
    sent_at: datetime | None = None
    consequences: tuple[Note, ...] = ()
    whys: tuple[Note, ...] = ()
    whys_anew: bool = False
    kind: Kind | None = None
    told: tuple[Told, ...] = ()
    prevention: tuple[Note, ...] = ()
    closed_at: datetime | None = None

    @property
    def says_nothing(self) -> bool:
        """Would nothing change by it?"""
        return self == Said()

    def of(self, incident: Incident) -> Incident:
        """The incident as it is once this was said of it.

        Raises:
            WrongUsage: It holds no more of what is said.
        """
        timed = incident.timed(
            found_at=self.found_at,
            stopped_at=self.stopped_at,
            repaired_at=self.repaired_at,
            sent_at=self.sent_at,
        )
        known = self._noted(timed.without_whys() if self.whys_anew else timed)
        known = known.with_kind(self.kind) if self.kind else known
        return known.closed(self.closed_at) if self.closed_at else known

    def _noted(self, incident: Incident) -> Incident:
        for note in self.consequences:
            incident = incident.with_consequence(note)
        for why in self.whys:
            incident = incident.with_why(why)
        for told in self.told:
            incident = incident.with_told(told)
        for note in self.prevention:
            incident = incident.with_prevention(note)
        return incident
