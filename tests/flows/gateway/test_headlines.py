"""Copies with a headline of each reader's own are answered as the first of them is."""

import asyncio

import pytest

from sendguard.config.gateway import Mode
from sendguard.flows.gateway.studies import KeptBack, Studies
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


def first_alone(it: Told) -> None:
    """The check passes what the first reader got, and nothing of the others."""
    it.rulings.of = {f"What {name} ": Standing.BLOCKED for name in NAMES[1:]}


async def test_what_was_kept_while_checks_were_made_does_not_go_out_where_they_differ() -> None:
    async with a_gate(recognising=recognise) as it:
        first_alone(it)
        await take_all(it, 0, 4)
        await it.decided()

        studies = Studies(it.streams, has_trace=False)
        kept = {one.mail.recipients[0]: one for one in it.ledger.kept.values()}
        passed = next(one for one in it.streams.latest(9) if one.standing is Standing.PASSED)

        own = kept[box(0)].mail
        assert studies.outgoing(own, passed) == own
        with pytest.raises(KeptBack, match="other words in its headline"):
            studies.outgoing(kept[box(3)].mail, passed)


async def test_who_waits_for_the_first_is_checked_for_himself_where_checks_differ() -> None:
    async with a_gate(recognising=recognise) as it:
        first_alone(it)
        await take_all(it, 0, 3)

        waiting = asyncio.create_task(
            it.take(message(headline=f"What {NAMES[3]} missed", to=box(3)), Mode.WAIT)
        )
        await asyncio.sleep(0)
        await it.decided()

        assert (await waiting).code in {451, 554}
    assert not it.next_hop.got
