"""What is known of a campaign now: the decision, the sentence that matters, and the send."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sendguard.gate import Checked, CheckedLink, CouldNotRead
from sendguard.judge.finding import Finding
from sendguard.judge.in_words import in_words
from sendguard.judge.quote import plain
from sendguard.links import Role
from sendguard.report.details import name_of
from sendguard.report.entries import Entry, Weight, entries, is_unverified
from sendguard.report.totals import reason
from sendguard.report.where import seen_from_here
from sendguard.values import Decision, Place, Severity
from sendguard.visit import NotVisited, Outcome, Reason, Trouble, Unreachable

LONGEST_SAYS = 700
LONGEST_ADVICE = 300
_MATTERS = {Decision.BLOCK: Weight.BLOCK, Decision.UNVERIFIED: Weight.UNVERIFIED}
_MISTAKES = {
    "SG2": ("is broken", "are broken"),
    "SG3": ("opens the wrong page", "open the wrong pages"),
}


class Verdict(StrEnum):
    """What a look at a campaign came to: the decision, or that there was nothing to decide on."""

    PASS = "pass"
    UNVERIFIED = "unverified"
    BLOCK = "block"
    UNREADABLE = "unreadable"


class Blind(StrEnum):
    """Why a look told nothing of the campaign itself."""

    NO_NETWORK = "no-network"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the last look at a campaign showed.

    Attributes:
        campaign: Name of its folder.
        path: How one names it to `sendguard check`.
        content: What was looked at; see `content_of`.
        decision: What it came to.
        gist: The reason in a few words, fit to follow a colon.
        says: The gravest finding, a sentence; empty where nothing is wrong.
        advice: What to do about it; empty where there is nothing.
        place: Where it stands, as seen from where `path` is; None without a place.
        more: How many others weigh as much.
        at: When, in UTC.
        send_at: When it is to be sent, in the author's zone; None where nobody says so.
        sent_at: When it was sent, where that is known.
        blind: Why the look says nothing of the campaign; None for one that does.
        told: The decision that people heard of last; None for none. See `change.following`.
    """

    campaign: str
    path: str
    content: str
    decision: Verdict
    gist: str
    says: str = ""
    advice: str = ""
    place: Place | None = None
    more: int = 0
    at: datetime
    send_at: datetime | None = None
    sent_at: datetime | None = None
    blind: Blind | None = None
    told: Verdict | None = None

    @property
    def ahead_s(self) -> float | None:
        """Seconds until the send, below 0 for one that is past; None without a time."""
        send = self.sent_at or self.send_at
        return (send.astimezone(UTC) - self.at).total_seconds() if send else None

    @property
    def is_after_send(self) -> bool:
        """Do readers have it, as far as is known?"""
        return self.ahead_s is not None and self.ahead_s <= 0


def standing_of(
    checked: Checked, at: datetime, content: str, sent_at: datetime | None = None
) -> Standing:
    """What a check of a campaign's folder showed.

    Args:
        checked: The check.
        at: When it was made, in UTC.
        content: What was checked; see `content_of`.
        sent_at: When it was sent, where that is known.
    """
    campaign = checked.campaign
    weighty = [entry for entry in entries(checked) if entry.weight is _weight(checked)]
    says, advice, place = _gravest(weighty, checked)
    return Standing(
        campaign=campaign.id or campaign.path,
        path=campaign.path,
        content=content,
        decision=Verdict(checked.decision.value),
        gist=_gist(checked),
        says=says,
        advice=advice,
        place=place,
        more=max(sum(len(entry.spots) for entry in weighty) - 1, 0),
        at=at,
        send_at=campaign.brief.send_at,
        sent_at=sent_at,
        blind=_blind(checked),
    )


def unreadable(missing: CouldNotRead, campaign: str, at: datetime, content: str) -> Standing:
    """What is known of a campaign that could not be read."""
    return Standing(
        campaign=campaign,
        path=missing.path,
        content=content,
        decision=Verdict.UNREADABLE,
        gist="it could not be read",
        says=plain(missing.says, LONGEST_SAYS),
        place=missing.place and seen_from_here(missing.path, missing.place),
        at=at,
    )


def _weight(checked: Checked) -> Weight | None:
    return _MATTERS.get(checked.decision)


def _gravest(weighty: list[Entry], checked: Checked) -> tuple[str, str, Place | None]:
    """The sentence, the advice and the place of what an editor should mend first."""
    if not weighty:
        return "", "", None
    spot, told = weighty[0].spots[0], weighty[0].told[0]
    # A rule names the link in its sentence; where none speaks, nobody has yet.
    named = f"{name_of(spot.link.link)}: " if spot.link and not told.rule else ""
    place = spot.place and seen_from_here(checked.campaign.path, spot.place)
    says = in_words(told.says, None, (link.link for link in checked.links))
    return plain(f"{named}{says}", LONGEST_SAYS), plain(told.advice, LONGEST_ADVICE), place


def _gist(checked: Checked) -> str:
    if _blind(checked) is Blind.NO_NETWORK:
        return "the network is down"
    if checked.decision is not Decision.BLOCK:
        return plain(reason(checked), LONGEST_ADVICE)
    blocking = [link for link in checked.links if link.decision is Decision.BLOCK]
    if not blocking:
        return "something is wrong with the newsletter as a whole"
    return f"{_counted(blocking)} {_mistake(blocking)}"


def _mistake(blocking: list[CheckedLink]) -> str:
    """What is wrong with the links, where it is one kind of mistake: `is broken`."""
    kinds = {found.code[:3] for link in blocking for found in _that_block(link.findings)}
    one, several = _MISTAKES.get(kinds.pop() if len(kinds) == 1 else "", ("is wrong", "are wrong"))
    return one if len(blocking) == 1 else several


def _that_block(findings: Iterable[Finding]) -> Iterable[Finding]:
    return (one for one in findings if one.severity is Severity.BLOCK and not one.approved)


def _counted(links: list[CheckedLink]) -> str:
    is_picture = all(link.link.role is Role.RESOURCE for link in links)
    thing = "picture" if is_picture else "link"
    return f"{len(links)} {thing}{'' if len(links) == 1 else 's'}"


def _blind(checked: Checked) -> Blind | None:
    """Did only our own side keep it from being told?"""
    if checked.decision is not Decision.UNVERIFIED:
        return None
    if checked.interrupted:
        return Blind.INTERRUPTED
    unsure = [link.visit.outcome for link in checked.links if is_unverified(link)]
    return Blind.NO_NETWORK if unsure and all(map(_is_ours, unsure)) else None


def _is_ours(outcome: Outcome) -> bool:
    match outcome:
        case Unreachable(trouble=Trouble.NO_NETWORK) | NotVisited(reason=Reason.INTERRUPTED):
            return True
        case _:
            return False
