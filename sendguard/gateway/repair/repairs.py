"""From what a person asks to be repaired to what is repaired in every copy of a campaign."""

import re
from collections.abc import Iterable, Iterator

from sendguard.correct.plan import Repair
from sendguard.errors import WrongUsage
from sendguard.gateway.repair.bodies import Body, bodies_of
from sendguard.gateway.repair.readdress import in_place, places_in
from sendguard.judge.quote import called
from sendguard.read import Campaign, Part
from sendguard.read.message.rows import Rows

_MARK = "\ufeff"  # of byte order, which the reader leaves out
_DAMAGED = re.compile("[\udc80-\udcff]")


def repairs_in_place(
    campaign: Campaign, planned: Iterable[Repair], now: bytes, first: bytes
) -> tuple[tuple[str, str], ...]:
    """Each wrong place of a campaign's first copy, with its right address; see `readdress`.

    Args:
        campaign: The first copy, earlier repairs made.
        planned: Over the links of that.
        now: The message that `campaign` was read from.
        first: The same as it came in.

    Raises:
        WrongUsage: One of the places cannot be found again in the message.
    """
    bodies = tuple(bodies_of(Rows.of(now)))
    at_first = [[one.address for one in places_in(body)] for body in bodies_of(Rows.of(first))]
    found = [
        (number, at, repair.address)
        for repair in planned
        for number, at in _places_of(repair, campaign.parts[repair.place.part], bodies)
    ]
    return tuple((in_place(n, at, at_first[n][at]), right) for n, at, right in found)


def _places_of(repair: Repair, part: Part, bodies: Iterable[Body]) -> Iterator[tuple[int, int]]:
    """The numbers of the part and of the place in it, for each place of one repair."""
    offsets = {repair.place.offset, *repair.place.also}
    for number, body in enumerate(bodies):
        mark = body.text.startswith(_MARK)
        text = _DAMAGED.sub("\ufffd", body.text)[mark:]
        if body.medium is not part.medium or text != part.text:
            continue
        for at, place in enumerate(places_in(body)):
            if place.start - mark in offsets:
                offsets.discard(place.start - mark)
                yield number, at
    if offsets:
        says = f"{repair.place.id}: {called(repair.place)} is no link that can be put right here"
        raise WrongUsage(f"{says}; mend it in the program that sends, and discard this one")
