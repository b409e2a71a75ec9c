"""What a check means at the gate."""

from datetime import datetime

from sendguard.gate import Checked
from sendguard.gateway.stream import Ruling, Standing
from sendguard.judge.finding import Finding
from sendguard.judge.in_words import in_words
from sendguard.values import Decision, Severity

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
    says = None if standing is Standing.PASSED else _why(checked)
    return Ruling(standing=standing, at=at, says=says, record=record)


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


def _why(checked: Checked) -> str:
    """The worst thing, in a sentence."""
    findings = [one for one in checked.all_findings if one.approved is None]
    if checked.decision is Decision.BLOCK:
        findings = [one for one in findings if one.severity is Severity.BLOCK]
        return _told(findings, checked)
    unseen = {link.link.id for link in checked.links if link.decision is Decision.UNVERIFIED}
    about = [one for one in findings if one.link in unseen]
    if about:
        return _told(about, checked)
    count = len(unseen)
    links = "one of its links" if count == 1 else f"{count} of its links"
    return f"{links} could not be checked"


def _told(findings: list[Finding], checked: Checked) -> str:
    first, more = findings[0], len(findings) - 1
    links = {link.link.id: link.link for link in checked.links}
    says = in_words(first.says, links.get(first.link or ""), links.values())
    others = f" (and {more} more)" if more else ""
    return f"{says.rstrip('.')}{others}"
