"""`approvals.yaml`: from text to approvals and back; every complaint names its line."""

import codecs
import re
from collections.abc import Sequence
from datetime import date

import yaml

from sendguard.errors import Unreadable
from sendguard.gate.approvals import APPROVALS_FILE
from sendguard.judge.approval import LONGEST_NAME, LONGEST_REASON, Approval
from sendguard.judge.quote import plain
from sendguard.read.section import Complaints, Section, parse_day
from sendguard.read.yaml_tree import LARGEST_YAML_BYTES, parse_yaml, place_of
from sendguard.values import Place

_KEYS = ("finding", "code", "label", "address", "says", "by", "because", "until")
_LONGEST = {"by": LONGEST_NAME, "because": LONGEST_REASON}
_MISSING = {
    "by": "`by` is missing: name the person who lets the finding stand",
    "because": "`because` is missing: give the reason",
}
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


class _InFull(yaml.SafeDumper):
    """Writes a date that two approvals share twice, instead of referring to the first."""

    def ignore_aliases(self, _data: object) -> bool:
        """Whatever it is, it is written out."""
        return True


def parse_approvals(raw: bytes) -> tuple[Approval, ...]:
    """The approvals of a campaign, in the order of the file.

    Raises:
        Unreadable: It cannot be obeyed; one complaint lists everything that is wrong, with lines.
    """
    # Always UTF-8: a title that is quoted in it may read like a page's claim to be otherwise.
    marked = raw if raw.startswith(codecs.BOM_UTF8) else codecs.BOM_UTF8 + raw
    node = parse_yaml(marked, APPROVALS_FILE)
    if node is None:
        return ()
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable("this should begin with approvals:", place_of(node, APPROVALS_FILE))
    bad = Complaints(APPROVALS_FILE)
    entries = Section(node, ("approvals",), bad).sections("approvals", _KEYS)
    read = [_approval(entry) for entry in entries]
    bad.settle()
    return tuple(approval for approval in read if approval)


def approvals_text(approvals: Sequence[Approval]) -> str:
    """The file that says so, the same for the same approvals.

    Raises:
        Unreadable: It would be longer than `parse_approvals` reads.
    """
    entries = [_entry(approval) for approval in approvals]
    text = yaml.dump(
        {"approvals": entries}, Dumper=_InFull, allow_unicode=True, sort_keys=False, width=100
    )
    if len(codecs.BOM_UTF8 + text.encode()) > LARGEST_YAML_BYTES:
        says = "it holds as many approvals as can be read: take out those that have passed"
        raise Unreadable(says, Place(APPROVALS_FILE, 1))
    return text


def _approval(entry: Section) -> Approval | None:
    """The approval; None where the entry was complained of."""
    fingerprint, until = _fingerprint(entry), _day(entry)
    by, because = _word(entry, "by"), _word(entry, "because")
    if not (fingerprint and by and because and until):
        return None
    return Approval(
        fingerprint=fingerprint,
        by=by,
        because=because,
        until=until,
        code=_shown(entry, "code"),
        label=_shown(entry, "label"),
        address=_shown(entry, "address"),
        says=_shown(entry, "says"),
    )


def _fingerprint(entry: Section) -> str | None:
    text = entry.needed("finding", "`finding` is missing: it is the finding's fingerprint")
    if text and not _FINGERPRINT.fullmatch(text):
        entry.complain("`finding` should be a fingerprint of 16 hex digits", "finding")
    return text


def _day(entry: Section) -> date | None:
    text = entry.needed("until", "`until` is missing: give the last day, such as 2026-11-24")
    day = parse_day(text) if text else None
    if text and not day:
        entry.complain("`until` is no date: write it like 2026-11-24", "until")
    return day


def _word(entry: Section, key: str) -> str | None:
    text = entry.needed(key, _MISSING[key])
    words = plain(text, len(text)) if text else ""
    if text and not words:
        entry.complain(f"`{key}` has no letters", key)
    if len(words) > _LONGEST[key]:
        entry.complain(f"`{key}` is longer than {_LONGEST[key]} characters", key)
    return words or None


def _shown(entry: Section, key: str) -> str:
    return plain(entry.text(key) or "", LONGEST_REASON)


def _entry(approval: Approval) -> dict[str, str | date]:
    told: dict[str, str | date] = {
        "finding": approval.fingerprint,
        "code": approval.code,
        "label": approval.label,
        "address": approval.address,
        "says": approval.says,
        "by": approval.by,
        "because": approval.because,
        "until": approval.until,
    }
    return {key: said for key, said in told.items() if said}
