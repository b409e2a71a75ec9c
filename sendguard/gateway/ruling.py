"""What a check means at the gate."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sendguard.gate import Checked, CheckedLink, Record
from sendguard.gateway.stream import Ruling, Standing
from sendguard.intent import HEADLINE_LIKE
from sendguard.judge.finding import Finding
from sendguard.judge.in_words import in_words, told_link
from sendguard.judge.quote import called, quoted, shown
from sendguard.report.phrases import what_opens
from sendguard.report.totals import compared_none
from sendguard.values import Decision, Severity
from sendguard.visit import Answered

_STANDINGS = {
    Decision.PASS: Standing.PASSED,
    Decision.BLOCK: Standing.BLOCKED,
    Decision.UNVERIFIED: Standing.UNVERIFIED,
}


def ruling_of(checked: Checked, at: datetime, record: int | None) -> Ruling:
    """How a campaign stands after a check.

    Args:
        checked: The check.
        at: When it was decided, in UTC.
        record: Number of the check in the store; None where it is not kept.
    """
    standing = _STANDINGS[checked.decision]
    says = _how_fine(checked) if standing is Standing.PASSED else _why(checked)
    return Ruling(standing=standing, at=at, says=says, record=record)


def wrong_link(ruling: Ruling, record_of: Callable[[int], Record | None]) -> str | None:
    """The id of the link that a check's ruling speaks of, by which it can be put right.

    Args:
        ruling: What was decided.
        record_of: Finds a check that is kept by its number.

    Returns:
        None where no link is the worst, or a person decided, or the check is not kept.
    """
    record = record_of(ruling.record) if ruling.record is not None and not ruling.by else None
    gravest = _gravest(record.checked) if record else []
    return gravest[0].link if gravest else None


def unreadable(says: str, at: datetime) -> Ruling:
    """Of a message that cannot be read as a newsletter: nobody can say what it holds."""
    return Ruling(standing=Standing.UNVERIFIED, at=at, says=f"it could not be read: {says}")


def sealed(how: str, at: datetime) -> Ruling:
    """Of a message that nobody on the way can read.

    Args:
        how: As `read.message.sealed.how_sealed` says it.
        at: In UTC.
    """
    says = (
        f"it is {how}, and SendGuard cannot read it: only a person can let it out, or where it is "
        "no newsletter `bulk_only: true` at its listener"
    )
    return Ruling(standing=Standing.UNVERIFIED, at=at, says=says)


def _how_fine(checked: Checked) -> str | None:
    """What is to be known of a pass: that pages open is not that they are the right ones."""
    return "no link could be compared with an article" if compared_none(checked) else None


def _why(checked: Checked) -> str:
    """The worst thing, in a sentence."""
    if findings := _gravest(checked):
        return _told(findings, checked)
    count = len(_unseen(checked))
    links = "one of its links" if count == 1 else f"{count} of its links"
    return f"{links} could not be checked"


def _gravest(checked: Checked) -> list[Finding]:
    """What stops it, in reading order."""
    findings = [one for one in checked.all_findings if one.approved is None]
    if checked.decision is Decision.BLOCK:
        return [one for one in findings if one.severity is Severity.BLOCK]
    unseen = _unseen(checked) if checked.decision is Decision.UNVERIFIED else set()
    return [one for one in findings if one.link in unseen]


def _unseen(checked: Checked) -> set[str]:
    return {link.link.id for link in checked.links if link.decision is Decision.UNVERIFIED}


def _told(findings: list[Finding], checked: Checked) -> str:
    first = findings[0]
    links = {link.link.id: link for link in checked.links}
    about = links.get(first.link or "")
    says = _shared(first, about) or in_words(
        first.says, about.link if about else None, [link.link for link in checked.links]
    )
    return f"{says.rstrip('.')}{_others(findings, links)}"


def _shared(found: Finding, about: CheckedLink | None) -> str:
    """Of two stories with one address, what nobody can see without the list of links."""
    if found.name != "shared-address" or found.severity is not Severity.BLOCK or about is None:
        return ""
    intent, outcome = about.intent, about.visit.outcome
    opens = what_opens(outcome) if isinstance(outcome, Answered) else None
    if intent is None or intent.title is None or intent.sureness < HEADLINE_LIKE or not opens:
        return ""
    where = f" ({shown(about.link.url)})" if about.link.url else ""
    told = f"{called(about.link)} should open {quoted(intent.title)}"
    return f"{told} but opens {quoted(opens)}{where}"


def _others(findings: list[Finding], links: Mapping[str, CheckedLink]) -> str:
    """How many more there are, and which links they are about."""
    first, *more = findings
    if not more:
        return ""
    others = [one.link for one in more if one.link and one.link != first.link]
    names = list(dict.fromkeys(told_link(links[one].link) for one in others if one in links))
    which = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
    return f" (and {len(more)} more{f': {which}' if which else ''})"


_MOST_NAMED = 2
