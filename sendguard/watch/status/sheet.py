"""All that is known of every campaign at one instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sendguard.gate import Approval, CouldNotRead, Kept
from sendguard.values import Decision, Severity
from sendguard.watch.moment import Moment
from sendguard.watch.presence import Presence
from sendguard.watch.status.gate import AtGate
from sendguard.watch.status.mailing import LONG_PAST, OpenIncident, Outgoing

_DAY = timedelta(days=1)
FORGOTTEN = timedelta(days=30)
"""So is what has no time to be sent at, and that nobody has looked at for so long."""

A_YEAR = timedelta(days=400)
"""A year that was written wrong is last year's; what was to be sent earlier is of an archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding of a campaign's last check.

    Attributes:
        code, name, severity, link, says: As in `Finding`.
        fingerprint: By which an approval names it.
        approved_until: The last day of the approval that it has; None without one.
    """

    code: str
    name: str
    severity: Severity
    link: str | None
    says: str
    fingerprint: str
    approved_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A notice that did not get through.

    Attributes:
        campaign: Whom it is about.
        title: What it says.
        made_at: When it came to be.
        to: The address, without anything secret.
        why: Why not.
        again_at: When it is tried again; None when it was given up.
    """

    campaign: str
    title: str
    made_at: datetime
    to: str
    why: str
    again_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One campaign.

    Attributes:
        name: Of its folder.
        path: How one names it to `sendguard check`.
        send_at: When it is to be sent, in the author's zone; None where nobody says so.
        sent_at: When it was sent, where that is known.
        digest: Of its files as they are; None where they cannot be read.
        approvals: Of its folder.
        unreadable: Why it cannot be read; None where it can.
        last: Its last check; None where there was none.
        found: What that found.
    """

    name: str
    path: str
    send_at: datetime | None = None
    sent_at: datetime | None = None
    digest: str | None = None
    approvals: tuple[Approval, ...] = ()
    unreadable: CouldNotRead | None = None
    last: Kept | None = None
    found: tuple[Found, ...] = ()

    def is_over(self, now: datetime) -> bool:
        """Did it go out long ago, or is it a draft that everybody has forgotten?"""
        if sent := self.sent_at or self.send_at:
            return sent.astimezone(UTC) < now - LONG_PAST
        return self.last is not None and self.last.at < now - FORGOTTEN

    def is_doubtful(self, now: datetime) -> bool:
        """Is it blocked, past its send, and known to nobody as sent: may its `send_at` be wrong?"""
        if self.send_at is None or self.sent_at or self.last is None:
            return False
        is_past = _DAY < now - self.send_at.astimezone(UTC) <= A_YEAR
        return is_past and self.decision is Decision.BLOCK and self.last.at >= now - FORGOTTEN

    @property
    def decision(self) -> Decision | None:
        """What its last check came to; None where that was of other files than it has now."""
        return self.last.decision if self.last and not self.is_changed else None

    @property
    def is_changed(self) -> bool:
        """Was it changed since it was checked last?"""
        known = self.last is not None and self.digest is not None
        return known and self.last is not None and self.last.digest != self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything, at one instant.

    Attributes:
        at: Which one, in UTC.
        store: Why nothing is known of earlier checks; None where there is a store.
        keeps: Whether anything is to be kept; without that, nothing can watch.
        folder: Why no campaigns are known; None where there is a folder of them.
        presence: Who watches; None for nobody.
        sheets: One for each campaign folder.
        past: The last checks of campaigns whose folders are gone.
        moments: What is to be checked next, soonest first.
        untold: Notices that did not get through.
        passed_over: Names of folders with a newsletter that are no campaigns.
        outgoing: What was queued.
        gate: What other programs send through the gateway.
        incidents: Mistakes that went out and that people are not done with.
    """

    at: datetime
    store: str | None = None
    keeps: bool = True
    folder: str | None = None
    presence: Presence | None = None
    sheets: tuple[Sheet, ...] = ()
    past: tuple[Kept, ...] = ()
    moments: tuple[Moment, ...] = ()
    untold: tuple[Untold, ...] = ()
    passed_over: tuple[str, ...] = ()
    outgoing: Outgoing = field(default_factory=Outgoing)
    gate: AtGate = field(default_factory=AtGate)
    incidents: tuple[OpenIncident, ...] = ()

    @property
    def last_checks(self) -> tuple[Kept, ...]:
        """The last check of each campaign, the latest first."""
        kept = (*(one.last for one in self.sheets if one.last), *self.past)
        return tuple(sorted(kept, key=lambda one: (one.at, one.id), reverse=True))

    @property
    def next_of_each(self) -> tuple[Moment, ...]:
        """The next check of each campaign, soonest first."""
        first: dict[str, Moment] = {}
        for moment in self.moments:
            first.setdefault(moment.campaign, moment)
        return tuple(first.values())

    def sheet(self, name: str) -> Sheet | None:
        """What is known of a campaign; None where its folder is gone."""
        return next((one for one in self.sheets if one.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What the store says.

    Attributes:
        last: The last check of each campaign.
        found: What those checks found, by their numbers.
        sent_at: When campaigns were sent last, by name.
        moments: What is to be checked next, soonest first.
        untold: Notices that did not get through.
        presence: Who watches; None for nobody.
        outgoing: What was queued.
        gate: What other programs send through the gateway.
        incidents: Mistakes that went out and that people are not done with.
    """

    last: tuple[Kept, ...] = ()
    found: Mapping[int, tuple[Found, ...]] = field(default_factory=dict)
    sent_at: Mapping[str, datetime] = field(default_factory=dict)
    moments: tuple[Moment, ...] = ()
    untold: tuple[Untold, ...] = ()
    presence: Presence | None = None
    outgoing: Outgoing = field(default_factory=Outgoing)
    gate: AtGate = field(default_factory=AtGate)
    incidents: tuple[OpenIncident, ...] = ()
