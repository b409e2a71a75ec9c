"""The campaign that a message is a copy of is found, or begun once."""

import asyncio
from dataclasses import replace

from sendguard.flows.gateway.streams import MOST_LETTERS, KnownStreams
from sendguard.gateway import (
    Mail,
    Ruling,
    Standing,
    Stream,
    fingerprint_of,
    told_apart,
)
from tests.fakes import SetClock
from tests.fakes_gateway import MemoryStreams, a_copy, a_mail
from tests.gateway.headlines import box, copy, message


def known(streams: MemoryStreams) -> KnownStreams:
    return KnownStreams(
        streams,
        SetClock(),
        lambda one, other: frozenset() if one.subject == other.first.subject else None,
        lambda one: one.subject,
    )


async def test_copies_that_come_at_once_begin_one_campaign() -> None:
    ours = known(MemoryStreams())

    found = await asyncio.gather(*(ours.of(a_copy(), a_mail()) for _ in range(20)))

    assert sum(one.is_new for one in found) == 1


async def test_a_process_that_comes_later_finds_it_in_the_store() -> None:
    streams = MemoryStreams()
    await known(streams).of(a_copy(), a_mail())

    found = await known(streams).of(a_copy(), a_mail())

    assert (found.stream.fingerprint, found.is_new) == ("News", False)


async def test_two_campaigns_with_one_key_are_two() -> None:
    ours = known(MemoryStreams())

    one = (await ours.of(a_copy(subject="One"), a_mail())).stream
    other = (await ours.of(a_copy(subject="Other"), a_mail())).stream

    assert one.fingerprint != other.fingerprint


async def test_of_two_processes_that_begin_one_at_once_the_second_takes_the_firsts() -> None:
    class Raced(MemoryStreams):
        """Another process is a little faster, once."""

        def begin(self, stream: Stream, sample: Mail, known: int) -> bool:
            if not self.samples:
                super().begin(stream, sample, known)
            return super().begin(stream, sample, known)

    found = await known(Raced()).of(a_copy(), a_mail())

    assert not found.is_new


async def test_what_another_process_decides_is_learnt() -> None:
    streams = MemoryStreams()
    ours, others = known(streams), known(streams)
    stream = (await ours.of(a_copy(), a_mail())).stream
    ruled = (await others.of(a_copy(), a_mail())).stream
    streams.rule(ruled.fingerprint, _passed(ruled), set(Standing))

    news = await ours.catch_up()

    assert [one.standing for one in news] == [Standing.PASSED]
    assert ours.latest(stream).standing is Standing.PASSED


def _passed(stream: Stream) -> Ruling:
    return Ruling(standing=Standing.PASSED, at=stream.ruling.at)


async def test_of_large_campaigns_only_few_are_kept_in_memory() -> None:
    streams, large = MemoryStreams(), "x" * (MOST_LETTERS // 4)
    ours = known(streams)

    begun = [await ours.of(replace(a_copy(key, key), texts=(large,)), a_mail()) for key in "abcd"]

    def is_known(stream: Stream) -> bool:
        return ours.latest(replace(stream, repairs=(("a", "b"),))) == stream

    kept = [one.stream for one in begun if is_known(one.stream)]
    assert [one.fingerprint for one in kept] == ["b", "c", "d"]


def reading(streams: MemoryStreams) -> KnownStreams:
    """One that reads what copies say."""
    return KnownStreams(streams, SetClock(), told_apart, fingerprint_of)


async def of_reader(ours: KnownStreams, number: int) -> str:
    """The campaign of a copy with that reader's own headline."""
    told = {
        "headline": f"What Anna{chr(97 + number)} missed",
        "to": box(number),
    }
    return (await ours.of(copy(**told), message(**told))).stream.fingerprint


async def test_copies_with_a_headline_for_each_reader_begin_three_campaigns_at_most() -> None:
    streams = MemoryStreams()
    ours = reading(streams)

    names = await asyncio.gather(*(of_reader(ours, number) for number in range(20)))

    assert len({*names}) == len(streams.samples) == 3
    assert len({*names[3:]}) == 1


async def test_every_process_comes_to_the_same_one_of_them() -> None:
    streams = MemoryStreams()
    ours, others = reading(streams), reading(streams)
    for number in range(4):
        await of_reader((ours, others)[number % 2], number)

    names = {await of_reader(one, 9) for one in (ours, others, reading(streams))}

    assert len(names) == 1
    assert len(streams.samples) == 3


async def test_a_process_that_knows_a_part_of_them_looks_into_the_store() -> None:
    streams = MemoryStreams()
    begun = [await of_reader(reading(streams), number) for number in range(4)]
    ours = reading(streams)
    for name in {*begun} - {begun[3]}:
        ours.learn(streams.ledger.streams[name])

    assert await of_reader(ours, 9) == begun[3]
