"""What the issues before this one tell of one link."""

from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What a link is known again by, from issue to issue."""

    LABEL = "label"
    STORY = "story"  # the same label under the same headline
    ADDRESS = "address"  # the only address that is made like it


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """The link opened something else in every earlier issue, and did not move on this time.

    Its addresses are of one site and made alike: a sponsor's change from site to site.

    Attributes:
        by: What it is known again by.
        seen: How many earlier issues show it, each with an address of its own; at least 2.
        back: How many issues ago its address was the same, from 1.
        repeats: It stands in the very words that it stood in then, which changed before: the
            story was run again.
    """

    by: By
    seen: int
    back: int
    repeats: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outrun:
    """The number or date in the label moved on, as before; the address did not, unlike before.

    Attributes:
        was: The label that the address had.
        back: How many issues ago, from 1.
        numbered: In every earlier issue the address held the label's own number.
    """

    was: str
    back: int
    numbered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reused:
    """The address was that of something else in an earlier issue, and in no other.

    Attributes:
        title: The words that name what it should open now.
        was: The words that named what it opened then.
        back: How many issues ago, from 1.
    """

    title: str
    was: str
    back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OldTag:
    """A tracking tag of an earlier issue.

    Attributes:
        name: `utm_campaign`.
        value: What it says, and what an earlier issue's links said.
        back: How many issues ago, from 1.
        others: What this issue's other links say; None where most links carry the old value.
        alike: How many links of this issue carry the old value.
    """

    name: str
    value: str
    back: int
    others: str | None
    alike: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """All that the earlier issues tell of one link; each None where they show nothing amiss."""

    stuck: Stuck | None = None
    outrun: Outrun | None = None
    reused: Reused | None = None
    tags: tuple[OldTag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """How much of an issue's own content is that of an earlier one.

    Attributes:
        back: How many issues ago, from 1.
        links: Different article addresses of this issue that do not recur in most issues.
        same: How many of them that issue has too.
    """

    back: int
    links: int
    same: int
