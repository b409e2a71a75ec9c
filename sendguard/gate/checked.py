"""The whole of one check: what is stored, shown and compared."""

from dataclasses import dataclass
from datetime import datetime

from sendguard.errors import Unreadable
from sendguard.intent import Intent
from sendguard.judge.finding import Finding
from sendguard.links import Link
from sendguard.read import Campaign
from sendguard.values import Decision, Place
from sendguard.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLink:
    """One link with all that was found out about it."""

    link: Link
    intent: Intent | None
    visit: Visit
    decision: Decision
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """An earlier check of the very same content, on the same terms, that still is a pass.

    Attributes:
        at: When it began, in UTC.
        ago_s: How many seconds before this run that was.
    """

    at: datetime
    ago_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One newsletter, checked.

    Attributes:
        campaign: What was read.
        links: In reading order.
        findings: About the newsletter as a whole; those about links stand with the links.
        decision: May it go out?
        interrupted: The check was ended before it was done.
        passed: The earlier check that is told in the place of one that was made now.
        compared_with: How many earlier issues it was; None where it is no issue of a series, and
            none was named.
    """

    campaign: Campaign
    links: tuple[CheckedLink, ...]
    findings: tuple[Finding, ...]
    decision: Decision
    interrupted: bool = False
    passed: Passed | None = None
    compared_with: int | None = None

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Those about links in reading order, then those about the whole."""
        return (*(found for link in self.links for found in link.findings), *self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class CouldNotRead:
    """A path that could not be read; the others were checked all the same."""

    path: str
    says: str
    place: Place | None = None

    @classmethod
    def of(cls, path: str, error: Unreadable) -> "CouldNotRead":
        """The value for an error met while reading `path`."""
        return cls(path=path, says=error.says, place=error.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One call of `sendguard check`.

    Attributes:
        at: When it began, in UTC.
        took_s: Seconds that the visits, the judging and the deciding took.
        newsletters: In the order given.
        unreadable: In the order given.
        decision: The worst of the newsletters; `unverified` when none could be read.
        interrupted: It was ended before it was done.
        unkept: Why the store could not be asked, or did not take it; None where all is well.
    """

    at: datetime
    took_s: float
    newsletters: tuple[Checked, ...]
    unreadable: tuple[CouldNotRead, ...]
    unkept: str | None = None

    @property
    def decision(self) -> Decision:
        """The worst of the newsletters; `unverified` when none could be read."""
        if not self.newsletters:
            return Decision.UNVERIFIED
        return Decision.worst(checked.decision for checked in self.newsletters)

    @property
    def interrupted(self) -> bool:
        """It was ended before it was done."""
        return any(checked.interrupted for checked in self.newsletters)
