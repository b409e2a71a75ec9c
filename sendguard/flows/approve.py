"""Let one finding stand: choose it, write the word down, decide again."""

from dataclasses import dataclass, replace
from datetime import date

from sendguard.config import Config
from sendguard.gate import Approval, Run, choose_finding, decide_again
from sendguard.judge.finding import Finding
from sendguard.judge.quote import plain
from sendguard.links import Link
from sendguard.ports import Approvals

MOST_TOLD = 500  # characters of what was seen, for whoever reviews the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a person says: who, why, and until which day."""

    by: str
    because: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What came of it.

    Attributes:
        approval: What was written down.
        finding: One that it lets stand.
        links: Ids of the links that have this finding, in reading order.
        run: The check that it was seen in, as it stands with the approval.
    """

    approval: Approval
    finding: Finding
    links: tuple[str, ...]
    run: Run


def approve(run: Run, named: str, word: Word, approvals: Approvals, config: Config) -> Approved:
    """Let one finding stand that was seen just now.

    Args:
        run: A check of the one campaign.
        named: The finding; see `choose_finding`.
        word: Whose word, and why.
        approvals: Where it is kept.
        config: What is in force.

    Raises:
        WrongUsage: No finding answers to the name, or several do.
        Unreadable: The approvals that are there cannot be read, or are too many.
        SendGuardError: They cannot be written.
    """
    (checked,) = run.newsletters
    found = choose_finding(named, checked)
    having = [one for one in checked.all_findings if one.fingerprint == found.fingerprint]
    links = {one.link.id: one.link for one in checked.links}
    given = _approval(found, links.get(found.link or ""), word)
    kept = approvals.keep(given)
    again = decide_again(checked, kept, run.at.date(), walled=config.gate.walled)
    return Approved(
        approval=given,
        finding=found,
        links=tuple(one.link for one in having if one.link),
        run=replace(run, newsletters=(again,)),
    )


def _approval(found: Finding, link: Link | None, word: Word) -> Approval:
    return Approval(
        fingerprint=found.fingerprint,
        by=word.by,
        because=word.because,
        until=word.until,
        code=found.code,
        label=plain(link.label, MOST_TOLD) if link else "",
        address=plain(link.href, MOST_TOLD) if link else "",
        says=plain(found.says, MOST_TOLD),
    )
