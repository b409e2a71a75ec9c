"""What a person has to look at, gravest first: findings gathered by sentence and by link."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sendguard.gate import Checked, CheckedLink, is_walled, says_why
from sendguard.judge.finding import Finding
from sendguard.report.phrases import what_was_approved, why_unverified
from sendguard.values import Decision, Place, Severity
from sendguard.visit import Answered, NotVisited, Reason, Trouble, Unreachable

WALLS = frozenset({"walled", "login-wall", "consent-page"})  # the rules' names


class Weight(StrEnum):
    """How much an entry weighs, gravest first."""

    BLOCK = "block"
    UNVERIFIED = "unverified"
    WARNING = "warning"
    APPROVED = "approved"
    NOTE = "note"


# Compared by identity: a link has one spot, and to compare all that is known of it is slow.
@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """Where something is wrong; without a link it concerns the whole newsletter."""

    link: CheckedLink | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong and what to do.

    Attributes:
        says: What is wrong.
        advice: What to do; empty where there is nothing, or no rule speaks.
        rule: Code and name; empty where no rule speaks.
        approved: Who lets it stand, or did; empty where nobody did.
    """

    says: str
    advice: str = ""
    rule: str = ""
    approved: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is to be said about the same spots.

    Attributes:
        weight: Of each of `told`.
        spots: At least one, in reading order.
        told: At least one, in the order of the rules.
    """

    weight: Weight
    spots: tuple[Spot, ...]
    told: tuple[Told, ...]


def entries(checked: Checked) -> tuple[Entry, ...]:
    """Everything but walled links, each sentence once, gravest first, then in reading order."""
    spots: dict[tuple[Weight, Told], list[Spot]] = {}
    for weight, spot, told in _pieces(checked):
        spots.setdefault((weight, told), []).append(spot)
    gathered: dict[tuple[Weight, tuple[Spot, ...]], list[Told]] = {}
    for (weight, told), where in spots.items():
        gathered.setdefault((weight, tuple(where)), []).append(told)
    made = (Entry(weight, where, tuple(told)) for (weight, where), told in gathered.items())
    return tuple(sorted(made, key=lambda entry: list(Weight).index(entry.weight)))


def to_open_yourself(checked: Checked) -> tuple[tuple[CheckedLink, ...], ...]:
    """The walled links that nothing else blocks, those that share an address together."""
    same: dict[str, list[CheckedLink]] = {}
    for link in checked.links:
        if is_open_yourself(link):
            same.setdefault(link.link.href, []).append(link)
    return tuple(map(tuple, same.values()))


def wall_rules(link: CheckedLink) -> str:
    """The rule that speaks of the wall; empty where none does."""
    return ", ".join(_told(found).rule for found in link.findings if found.name in WALLS)


def is_open_yourself(link: CheckedLink) -> bool:
    """Could only a person see what this link opens?"""
    return is_walled(link.visit.outcome) and link.decision is Decision.UNVERIFIED


def is_unverified(link: CheckedLink) -> bool:
    """Could it not be told, for another reason than a wall?"""
    return link.decision is Decision.UNVERIFIED and not is_walled(link.visit.outcome)


def _pieces(checked: Checked) -> Iterator[tuple[Weight, Spot, Told]]:
    saw_some = any(isinstance(link.visit.outcome, Answered) for link in checked.links)
    for link in checked.links:
        spot = Spot(link, link.link.place)
        for found in link.findings:
            if not _is_said_by_the_wall(link, found):
                yield _weight(found, link), spot, _told(found)
        if is_unverified(link) and not _is_said_elsewhere(link, saw_some=saw_some):
            yield Weight.UNVERIFIED, spot, Told(why_unverified(link.visit.outcome))
    for found in checked.findings:
        yield _weight(found), Spot(None, found.place), _told(found)


def _told(found: Finding) -> Told:
    advice = "" if found.approved else found.advice
    return Told(found.says, advice, f"{found.code} {found.name}", what_was_approved(found))


def _weight(found: Finding, link: CheckedLink | None = None) -> Weight:
    if found.approved:
        return Weight.APPROVED
    if found.severity is Severity.BLOCK:
        return Weight.BLOCK
    if link and is_unverified(link) and says_why(link.visit.outcome, found):
        return Weight.UNVERIFIED
    return Weight.WARNING if found.severity is Severity.WARN else Weight.NOTE


def _is_said_by_the_wall(link: CheckedLink, found: Finding) -> bool:
    return is_open_yourself(link) and found.name in WALLS


def _is_said_elsewhere(link: CheckedLink, *, saw_some: bool) -> bool:
    """Does a finding say why, or the line of totals for all links at once?"""
    match link.visit.outcome:
        case NotVisited(reason=Reason.OFFLINE):
            return True
        case NotVisited(reason=Reason.INTERRUPTED) | Unreachable(trouble=Trouble.NO_NETWORK):
            return not saw_some
        case _:
            return any(says_why(link.visit.outcome, found) for found in link.findings)
