"""What differs between two readers' copies was never checked, so nothing passes by it."""

import asyncio
from dataclasses import replace

from sendguard.config.gateway import Mode
from sendguard.flows.gateway.comparing import Comparing
from sendguard.flows.gateway.streams import KnownStreams
from sendguard.gateway import (
    Copy,
    HeldState,
    Ruling,
    Standing,
    fingerprint_of,
    recognise,
    told_apart,
)
from tests.builders import NOON
from tests.fakes_gateway import a_stream
from tests.flows.gateway.gates import a_gate
from tests.gateway.coded import BOB, LIST, a_letter, asked, copy_of
from tests.gateway.navigator import recognised

CYD = "cyd@example.net"
MANY = (BOB, CYD, "dan@example.net")
ADAS = a_letter(*asked("X7K2P9"))
BOBS = a_letter(*asked("Q8M4T1"), to=BOB)
CYDS = a_letter(*asked("Z1B6W3"), to=CYD)
WHAT_IS_ADAS = frozenset({"X7K2P9"})


async def test_what_passed_is_checked_again_without_the_readers_code() -> None:
    async with a_gate(recognising=recognise) as told:
        await told.take(ADAS, Mode.DEFER)
        await told.decided()

        before = await told.take(BOBS, Mode.DEFER)
        await told.decided()
        after = await told.take(BOBS, Mode.DEFER)

        assert (before.code, after.code) == (451, 250)
        assert told.rulings.personal == [frozenset(), WHAT_IS_ADAS]
        assert len(told.ledger.streams) == 1


async def test_once_it_is_known_whose_the_codes_are_no_copy_is_checked_again() -> None:
    async with a_gate(recognising=recognise) as told:
        for mail in (ADAS, BOBS):
            await told.take(mail, Mode.DEFER)
            await told.decided()

        assert (await told.take(CYDS, Mode.DEFER)).code == 250
        assert len(told.rulings.made) == 2


async def test_what_a_person_let_out_goes_out_whoever_is_in_its_links() -> None:
    async with a_gate(recognising=recognise) as told:
        await told.take(ADAS, Mode.DEFER)
        await told.decided()
        (name,) = told.ledger.streams
        approved = Ruling(standing=Standing.APPROVED, at=NOON, by="Ada")
        told.streams.rule(name, approved, set(Standing))

        assert (await told.take(BOBS, Mode.DEFER)).code == 250
        assert told.ledger.streams[name].ruling.personal == WHAT_IS_ADAS


async def test_no_check_counts_that_opened_what_is_a_readers_by_now() -> None:
    async with a_gate(recognising=recognise) as told:
        await told.take(ADAS, Mode.HOLD)
        await told.rulings.begun.wait()
        await told.take(BOBS, Mode.HOLD)

        await told.decided()

        assert told.rulings.personal == [frozenset(), WHAT_IS_ADAS]
        assert [one.state for one in told.ledger.kept.values()] == [HeldState.DUE] * 2


async def test_a_check_waits_for_another_readers_copy() -> None:
    async with a_gate(recognising=recognise, second_copy_s=60) as told:
        told.rulings.may_end.set()
        await told.take(ADAS, Mode.HOLD)
        await told.take(ADAS, Mode.HOLD)  # another try
        assert not told.rulings.made

        await told.take(BOBS, Mode.HOLD)
        await told.decided()

        assert told.rulings.personal == [WHAT_IS_ADAS]


async def test_without_another_readers_copy_it_is_checked_as_it_is() -> None:
    async with a_gate(recognising=recognise, second_copy_s=0.01) as told:
        await told.take(ADAS, Mode.HOLD)
        await told.decided()

        assert told.rulings.personal == [frozenset()]


async def waits_for_nothing(first: Copy) -> None:
    stream = replace(a_stream(Standing.CHECKING), first=first)

    async with asyncio.timeout(60):
        await Comparing(3_600).second_copy(stream, NOON)


async def test_a_newsletter_without_codes_waits_for_nothing() -> None:
    await waits_for_nothing(copy_of("https://example.org/five-ways", "https://example.org/2026"))


async def test_articles_with_a_number_for_each_wait_for_nothing() -> None:
    pages = [f"https://example.org/s/{500_000 + number}/story" for number in range(20)]

    await waits_for_nothing(copy_of(*pages, *(f"{page}/picture.png" for page in pages)))


async def test_what_goes_to_many_as_it_is_waits_for_nothing() -> None:
    await waits_for_nothing(copy_of(*asked("X7K2P9"), to=LIST, envelope=MANY))


async def test_of_what_goes_to_many_as_it_is_every_link_is_opened() -> None:
    link = "https://example.org/a/9f86d081884c7d659a2feaa0c55ad015"
    mail = a_letter(link, to=LIST, envelope=MANY)

    async with a_gate(recognising=recognise) as told:
        await told.take(mail)
        await told.decided()

        assert told.rulings.shared == [frozenset({link.rpartition("/")[2]})]


async def test_a_campaign_that_a_copy_agrees_with_comes_before_one_that_it_changes() -> None:
    async with a_gate(recognising=recognise) as told:
        known = KnownStreams(told.streams, told.clock, told_apart, fingerprint_of)
        changed = a_letter(*asked("Q8M4T1"))
        for mail in (ADAS, changed, ADAS):
            known.learn((await known.of(recognised(mail), mail)).stream)

        found = await known.of(recognised(BOBS), BOBS)

        assert (found.is_new, found.tells) == (False, frozenset())
        assert found.stream.first == recognised(changed)
