"""Which short codes in links are the readers' own, told by two copies side by side.

What differs in links is another page, unless the two copies prove that it is a reader: the same
code goes with him through links of different pages, or each link of a kind has one of its own. What
differs so counts from then on as a reader's: no check opens it, so nothing passes by it unseen.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from sendguard.gateway.copies.codes import are_codes, is_code, may_be_code, pieces_of_link
from sendguard.gateway.copies.places import Link, Slot, acting_links, both_links, slots_by_kind
from sendguard.gateway.stream import Copy

FEWEST_PAGES = 3
"""That one code stands in, where it may be a part of the path."""
FEWEST_ASKED = 2
"""That it stands in as a parameter: those of two articles are not the same."""

IsHis = Callable[[str, str, Copy], bool]
"""Whether headers know the reader of a copy by a number; given the name of its parameter, too."""


def readers_codes(
    copy: Copy, first: Copy, own: frozenset[str], is_his: IsHis
) -> Mapping[str, str] | None:
    """The codes of the first copy's links that are its reader's own, each with this copy's.

    Args:
        copy: A copy with the same key.
        first: The one that it is held against.
        own: What is known to be the first reader's by now.
        is_his: Whom headers know by a number needs no proof.

    Returns:
        None where links differ in what is no reader's.
    """
    ids = {one.rpartition("=")[2] for one in first.own - copy.own if one[-1:].isdigit()}
    if copy.links == first.links and not _stand_in(copy.links, ids):
        return {}
    links = both_links(copy, first)
    if links is None or (ids and _was_mistaken(links, ids, is_his, copy, first)):
        return None
    found = _Found(lambda one, other, name: is_his(one, name, copy) and is_his(other, name, first))
    if not all(found.takes(link, at) for link in links for at in link.differing()):
        return None
    if not found.pairs:
        return found.pairs
    is_for_many = copy.is_for_many or first.is_for_many
    acting = [*acting_links(copy, first)]
    stay = _stay([*links, *acting], found.pairs) or not found.pairs.keys().isdisjoint(
        _in_tokens(copy, first)
    )
    unproven = found.pairs.keys() - own - _by_acting(acting, found.pairs)
    are_his = not unproven or _are_proven(links, found.pairs, unproven)
    return found.pairs if are_his and not (is_for_many or stay) else None


def codes_in(copy: Copy) -> frozenset[str]:
    """What in its links may be a reader's code."""
    rests = (link.partition(" ")[2] for link in copy.links)
    return frozenset(piece for rest in rests for piece in pieces_of_link(rest) if is_code(piece))


def may_be_told_apart(first: Copy, known: AbstractSet[str]) -> bool:
    """Whether a copy with other codes could prove that those of this one are its reader's.

    Where each article has a number of its own, as most have, nothing could.

    Args:
        first: It.
        known: What headers know its reader by.
    """
    if first.is_for_many:
        return False
    links = both_links(first, first) or ()
    acting = {one for link in acting_links(first, first) for one in link.theirs} - known
    if any(
        is_code(one) and one in acting and not one.isdigit()
        for link in links
        for one in link.theirs
    ):
        return True
    places: defaultdict[str, list[Slot]] = defaultdict(list)
    for slots in slots_by_kind(links).values():
        coded = [slot for slot in slots if is_code(slot.theirs) and slot.theirs not in known]
        told = {slot.theirs for slot in coded}
        if len(told) == 1:
            places[coded[0].theirs] += coded
        elif sum(not one.isdigit() for one in told) >= FEWEST_PAGES:
            return True
    return any(map(_goes_through_pages, places.values()))


class _Found:
    """Codes that differ, with those of the other copy."""

    def __init__(self, is_known: Callable[[str, str, str], bool]) -> None:
        self.pairs: dict[str, str] = {}
        self._back: dict[str, str] = {}
        self._is_known = is_known

    def takes(self, link: Link, at: int) -> bool:
        """Take in what differs there; False where it is no code, or is against what was before."""
        ours, theirs = link.ours[at], link.theirs[at]
        are_numbers = ours.isdigit() and theirs.isdigit()
        if are_numbers and self._is_known(ours, theirs, link.name(at)):
            return True
        if not are_numbers and not (may_be_code(ours) and may_be_code(theirs)):
            return False
        return (
            self.pairs.setdefault(theirs, ours) == ours
            and self._back.setdefault(ours, theirs) == theirs
        )


def _stand_in(links: Sequence[str], ids: Collection[str]) -> bool:
    whole = " ".join(links) if ids else ""
    return any(one in whole for one in ids)


def _was_mistaken(
    links: Sequence[Link], ids: set[str], is_his: IsHis, copy: Copy, first: Copy
) -> bool:
    """The number of an article was that of the first reader, too, so the check took it for his."""
    return any(
        one in ids
        and one == link.ours[at]
        and is_his(one, link.name(at), first)
        and not is_his(one, link.name(at), copy)
        for link in links
        if not ids.isdisjoint(link.theirs)
        for at, one in enumerate(link.theirs)
    )


def _stay(links: Sequence[Link], pairs: Mapping[str, str]) -> bool:
    """Does one of them stand somewhere in both copies? Then it is a page's, and not a reader's."""
    return any(
        one == other and other in pairs
        for link in links
        if not pairs.keys().isdisjoint(link.theirs)
        for one, other in zip(link.ours, link.theirs, strict=True)
    )


def _by_acting(acting: Sequence[Link], pairs: Mapping[str, str]) -> AbstractSet[str]:
    """Codes by which the link that signs him off knows a reader: those are no page's."""
    return {
        theirs
        for link in acting
        for ours, theirs in zip(link.ours, link.theirs, strict=True)
        if pairs.get(theirs) == ours and not theirs.isdigit() and are_codes(theirs, ours)
    }


def _in_tokens(copy: Copy, first: Copy) -> Iterator[str]:
    """What stands inside of long tokens that both copies have."""
    for ours, theirs in zip(copy.tokens, first.tokens, strict=False):
        if ours == theirs:
            yield from pieces_of_link(theirs.rpartition(" ")[2])


def _are_proven(links: Sequence[Link], pairs: Mapping[str, str], unproven: Collection[str]) -> bool:
    places: defaultdict[str, list[Slot]] = defaultdict(list)
    proven: set[str] = set()
    for slots in slots_by_kind(links).values():
        differing = [slot for slot in slots if pairs.get(slot.theirs) == slot.ours]
        if not differing or _has_a_pages(slots):
            continue
        told = {slot.theirs for slot in differing}
        if len(told) == 1:
            places[differing[0].theirs] += differing
        elif _are_each_links_own(told, pairs):
            proven |= told
    for code, slots in places.items():
        if are_codes(code, pairs[code]) and _goes_through_pages(slots):
            proven.add(code)
    return proven.issuperset(unproven)


def _has_a_pages(slots: Sequence[Slot]) -> bool:
    """One code of that kind is the same in both copies."""
    return any(slot.ours == slot.theirs and is_code(slot.theirs) for slot in slots)


def _are_each_links_own(told: set[str], pairs: Mapping[str, str]) -> bool:
    """Links of one kind with a code each, all of which differ: mostly those that chance made."""
    if any(one.isdigit() or len(one) != len(pairs[one]) for one in told):
        return False
    codes = sum(are_codes(one, pairs[one]) for one in told)
    return codes >= max(FEWEST_PAGES, len(told) / 2)


def _goes_through_pages(slots: Sequence[Slot]) -> bool:
    if len({slot.page for slot in slots}) >= FEWEST_PAGES:
        return True
    asked = {slot.path for slot in slots if "?" in slot.kind}
    return len(asked) >= FEWEST_ASKED
