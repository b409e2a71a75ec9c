"""The repair itself: addresses changed at exactly the places that were planned, no other byte."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sendguard.correct.edits import Edit, edited, in_order, moved
from sendguard.correct.places_in_tag import address_at, edits_in_markup
from sendguard.correct.plan import Repair
from sendguard.correct.spelling import in_text
from sendguard.judge.quote import called
from sendguard.links import Role
from sendguard.read import Campaign, Medium, Part, Source
from sendguard.values import Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A campaign put right.

    Attributes:
        campaign: The one that went out, with the right addresses in its parts and sources.
        repairs: What was done.
        edits: For each part the stretches that were changed, in order.
        by_hand: What the editor has to change in her own MJML, as sentences; what readers get does
            not depend on it.
    """

    campaign: Campaign
    repairs: tuple[Repair, ...]
    edits: tuple[tuple[Edit, ...], ...]
    by_hand: tuple[str, ...] = ()


def repair(campaign: Campaign, repairs: Sequence[Repair]) -> Repaired:
    """The campaign with every repair made, in the parts that readers get and in the MJML.

    Args:
        campaign: What went out.
        repairs: Planned over its links.
    """
    edits = tuple(
        in_order(
            edit for one in repairs if one.place.part == number for edit in _in_part(part, one)
        )
        for number, part in enumerate(campaign.parts)
    )
    parts = map(_changed, campaign.parts, edits)
    sources, by_hand = _in_sources(campaign, repairs)
    return Repaired(
        campaign=replace(campaign, parts=tuple(parts), sources=sources),
        repairs=tuple(repairs),
        edits=edits,
        by_hand=by_hand,
    )


def _in_part(part: Part, one: Repair) -> Iterator[Edit]:
    place = one.place
    if part.medium is Medium.TEXT:
        end = place.offset + len(place.href)
        if part.text[place.offset : end] == place.href:
            yield Edit(place.offset, end, in_text(one.address))
        return
    for offset in {place.offset, *place.also}:
        yield from edits_in_markup(part.text, offset, place, right=one.right, address=one.address)


def _changed(part: Part, edits: tuple[Edit, ...]) -> Part:
    text = edited(part.text, edits)
    lines = moved(part.lines, edits)
    if part.lines == Lines.of(part.lines.file, part.text):
        lines = Lines.of(part.lines.file, text)
    return replace(part, text=text, lines=lines)


def _in_sources(
    campaign: Campaign, repairs: Iterable[Repair]
) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    sources = {source.name: source for source in campaign.sources}
    edits: defaultdict[str, list[Edit]] = defaultdict(list)
    by_hand: list[str] = []
    for one in repairs:
        if campaign.parts[one.place.part].medium is Medium.TEXT or not sources:
            continue
        if found := _in_source(sources, one):
            edits[one.place.place.file] += found
        else:
            by_hand.append(_by_hand(one))
    return tuple(_mended(source, edits) for source in sources.values()), tuple(by_hand)


def _in_source(sources: Mapping[str, Source], one: Repair) -> tuple[Edit, ...]:
    """The edits in the editor's MJML; none where the address stands there in another form.

    An element that has its address from the defaults in `mj-attributes` gets one of its own: others
    may have theirs from there too.
    """
    place, link = one.place.place, one.place
    source = sources.get(place.file)
    if source is None or place.column is None:
        return ()
    offset = source.lines.offset(place.line, place.column - 1)
    written = address_at(source.text, offset)
    if link.role is not Role.RESOURCE and written not in {None, link.href}:
        return ()
    return tuple(edits_in_markup(source.text, offset, link, right=one.right, address=one.address))


def _by_hand(one: Repair) -> str:
    return (
        f"{one.place.place}: {called(one.place)} is put right in newsletter.html; its address "
        "is not written like this in the MJML, so change it there yourself"
    )


def _mended(source: Source, edits: Mapping[str, Sequence[Edit]]) -> Source:
    text = edited(source.text, in_order(edits.get(source.name, ())))
    return replace(source, text=text, lines=Lines.of(source.name, text))
