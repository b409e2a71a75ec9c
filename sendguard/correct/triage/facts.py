"""What is known of a mistake that is out."""

from dataclasses import dataclass
from enum import StrEnum

from sendguard.judge.hosts import site_of
from sendguard.judge.quote import plain, quoted
from sendguard.links import Role
from sendguard.values import Url
from sendguard.visit import Visit

MAIN = frozenset(
    {
        *(Role.ARTICLE, Role.IMAGE, Role.BUTTON),
        # Few follow these, but whoever does must come to the right place.
        *(Role.UNSUBSCRIBE, Role.MAIL, Role.PHONE),
    }
)


class Harm(StrEnum):
    """What a person says of the wrong address, having looked."""

    HOSTILE = "hostile"
    PERSONAL_DATA = "personal-data"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One wrong address that is out.

    Attributes:
        name: What the editor calls the link: its label or headline.
        href: The wrong address as it was written.
        wrong: The same, where it is a web address; None otherwise.
        right: What it should have been.
        roles: Of all places that have it.
        seen: What was there; None where nobody looked.
        expected: What is at the right address; None where nobody looked.
    """

    name: str
    href: str
    wrong: Url | None
    right: Url
    roles: frozenset[Role]
    seen: Visit | None = None
    expected: Visit | None = None

    @property
    def called(self) -> str:
        """Its name, fit to begin a sentence."""
        return quoted(self.name, 60) if plain(self.name) else "The link"

    @property
    def is_main(self) -> bool:
        """Is it what readers came for, or what they must be able to rely on?"""
        return not MAIN.isdisjoint(self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that triage looks at.

    Attributes:
        mistakes: At least one.
        got: How many have the message, or may have it; None where nobody knows.
        pending: How many were to get it and can still be stopped.
        minutes: Since the first was sent; None where nobody knows.
        own_hosts: Hosts whose pages the sender can change.
        harm: What a person says; None where nobody said anything.
    """

    mistakes: tuple[Mistake, ...]
    got: int | None
    pending: int = 0
    minutes: float | None = None
    own_hosts: frozenset[str] = frozenset()
    harm: Harm | None = None

    def is_own(self, url: Url) -> bool:
        """Can the sender change what is at the address?"""
        return site_of(url.host) in {site_of(host) for host in self.own_hosts}
