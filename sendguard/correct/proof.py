"""The proof that a correction differs from what went out in the repaired links and nothing else."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sendguard.correct.alignment import Alignment, Lost, align
from sendguard.correct.edits import Edit, Shifts, edited, in_order
from sendguard.correct.plan import Repair
from sendguard.correct.repair import Repaired
from sendguard.correct.spelling import in_style, in_text
from sendguard.judge.quote import called, plain, quoted
from sendguard.links import Link, Role, find_links
from sendguard.read import Brief, Campaign, Medium, Part
from sendguard.values import Lines

_SPACES = 2  # white space around what was taken out may stand in another piece now
_NAMES = {Medium.HTML: "the newsletter", Medium.TEXT: "the text part"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One link that opens something else now."""

    link: Link
    old: str
    new: str

    @property
    def where(self) -> str:
        """The place, as an editor knows it."""
        link = self.link
        kind = "line of the text part" if link.element == "text" else _kind(link)
        under = f" under {quoted(link.story.headline)}" if link.story else ""
        told = f" {quoted(link.label, limit=60)}" if link.label else ""
        return f"{link.id} {kind}{told}{under}"

    @property
    def what(self) -> str:
        """The address that was there, and the one that is there now."""
        return f"{_shown(self.old)} → {_shown(self.new)}"

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


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
    original: Campaign,
    corrected: Campaign,
    repaired: Repaired,
    *,
    own: Collection[str] = (),
    taken: Sequence[Edit] = (),
) -> Proof:
    """Compare a correction, as it was read back, with what went out.

    Every character that is in neither a repaired address nor the apology has to be there as it
    was; every link has to be found at its place again, the repaired ones with the right address.
    An apology may stand anywhere and put in what it likes.

    Args:
        original: What went out, whole.
        corrected: The correction as it would be sent.
        repaired: What was planned and done.
        own: The addresses of the apology's own links.
        taken: What the apology takes out of the repaired HTML: the words that mail programs show
            beside the subject. There may be no link in it.
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
        cut = taken if part.medium is Medium.HTML else ()
        before = _Before(part=part, edits=repaired.edits[number], taken=in_order(cut))
        problems += _compare(before, there, repairs, own)
    return Proof(changed=tuple(changed), problems=tuple(problems))


def _first_of_each(campaign: Campaign) -> Iterator[tuple[int, Part]]:
    """The parts that readers get: one of HTML, one of text."""
    for medium in Medium:
        parts = ((n, part) for n, part in enumerate(campaign.parts) if part.medium is medium)
        yield from list(parts)[:1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What went out, and the edits that made of it what is looked for in the correction.

    Attributes:
        edits: Over the text of the part.
        taken: Over the text with those.
    """

    part: Part
    edits: Sequence[Edit]
    taken: Sequence[Edit]

    @property
    def text(self) -> str:
        """All that has to be there again."""
        cuts = [replace(edit, text="") for edit in self.taken]
        return edited(edited(self.part.text, self.edits), cuts)


def _compare(
    before: _Before, new: Part, repairs: Sequence[Repair], own: Collection[str]
) -> Iterator[str]:
    medium, text = before.part.medium, before.text
    found = align(text, new.text, medium, most_lost=_SPACES)
    missing = [lost for lost in found.lost if not lost.text.isspace()]
    if missing or len(found.lost) > _SPACES:
        yield _missing(replace(before.part, text=text), missing or found.lost)
        return
    yield from _compare_links(before, new, found, repairs, own)


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

    repaired: Shifts
    taken: Sequence[Edit]
    found: Alignment

    def there(self, offset: int) -> int | None:
        """None where it is not there any more."""
        mended = self.repaired.after(offset)
        if any(edit.start <= mended < edit.end for edit in self.taken):
            return None
        cuts = Shifts.of([replace(edit, text="") for edit in self.taken])
        return self.found.there(cuts.after(mended))


def _compare_links(
    before: _Before,
    new: Part,
    found: Alignment,
    repairs: Sequence[Repair],
    own: Collection[str],
) -> Iterator[str]:
    way = _Way(Shifts.of(before.edits), before.taken, found)
    right = {
        (offset, one.place.href): one.address
        for one in repairs
        for offset in (one.place.offset, *one.place.also)
    }
    now = _by_offset(new)
    for link in _links(before.part):
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
