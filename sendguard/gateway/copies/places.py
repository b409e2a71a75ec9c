"""The links of two copies side by side, and where in them what may be a code stands."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sendguard.gateway.copies.codes import ACTS, pieces_of_link
from sendguard.gateway.stream import Copy

MOST_LINKS = 2_000
"""That differ: a newsletter has some tens."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link in both copies."""

    front: str
    ours: Sequence[str]
    theirs: Sequence[str]

    def differing(self) -> Iterator[int]:
        """Which pieces are not the same."""
        if self.ours is self.theirs:
            return iter(())
        pairs = enumerate(zip(self.ours, self.theirs, strict=True))
        return (at for at, (one, other) in pairs if one != other)

    def name(self, at: int) -> str:
        """Of the parameter that a piece is the value of, or begins."""
        return self.theirs[at - 2] if at > 1 and self.theirs[at - 1] == "=" else ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in one link.

    Attributes:
        kind: The same for the places of links of one kind.
        page: The link without what differs in it, and without its fragment.
        path: Its path alone.
        ours, theirs: What stands there.
    """

    kind: str
    page: str
    path: str
    ours: str
    theirs: str


def both_links(copy: Copy, first: Copy) -> Sequence[Link] | None:
    """The links of both; None where they are not built alike."""
    if len(copy.links) != len(first.links):
        return None
    links: list[Link] = []
    for ours, theirs in zip(copy.links, first.links, strict=True):
        front, _, rest = theirs.partition(" ")
        our_front, _, our_rest = ours.partition(" ")
        if ACTS in {front, our_front}:
            continue
        others = pieces_of_link(rest)
        pieces = others if our_rest == rest else pieces_of_link(our_rest)
        if front != our_front or len(pieces) != len(others):
            return None
        links.append(Link(front, pieces, others))
    many = sum(link.ours is not link.theirs for link in links) > MOST_LINKS
    return None if many else links


def acting_links(copy: Copy, first: Copy) -> Iterator[Link]:
    """Those that act, as far as they are built alike: they say by which code a reader is known."""
    for ours, theirs in zip(copy.links, first.links, strict=False):
        if ours.startswith(f"{ACTS} ") and theirs.startswith(f"{ACTS} "):
            pieces, others = pieces_of_link(ours), pieces_of_link(theirs)
            if len(pieces) == len(others):
                yield Link(ACTS, pieces, others)


def slots_by_kind(links: Sequence[Link]) -> Mapping[str, Sequence[Slot]]:
    """The places of each kind; none of what is the campaign's by its name."""
    kinds: defaultdict[str, list[Slot]] = defaultdict(list)
    for link in links:
        for slot in _slots(link):
            kinds[slot.kind].append(slot)
    return {kind: slots for kind, slots in kinds.items() if not _OF_CAMPAIGN.search(kind)}


def _slots(link: Link) -> Iterator[Slot]:
    """Its places, each with its kind."""
    theirs = link.theirs
    end = theirs.index("#") if "#" in theirs else len(theirs)
    differing = {*link.differing()}
    masked = [("" if at in differing else one) for at, one in enumerate(theirs[:end])]
    page = f"{link.front}{''.join(masked)}"
    path, _, _ = page.partition("?")
    first = theirs[2] if len(theirs) > 3 and 2 not in differing else ""
    for at, where in _kinds(theirs, first):
        yield Slot(f"{link.front}{where}", page, path, link.ours[at], theirs[at])


def _kinds(pieces: Sequence[str], first: str) -> Iterator[tuple[int, str]]:
    """Where each piece stands: in which step of the path, or in which parameter."""
    where, step, behind = "/", 0, 0
    for at in range(0, len(pieces), 2):
        sign = pieces[at - 1] if at else ""
        if sign == "/" and where[0] == "/":
            step, behind = step + 1, 0
            where = f"/{first if step > 1 else ''}/{step}"
        elif sign and sign in "?&;#":
            where, behind = "#" if sign == "#" or where == "#" else "?", 0
        elif sign == "=" and where[0] == "?":
            where, behind = f"?{pieces[at - 2]}", 0
        else:
            behind += 1
        yield at, f"{where}.{behind}"


# What counts for all readers alike, or says which issue or page it is.
_OF_CAMPAIGN = re.compile(
    r"\?(?:utm_\w+|(?:issue|edition|ausgabe|campaign|mailing|newsletter|article|story|post|page|p"
    r"|product|item|sku|episode|vol(?:ume)?|v(?:ersion)?|year|month|week|day|date|nr|no|number)"
    r"(?:[_-]?(?:id|nr|no))?)\.\d+",
    re.IGNORECASE,
)
