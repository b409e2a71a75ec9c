"""The real program, killed while it sends: nobody is lost, and nobody gets two by itself."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from sendguard.entrypoints.endings import INTERRUPTED
from sendguard.send import State
from tests.journeys.program import Running, kill
from tests.journeys.sending import (
    MOST_IN_DOUBT,
    Desk,
    a_desk,
    agrees,
    all_got_one,
    goes_on,
)
from tests.journeys.store_held import store_held
from tests.mail.counting import CountingServer, Point, counting_server
from tests.postgresql import Postgresql

GROUP = 50


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
def database(request: pytest.FixtureRequest) -> str:
    """The address of a database; nothing for SQLite in the folder of the test."""
    if request.param == "sqlite":
        return ""
    server: Postgresql = request.getfixturevalue("postgresql")
    return server.new_database(uuid4().hex)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[CountingServer]:
    async with counting_server(tmp_path) as running:
        yield running


async def killed_at(desk: Desk, server: CountingServer, point: Point, at: int = 1) -> None:
    """The campaign is sent, and the program killed when the server comes to that point."""
    await server.hold(point, at)
    async with desk.sending() as running:
        await server.until_held()
        await kill(running)
    await server.until_calm()


async def interrupted(desk: Desk, server: CountingServer, point: Point, by: int, at: int) -> int:
    """The campaign is sent, and the program interrupted at that point; what it exits with."""
    await server.hold(point, at)
    async with desk.sending() as running:
        await server.until_held()
        os.kill(running.pid, by)
        await asyncio.sleep(1)  # it hears that before the server goes on
        await server.go()
        code = await running.wait()
    await server.until_calm()
    return code


async def test_killed_before_it_claims_any_nobody_is_in_doubt(
    tmp_path: Path, server: CountingServer
) -> None:
    desk = a_desk(tmp_path, server.port)
    await interrupted(desk, server, "greeting", signal.SIGINT, at=1)
    sent = len(server.copies())

    with store_held(desk.database):
        async with desk.resuming() as running:
            await until_open(running, tmp_path / "sendguard.db")
            await asyncio.sleep(0.3)
            await kill(running)

    assert len(server.copies()) == sent
    assert (await desk.resume()).code == 0
    all_got_one(desk, server)


async def until_open(running: Running, file: Path) -> None:
    """Wait until the program has that file open."""
    async with asyncio.timeout(60):
        while file not in files_of(running):  # noqa: ASYNC110 - asked of another process
            await asyncio.sleep(0.01)


def files_of(running: Running) -> set[Path]:
    """What it has open."""
    found = set()
    for link in Path(f"/proc/{running.pid}/fd").iterdir():
        with suppress(OSError):  # it was closed just now
            found.add(link.readlink())
    return found


async def test_killed_when_it_has_claimed_some_only_those_are_in_doubt(
    tmp_path: Path, server: CountingServer, database: str
) -> None:
    desk = a_desk(tmp_path, server.port, database=database)

    await killed_at(desk, server, "greeting")

    assert not server.copies()
    begun = desk.states()[State.SENDING]
    assert GROUP <= begun <= MOST_IN_DOUBT
    assert await goes_on(desk, server) == begun


async def test_killed_within_a_message_it_is_not_taken_by_half(tmp_path: Path) -> None:
    async with counting_server(tmp_path, "--narrow") as server:
        html = f"<html><body><p>{'Long. ' * 100_000}</p><p>{{{{ name }}}}</p></body></html>"
        desk = a_desk(tmp_path, server.port, html=html, readers=60)

        await killed_at(desk, server, "data", at=7)

        assert len(server.copies()) < desk.states()[State.SENDING]
        assert all(server.bytes_of(copy).endswith(b"--\r\n") for copy in server.copies())
        assert 0 < await goes_on(desk, server) <= MOST_IN_DOUBT


async def test_killed_before_it_heard_the_answer_one_copy_each_is_there(
    tmp_path: Path, server: CountingServer, database: str
) -> None:
    desk = a_desk(tmp_path, server.port, database=database)

    await killed_at(desk, server, "taken", at=30)

    assert len(server.copies()) >= 30
    assert 0 < await goes_on(desk, server) <= MOST_IN_DOUBT


async def test_killed_between_the_answer_and_the_commit_a_hundred_are_in_doubt_at_most(
    tmp_path: Path, server: CountingServer, database: str
) -> None:
    desk = a_desk(tmp_path, server.port, database=database)
    await server.hold("greeting")
    async with desk.sending() as running:
        await server.until_held()
        await until_begun(desk, MOST_IN_DOUBT)
        with store_held(desk.database):
            await server.go()
            await server.until_taken(MOST_IN_DOUBT)
            await asyncio.sleep(0.5)  # all that was answered is heard, and more would have come
            await kill(running)

    assert sum(server.taken().values()) == MOST_IN_DOUBT
    assert desk.states()[State.SENT] == 0
    assert await goes_on(desk, server) == MOST_IN_DOUBT
    assert len(server.copies()) == 200 + MOST_IN_DOUBT


async def until_begun(desk: Desk, count: int) -> None:
    async with asyncio.timeout(60):
        while desk.states()[State.SENDING] < count:  # noqa: ASYNC110 - asked of another process
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(("by", "point"), [(signal.SIGINT, "data"), (signal.SIGTERM, "taken")])
async def test_interrupted_it_leaves_nobody_in_doubt(
    tmp_path: Path, server: CountingServer, point: Point, by: int
) -> None:
    desk = a_desk(tmp_path, server.port)

    code = await interrupted(desk, server, point, by, at=60)

    assert code == INTERRUPTED
    assert set(desk.states()) == {State.SENT, State.PENDING}
    agrees(desk, server)
    assert (await desk.resume()).code == 0
    all_got_one(desk, server)
