"""Copies with a headline of each reader's own are answered as the first of them is."""

from sendguard.gateway import Standing, recognise
from tests.flows.gateway.gates import Told, a_gate
from tests.gateway.headlines import box, message

NAMES = ("Anna", "Bernd", "Chloé", "Eva", "Gül", "李雷")


async def take_all(it: Told, first: int, last: int) -> list[int]:
    """The answers to the readers' copies of those numbers."""
    own = [(box(at), f"What {NAMES[at]} missed") for at in range(first, last)]
    return [
        (await it.take(message(headline=headline, to=address))).code for address, headline in own
    ]


async def test_what_is_blocked_is_refused_to_all_with_three_checks_at_most() -> None:
    async with a_gate(standing=Standing.BLOCKED, recognising=recognise) as it:
        kept = await take_all(it, 0, 4)
        await it.decided()

        refused = await take_all(it, 4, 6)

    assert (kept, refused) == ([250] * 4, [554] * 2)
    assert len(it.rulings.made) == 3


async def test_what_passes_is_written_down_with_the_first_of_them() -> None:
    async with a_gate(recognising=recognise) as it:
        await take_all(it, 0, 3)
        await it.decided()

        assert await take_all(it, 3, 6) == [250] * 3

    owner = {one.fingerprint for one in it.ledger.rows.values() if one.address == box(5)}
    theirs = [one for one in it.ledger.rows.values() if one.fingerprint in owner]
    assert len(theirs) == 4
    assert all(one.parts for one in theirs if one.address in {box(3), box(4), box(5)})
