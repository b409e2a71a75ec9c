"""Answer from the last check of a campaign, where nothing has changed since that made it a pass."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sendguard.errors import BadStore, Unreadable
from sendguard.flows.read_newsletter import read_approvals, read_files
from sendguard.flows.terms import Previous, Terms
from sendguard.gate import Approval, Checked, Passed, Record, decide_again
from sendguard.links import MOST_EARLIER
from sendguard.ports import FindLastCheck, Opened, OpenPath
from sendguard.read import STANDARD_INPUT
from sendguard.values import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Reusing:
    """When an earlier check may answer.

    Attributes:
        find: Finds the last check of a content.
        oldest_s: How old it may be.
        at: The present instant.
        terms: What a check made now would go by.
        previous: Issues that the user named, newest first.
    """

    find: FindLastCheck
    oldest_s: float
    at: datetime
    terms: Terms
    previous: Sequence[str] = ()


def reuse(paths: Sequence[str], open_path: OpenPath, reusing: Reusing) -> dict[str, Checked]:
    """Those of the paths for which an earlier check may answer, each with that.

    Whatever speaks against it, trouble of any kind too, is for a check made now to tell.
    """
    try:
        previous = _previous(reusing.previous, open_path)
        found = {path: _passed(path, open_path, reusing, previous) for path in paths}
    except BadStore:
        return {}
    passed = {path: checked for path, checked in found.items() if checked}
    # What is expected must be met by one of the newsletters at least, and who knows by which?
    return {} if reusing.terms.expected and len(passed) < len(found) else passed


def _previous(paths: Sequence[str], open_path: OpenPath) -> Previous | None:
    """The issues that the user named; None where one cannot be told now."""
    if STANDARD_INPUT in paths:
        return None
    try:
        return tuple((path, read_files(open_path(path)).digest) for path in paths[:MOST_EARLIER])
    except Unreadable:
        return None


def _passed(
    path: str, open_path: OpenPath, reusing: Reusing, previous: Previous | None
) -> Checked | None:
    if previous is None or path == STANDARD_INPUT:
        return None
    try:
        opened = open_path(path)
        return _from_store(path, opened, reusing, previous) if opened.id is not None else None
    except Unreadable:
        return None


def _from_store(path: str, opened: Opened, reusing: Reusing, previous: Previous) -> Checked | None:
    last = reusing.find(opened.id or "", read_files(opened).digest)
    if last is None or last.record.terms != reusing.terms.of(previous, last.sent):
        return None
    ago_s = (reusing.at - last.record.at).total_seconds()
    if not 0 <= ago_s <= reusing.oldest_s:  # one from the future shows that the clock was set
        return None
    again = _as_it_stands(last.record, read_approvals(opened), reusing)
    campaign = replace(last.record.checked.campaign, path=path)
    passed = Passed(last.record.at, ago_s)
    return replace(again, campaign=campaign, passed=passed) if again else None


def _as_it_stands(
    record: Record, approvals: Sequence[Approval], reusing: Reusing
) -> Checked | None:
    """The check as it stands today; None where it is no pass, or rests on a word that has ended."""
    if record.checked.decision is not Decision.PASS:
        return None
    walled = reusing.terms.config.gate.walled
    again = decide_again(record.checked, approvals, reusing.at.date(), walled=walled)
    pairs = zip(record.checked.all_findings, again.all_findings, strict=True)
    ended = any(then.approved and not now.approved for then, now in pairs)
    return None if ended or again.decision is not Decision.PASS else again
