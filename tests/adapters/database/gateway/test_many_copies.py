"""A long list at the gate, with a store on disk: ten senders, each copy with its own token."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from sendguard.adapters.database.store import open_store
from sendguard.gateway import Mail, recognise
from sendguard.send import State
from tests.flows.gateway.gates import Built, a_gate_on
from tests.mail.newsletters import copies

READERS = 5_000
SENDERS = 10


async def hand_in(gate: Built, mails: Iterator[Mail]) -> None:
    for mail in mails:
        reply = await gate.take(mail)
        assert reply.code == 250, reply


async def test_five_thousand_copies_are_checked_once_and_each_goes_on_once(tmp_path: Path) -> None:
    mails = list(copies("Many", READERS))
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as store:
        async with a_gate_on(store.ledger, store.streams, recognising=recognise) as gate:
            coming = iter(mails)
            await hand_in(gate, islice(coming, 1))  # it is kept while the check runs
            async with asyncio.TaskGroup() as group:
                for _ in range(SENDERS):
                    group.create_task(hand_in(gate, coming))
                await gate.decided()

        (name,) = gate.rulings.made
        kept = [held.mail.recipients for held in store.ledger.held(name, READERS)]
        passed = store.ledger.tally(name).passed

    got = {mail.recipients: mail.data for mail in gate.next_hop.got}
    assert sorted((*kept, *got)) == sorted(mail.recipients for mail in mails)
    assert got == {mail.recipients: mail.data for mail in mails if mail.recipients in got}
    assert passed == {State.PENDING: len(kept), State.SENT: len(gate.next_hop.got)}
