"""What the report says of one link, or of the newsletter as a whole, ready for the template."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sendguard.gate import CheckedLink, says_why
from sendguard.intent import HEADLINE_LIKE, From, Intent
from sendguard.judge.finding import Finding
from sendguard.judge.quote import called, quoted
from sendguard.links import Link, Role
from sendguard.report.details import Row, address_of, says_no_more
from sendguard.report.html.kinds import LOOKS, QUIET, Kind, Look, kind_of, kind_of_finding
from sendguard.report.layout import LONG, plain
from sendguard.report.phrases import (
    seen_ago,
    what_opens,
    what_was_approved,
    what_was_not_asked,
    why_unverified,
)
from sendguard.report.where import told_place
from sendguard.visit import Answered, Hop, NotVisited, Reason, Unreachable

_SOURCES = {
    From.DECLARED: "you said so",
    From.FEED: "from the feed",
    From.HEADLINE: "from the headline",
    From.LABEL: "from its own words",
    From.ALT: "from the description of the image",
    From.STORY: "from the story around it",
}
_NEVER_LED_TO = (Reason.ACTS, Reason.PERSONAL)  # a click would do what the check must not


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One finding: its sentence, what to do, the rule that says so, and who lets it stand."""

    says: str
    advice: str
    rule: str
    approved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page as it is shown.

    Attributes:
        title: Its title, or what happened in its place; empty where a finding says that.
        address: Where it is; may be empty.
        remark: A few words about it; may be empty.
        sure: It is a title.
    """

    title: str
    address: str = ""
    remark: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the report.

    Attributes:
        anchor: Its id in the page; empty for the newsletter as a whole.
        number: The link's id (`L3`).
        place: Where an editor would mend it; empty where that is nowhere.
        role: What the link is there for.
        under: The headline that it stands under, where its label is another.
        meant: What it should open, where that is known.
        met: What it does open; None for the newsletter as a whole.
        way: The answers on the way there, where there were several.
        href: An address that a person may open with a click; empty where there is none.
        marked: It has a mark in the newsletter, or beside it where nobody sees the link.
    """

    kind: Kind
    anchor: str = ""
    number: str = ""
    name: str
    role: str = ""
    under: str = ""
    place: str = ""
    said: tuple[Said, ...] = ()
    meant: Shown | None = None
    met: Shown | None = None
    way: tuple[str, ...] = ()
    href: str = ""
    marked: bool = False

    @property
    def look(self) -> Look:
        """Its sign and word."""
        return LOOKS[self.kind]

    @property
    def mark(self) -> str:
        """The id of its mark in the newsletter."""
        return f"mark-{self.anchor}"


def entry_of(link: CheckedLink, anchor: str, path: str) -> Entry:
    """The entry of a link of the newsletter at `path`."""
    meant, met = _meant(link.intent), _met(link)
    return Entry(
        kind=kind_of(link),
        anchor=anchor,
        number=link.link.id,
        name=_name(link.link),
        role=_role(link.link),
        under=_under(link.link),
        place=plain(told_place(path, link.link.place)),
        said=tuple(_said(found, meant, met) for found in _gravest_first(link)),
        meant=meant,
        met=met,
        way=tuple(_way(link)),
        href=_href(link),
        marked=needs_mark(link),
    )


def needs_mark(link: CheckedLink) -> bool:
    """Is it followed, or a picture of which there is something to say?"""
    return link.link.role is not Role.RESOURCE or kind_of(link) not in QUIET


def entry_of_all(found: Finding, path: str) -> Entry:
    """The entry of a finding about the newsletter as a whole."""
    return Entry(
        kind=kind_of_finding(found),
        name="The newsletter",
        place=plain(told_place(path, found.place)) if found.place else "",
        said=(_said(found),),
    )


def _said(found: Finding, meant: Shown | None = None, met: Shown | None = None) -> Said:
    """A finding; its sentence only where it says more than what stands under it."""
    says = plain(found.says, LONG)
    rows = (Row("should open", (meant.title,)), Row("opens", (met.title,))) if meant and met else ()
    return Said(
        says="" if met and met.sure and says_no_more(says, rows) else says,
        advice="" if found.approved else plain(found.advice, LONG),
        rule=f"{found.code} {found.name}",
        approved=what_was_approved(found),
    )


def _gravest_first(link: CheckedLink) -> tuple[Finding, ...]:
    """Its findings; beside one that blocks, a warning's advice must not look like the way out."""
    first = sorted(link.findings, key=lambda found: list(Kind).index(kind_of_finding(found)))
    if not first or kind_of_finding(first[0]) is not Kind.BLOCK:
        return tuple(first)
    is_block = [kind_of_finding(found) is Kind.BLOCK for found in first]
    return tuple(
        found if blocks else replace(found, advice="")
        for found, blocks in zip(first, is_block, strict=True)
    )


def _name(link: Link) -> str:
    return quoted(link.label) if plain(link.label) else called(link)


def _under(link: Link) -> str:
    headline = plain(link.story.headline) if link.story and link.story.own else ""
    return quoted(headline) if headline and headline != plain(link.label) else ""


def _role(link: Link) -> str:
    if link.role is Role.RESOURCE:
        return "image" if link.element == "img" else "file"
    return "" if link.role is Role.OTHER else link.role.replace("-", " ")


def _meant(intent: Intent | None) -> Shown | None:
    """What is only guessed at is nothing to hold a page against."""
    if intent is None or intent.sureness < HEADLINE_LIKE:
        return None
    title, address = plain(intent.title or ""), plain(intent.url.text if intent.url else "")
    return Shown(title=title or address, address=address, remark=_SOURCES[intent.source])


def _met(link: CheckedLink) -> Shown:
    outcome = link.visit.outcome
    is_said = any(says_why(outcome, found) for found in link.findings)
    happened = "" if is_said else why_unverified(outcome)
    unasked = what_was_not_asked(link.visit)
    if not isinstance(outcome, Answered):
        return Shown(title=happened, address=address_of(link), remark=unasked, sure=False)
    landed = outcome.landed
    title = what_opens(outcome)
    status = f"status {landed.status}{_hops(len(outcome.hops) - 1)}"
    return Shown(
        title=title or happened,
        address=plain(landed.url.text),
        remark="; ".join(filter(None, (status + _ago(link.visit.age_s), unasked))),
        sure=title is not None,
    )


def _hops(number: int) -> str:
    return f", after {number} redirect{'' if number == 1 else 's'}" if number else ""


def _ago(age_s: float | None) -> str:
    return f", {seen_ago(age_s)}" if age_s is not None else ""


def _way(link: CheckedLink) -> Iterator[str]:
    match link.visit.outcome:
        case Answered(hops=hops) | Unreachable(hops=hops) if len(hops) > 1:
            yield from map(_step, hops)


def _step(hop: Hop) -> str:
    return f"{hop.status}  {plain(hop.url.text)}"


def _href(link: CheckedLink) -> str:
    match link.visit.outcome:
        case NotVisited(reason=reason) if reason in _NEVER_LED_TO:
            return ""
        case _:
            return link.visit.url.text if link.visit.url and not link.link.acts else ""
