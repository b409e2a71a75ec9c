"""Answer from the last check of a campaign, where nothing has changed since that made it a pass."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sendguard.errors import Unreadable
from sendguard.flows.earlier import Told, earlier_beside
from sendguard.flows.read_newsletter import read_approvals, read_files
from sendguard.flows.terms import Terms
from sendguard.gate import Approval, Checked, Passed, Record, decide_again
from sendguard.links import MOST_EARLIER
from sendguard.ports import FindLastCheck, OpenPath
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
    except Exception:  # noqa: BLE001 - a row that somebody damaged must not keep a check from being made
        return {}
    passed = {path: checked for path, checked in found.items() if checked}
    # What is expected must be met by one of the newsletters at least, and who knows by which?
    return {} if reusing.terms.expected and len(passed) < len(found) else passed


def _previous(paths: Sequence[str], open_path: OpenPath) -> Told | None:
    """The issues that the user named; None where one cannot be told now."""
    if STANDARD_INPUT in paths:
        return None
    try:
        return tuple((path, read_files(open_path(path)).digest) for path in paths[:MOST_EARLIER])
    except Unreadable:
        return None


def _passed(
    path: str, open_path: OpenPath, reusing: Reusing, previous: Told | None
) -> Checked | None:
    if previous is None or path == STANDARD_INPUT:
        return None
    try:
        return _from_store(path, open_path, reusing, previous)
    except Unreadable:
        return None


def _from_store(path: str, open_path: OpenPath, reusing: Reusing, previous: Told) -> Checked | None:
    opened = open_path(path)
    if opened.id is None:
        return None
    files = read_files(opened)
    last = reusing.find(opened.id, files.digest)
    if last is None or files.brief is None:
        return None
    ago_s = (reusing.at - last.record.at).total_seconds()
    if not 0 <= ago_s <= reusing.oldest_s:  # one from the future shows that the clock was set
        return None
    beside = () if previous else earlier_beside(files.brief, opened, open_path)
    if last.record.terms != reusing.terms.of(previous, beside, last.sent):
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
