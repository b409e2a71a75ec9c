"""The real program, sending while servers die, cables are cut and disks are full."""

import asyncio
import os
import random
import resource
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.endings import INTERRUPTED, SAME_S
from sendguard.send import State
from tests.journeys.program import Running, kill
from tests.journeys.sending import (
    MOST_IN_DOUBT,
    Desk,
    a_desk,
    agrees,
    all_got_one,
    goes_on,
    sends_again,
)
from tests.mail.cable import cable
from tests.mail.counting import CountingServer, counting_server
from tests.postgresql import Postgresql


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[CountingServer]:
    async with counting_server(tmp_path, "--pause", "0.01") as running:
        yield running


async def test_a_server_that_dies_and_comes_back_gets_the_rest(
    tmp_path: Path, server: CountingServer
) -> None:
    desk = a_desk(tmp_path, server.port)

    async with desk.sending() as running:
        for so_many in (50, 120):
            await server.until_taken(so_many)
            await server.kill()
            await server.start()
        await running.wait()

    agrees(desk, server)
    assert set(desk.states()) <= {State.SENT, State.IN_DOUBT}
    await sends_again(desk, server)


async def test_a_cable_that_is_cut_again_and_again_carries_all_once(
    tmp_path: Path, server: CountingServer
) -> None:
    chance = random.Random(42)  # noqa: S311 - no secret
    cuts = iter([chance.randrange(1, 20_000) for _ in range(15)])
    async with cable(server.port, lambda: next(cuts, None)) as laid:
        desk = a_desk(tmp_path, laid.port)

        await desk.send()

        assert laid.cuts == 15
        await server.until_calm()
        agrees(desk, server)
        assert set(desk.states()) <= {State.SENT, State.IN_DOUBT}
        await sends_again(desk, server)


async def test_a_network_that_swallows_all_is_left_by_the_second_interrupt(
    tmp_path: Path, server: CountingServer
) -> None:
    async with cable(server.port) as laid:
        desk = a_desk(tmp_path, laid.port)
        async with desk.sending() as running:
            await server.until_taken(60)
            laid.swallows = True
            assert not await ends_at_an_interrupt(running)
            while not await ends_at_an_interrupt(running):
                pass  # a busy machine may take the second for the first
        laid.swallows = False

        assert running.returncode == INTERRUPTED
        assert 0 < desk.states()[State.SENDING] <= MOST_IN_DOUBT
        agrees(desk, server)
        assert await goes_on(desk, server) <= MOST_IN_DOUBT


async def ends_at_an_interrupt(running: Running) -> bool:
    """Ctrl-C, and time to hear it; whether that was the end."""
    os.kill(running.pid, signal.SIGINT)
    with suppress(TimeoutError):
        await asyncio.wait_for(running.wait(), SAME_S + 0.5)
        return True
    return False


def let_files_grow(running: Running, most: int) -> None:
    """No file that the program writes gets longer: what a full disk is to it."""
    _, hard = resource.prlimit(running.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (most, hard))


def largest_file(desk: Desk) -> int:
    return max(file.stat().st_size for file in desk.here.glob("sendguard.db*"))


async def test_a_disk_that_is_full_for_a_while_leaves_nobody_in_doubt(
    tmp_path: Path, server: CountingServer
) -> None:
    desk = a_desk(tmp_path, server.port)
    await server.hold("dot", at=60)
    async with desk.sending() as running:
        await server.until_held()

        let_files_grow(running, 4_096)
        await server.go()
        await asyncio.sleep(2)
        stood = len(server.copies())
        let_files_grow(running, resource.RLIM_INFINITY)
        await running.wait()

    assert stood <= 60 + MOST_IN_DOUBT
    assert set(desk.states()) <= {State.SENT, State.PENDING}
    agrees(desk, server)
    await desk.resume()
    all_got_one(desk, server)


@pytest.mark.soak
async def test_a_disk_that_stays_full_ends_it_with_a_hundred_in_doubt_at_most(
    tmp_path: Path, server: CountingServer
) -> None:
    desk = a_desk(tmp_path, server.port)
    await server.hold("dot", at=60)
    async with desk.sending() as running:
        await server.until_held()
        let_files_grow(running, 4_096)
        await server.go()
        code = await running.wait()

    assert code == 4
    assert desk.states()[State.SENDING] <= MOST_IN_DOUBT
    agrees(desk, server)
    assert await goes_on(desk, server) <= MOST_IN_DOUBT


async def queued(desk: Desk, server: CountingServer) -> None:
    """All of it waits, and nothing was sent."""
    await server.hold("greeting")
    async with desk.sending() as running:
        await server.until_held()
        os.kill(running.pid, signal.SIGINT)
        await running.wait()
    await server.until_calm()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_two_at_once_send_each_once(
    tmp_path: Path, server: CountingServer, postgresql: Postgresql, kind: str
) -> None:
    database = "" if kind == "sqlite" else postgresql.new_database(uuid4().hex)
    desk = a_desk(tmp_path, server.port, readers=1_000, database=database)
    await queued(desk, server)

    await asyncio.gather(desk.resume(), desk.resume())

    all_got_one(desk, server)


async def test_a_campaign_that_two_send_at_the_same_instant_goes_out_once(
    tmp_path: Path, server: CountingServer
) -> None:
    desk = a_desk(tmp_path, server.port)

    ran = await asyncio.gather(desk.send(), desk.send())

    assert sorted(one.code for one in ran) == [0, NOT_PASSED], ran
    all_got_one(desk, server)


async def test_of_two_the_one_that_lives_takes_over_from_the_one_that_is_killed(
    tmp_path: Path, server: CountingServer
) -> None:
    desk = a_desk(tmp_path, server.port, readers=1_200)
    await queued(desk, server)
    async with desk.resuming() as one:
        await server.until_taken(100)
        async with desk.resuming() as other:
            await server.until_taken(250)
            await kill(one)
            await other.wait()

    agrees(desk, server)
    assert set(desk.states()) <= {State.SENT, State.IN_DOUBT}
    assert desk.states()[State.IN_DOUBT] <= MOST_IN_DOUBT
    await sends_again(desk, server)
