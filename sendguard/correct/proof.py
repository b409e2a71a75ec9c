"""The proof that a correction differs from what went out in the repaired links and nothing else."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sendguard.correct.alignment import Alignment, Lost, align
from sendguard.correct.edits import Edit, Shifts, edited
from sendguard.correct.plan import Repair
from sendguard.correct.repair import Repaired
from sendguard.correct.spelling import in_style, in_text
from sendguard.judge.quote import called, plain, quoted
from sendguard.links import Link, Role, find_links
from sendguard.read import Brief, Campaign, Medium, Part
from sendguard.values import Lines

_PREVIEW = 1  # a text that the correction may take out: what mail programs show beside the subject
_FAR = 2_000  # characters in front of a text that may hide it
_STRAIGHT_BEFORE = re.compile(r"(?:<[a-z][^<>]*+>\s*+)++\Z", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|\shidden[\s>]"
    r"|(?:max-height|font-size|line-height)\s*:\s*[01](?:px|pt|em|%)?(?![.\d])",
    re.IGNORECASE,
)
_NAMES = {Medium.HTML: "the newsletter", Medium.TEXT: "the text part"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One link that opens something else now."""

    link: Link
    old: str
    new: str

    def __str__(self) -> str:
        link = self.link
        kind = "line of the text part" if link.element == "text" else _kind(link)
        under = f" under {quoted(link.story.headline)}" if link.story else ""
        told = f" {quoted(link.label, limit=60)}" if link.label else ""
        return f"{link.id} {kind}{told}{under}: {_shown(self.old)} → {_shown(self.new)}"


def _kind(link: Link) -> str:
    if link.element.startswith("v:"):
        return "button for Outlook"
    return {Role.ARTICLE: "link", Role.OTHER: "link"}.get(link.role, link.role.value)


def _shown(address: str) -> str:
    return plain(address, limit=200) or "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a correction changes.

    Attributes:
        changed: The links that open something else, in reading order.
        problems: What else is not as it was, or not put right, as sentences; empty when the
            correction is what it should be.
    """

    changed: tuple[Change, ...]
    problems: tuple[str, ...]


def prove(
    original: Campaign, corrected: Campaign, repaired: Repaired, *, own: Collection[str] = ()
) -> Proof:
    """Compare a correction, as it was read back, with what went out.

    Every character that is in neither a repaired address nor the apology has to be there as it
    was; every link has to be found at its place again, the repaired ones with the right address.
    An apology may stand anywhere, put in what it likes and take one text out, the preview.

    Args:
        original: What went out, whole.
        corrected: The correction as it would be sent.
        repaired: What was planned and done.
        own: The addresses of the apology's own links.
    """
    changed: list[Change] = []
    problems: list[str] = []
    for number, part in _first_of_each(original):
        there = next((one for one in corrected.parts if one.medium is part.medium), None)
        if there is None:
            problems.append(f"The correction has no {part.medium.value} part any more")
            continue
        repairs = [one for one in repaired.repairs if one.place.part == number]
        changed += [Change(link=one.place, old=one.place.href, new=one.address) for one in repairs]
        problems += _compare(part, there, repaired.edits[number], repairs, own)
    return Proof(changed=tuple(changed), problems=tuple(problems))


def _first_of_each(campaign: Campaign) -> Iterator[tuple[int, Part]]:
    """The parts that readers get: one of HTML, one of text."""
    for medium in Medium:
        parts = ((n, part) for n, part in enumerate(campaign.parts) if part.medium is medium)
        yield from list(parts)[:1]


def _compare(
    old: Part, new: Part, edits: Sequence[Edit], repairs: Sequence[Repair], own: Collection[str]
) -> Iterator[str]:
    mended = edited(old.text, edits)
    found = align(mended, new.text, old.medium, most_lost=_PREVIEW)
    missing = [lost for lost in found.lost if not _is_preview(mended, lost)]
    if missing or len(found.lost) > _PREVIEW:
        yield _missing(replace(old, text=mended), missing or found.lost)
        return
    yield from _compare_links(old, new, _Way(Shifts.of(edits), found), repairs, own)


def _is_preview(text: str, lost: Lost) -> bool:
    """Is it a text that readers do not see, straight in an element that is hidden?"""
    tags = _STRAIGHT_BEFORE.search(text[max(lost.offset - _FAR, 0) : lost.offset])
    return not lost.text.startswith("<") and bool(tags and _HIDDEN.search(tags[0]))


def _missing(mended: Part, missing: Sequence[Lost]) -> str:
    """A sentence about what is not there: a link by its name, else words, else markup."""
    offsets = {lost.offset for lost in missing}
    link = next((one for one in _links(mended) if one.offset in offsets), None)
    if link:
        opens = f"which should open {_shown(link.href)}"
        return f"{called(link)}, {opens}, opens something else in the correction or is gone"
    lost = next((lost for lost in missing if not lost.text.startswith("<")), missing[0])
    return f"Of {_NAMES[mended.medium]} this is not there any more as it was: {quoted(lost.text)}"


@dataclass(frozen=True, slots=True)
class _Way:
    """From an offset in what went out to the offset in the correction."""

    shifts: Shifts
    found: Alignment

    def there(self, offset: int) -> int | None:
        return self.found.there(self.shifts.after(offset))


def _compare_links(
    old: Part, new: Part, way: _Way, repairs: Sequence[Repair], own: Collection[str]
) -> Iterator[str]:
    right = {
        (offset, one.place.href): one.address
        for one in repairs
        for offset in (one.place.offset, *one.place.also)
    }
    now = _by_offset(new)
    for link in _links(old):
        asked = right.pop((link.offset, link.href), None)
        forms = {link.href} if asked is None else {asked, in_text(asked), in_style(asked)}
        at = way.there(link.offset)
        here = now.get(at, []) if at is not None else []
        met = next((one for one in here if one.href in forms), None)
        if met is not None:
            here.remove(met)
        else:
            yield _not_met(link, here, asked)
    yield from (
        f"{called(one)} opens {_shown(one.href)} and was not there before"
        for one in _rest(now, own)
    )


def _not_met(link: Link, here: Sequence[Link], asked: str | None) -> str:
    if not here:
        return f"{called(link)}, which opens {_shown(link.href)}, is no link any more"
    opens = f"{called(link)} opens {_shown(here[0].href)}"
    return f"{opens} and should open {_shown(asked or link.href)}"


def _rest(now: Mapping[int, Sequence[Link]], own: Collection[str]) -> Iterator[Link]:
    """The links that nobody asked for; pictures of the apology's own are links of that kind too."""
    for links in now.values():
        yield from (link for link in links if link.href not in own)


def _by_offset(part: Part) -> dict[int, list[Link]]:
    found: defaultdict[int, list[Link]] = defaultdict(list)
    for link in _links(part):
        found[link.offset].append(link)
    return found


def _links(part: Part) -> tuple[Link, ...]:
    """The links of one part alone, each at its own offset."""
    bare = replace(part, lines=Lines.of("", part.text))
    return find_links(_alone(bare)).links


def _alone(part: Part) -> Campaign:
    return Campaign(
        path="", id=None, brief=Brief(newsletter=""), subject=None, parts=(part,), digest=""
    )
