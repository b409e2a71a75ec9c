"""The real program keeps watch: nothing is missed, nothing is done twice, people hear of it."""

import asyncio
import json
import os
import random
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from sendguard.adapters.database.store import open_store
from tests.journeys.program import LONGEST_S, sendguard
from tests.journeys.serving import free_port, put, serving, set_up
from tests.postgresql import Postgresql
from tests.servers import Site, after, in_turn, page, site, titled

PAGES = {
    "/ship": titled("A ship of two hulls"),
    "/slow": after(60, titled("A ship of two hulls")),
    "/hook": page("taken"),
}


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Site]:
    """The Navigator's site, and a folder that leads to it."""
    async with site(PAGES) as there:
        set_up(tmp_path, there)
        yield there


def made(here: Path) -> list[tuple[str, str, str]]:
    """Every check that was kept: campaign, content, occasion."""
    with closing(sqlite3.connect(here / "sendguard.db")) as store:
        return store.execute("SELECT campaign, digest, occasion FROM run").fetchall()


async def test_a_new_campaign_is_checked_and_a_changed_one_again(web: Site, tmp_path: Path) -> None:
    async with serving(tmp_path) as it:
        await it.until("watching")
        put(tmp_path, "spring")
        assert (await it.until("checked"))["decision"] == "pass"

        put(tmp_path, "spring", "nowhere")
        checked = await it.until("checked", count=2)

    assert checked["decision"] == "block"
    assert checked["notice"] == "spring is blocked: 1 link is broken"
    assert [occasion for _, _, occasion in made(tmp_path)] == ["noticed", "noticed"]
    assert web.asked.count("/ship") == 1


def stored(here: Path) -> list[str]:
    """The files of the store."""
    return [file.name for file in here.glob("sendguard.db*")]


async def test_a_serve_that_was_ended_leaves_all_of_its_store_in_one_file(
    web: Site, tmp_path: Path
) -> None:
    del web
    async with serving(tmp_path) as it:
        put(tmp_path, "spring")
        await it.until("checked")
        assert await it.end() == 0

    assert stored(tmp_path) == ["sendguard.db"]
    assert len(made(tmp_path)) == 1


async def test_a_campaign_that_cannot_be_read_is_told(web: Site, tmp_path: Path) -> None:
    del web
    async with serving(tmp_path) as it:
        put(tmp_path, "spring", newsletter="none.html")
        checked = await it.until("checked")

        put(tmp_path, "spring")
        mended = await it.until("checked", count=2)

    assert (checked["decision"], checked["notice"]) == ("unreadable", "spring cannot be read")
    assert mended["notice"].startswith("spring may go out now")


async def test_a_campaign_is_checked_before_and_after_its_send(web: Site, tmp_path: Path) -> None:
    set_up(tmp_path, web, watch={"before": ["2s"], "after": ["1s"]})

    async with serving(tmp_path) as it:
        await it.until("watching")
        send_at = datetime.now(UTC) + timedelta(seconds=8)
        put(tmp_path, "spring", send_at=send_at.isoformat())
        before = await it.until("checked", moment="2s before")
        after_it = await it.until("checked", moment="1s after")

    first, second = (datetime.fromisoformat(one["timestamp"]) for one in (before, after_it))
    assert send_at - timedelta(seconds=2) <= first
    assert send_at + timedelta(seconds=1) <= second
    assert web.asked.count("/ship") == 3  # what is remembered counts only when it is noticed


async def test_people_are_told_once_of_a_change(web: Site, tmp_path: Path) -> None:
    set_up(tmp_path, web, notify=[f"json://ada:s3cret@127.0.0.1:{web.port}/hook"])

    async with serving(tmp_path) as it:
        for number, path in enumerate(("ship", "nowhere", "nowhere", "ship")):
            put(tmp_path, "spring", path, note=f"{number}")
            await it.until("checked", count=number + 1)
        await it.until("told", count=2)
        await it.end()

    assert [line["title"][:22] for line in it.of("told")] == [
        "spring is blocked: 1 l",
        "spring may go out now:",
    ]
    assert [json.loads(body)["type"] for body in web.bodies if body] == ["failure", "success"]
    assert web.asked.count("/hook") == 2


async def test_no_secret_is_logged_even_when_all_goes_wrong(web: Site, tmp_path: Path) -> None:
    taken = free_port()
    hooks = [f"json://ada:s3cret1@127.0.0.1:{taken}/t0ken", "slack://s3cret2AAA/s3cret3BBB/C"]
    smtp = {"host": "127.0.0.1", "user": "ada", "password": "s3cret4"}
    set_up(tmp_path, web, notify=hooks, smtp=smtp, log="text")
    put(tmp_path, "spring", "nowhere")

    async with serving(tmp_path) as it:
        async with asyncio.timeout(LONGEST_S):
            while not any("not-told" in line for line in it.raw):  # noqa: ASYNC110 - of another process
                await asyncio.sleep(0.05)

    assert not [line for line in it.raw if "s3cret" in line or "t0ken" in line]


async def test_a_server_that_is_not_there_ends_it(web: Site, tmp_path: Path) -> None:
    database = f"postgresql+psycopg://ada:s3cret@127.0.0.1:{free_port()}/sendguard"
    set_up(tmp_path, web, database=database)

    ran = await sendguard("serve", here=tmp_path)

    assert ran.code == 4
    assert "cannot be reached: nothing answers there" in ran.err
    assert "s3cret" not in ran.err
    assert len(ran.err.splitlines()) == 1


async def until_looked(client: httpx.AsyncClient, port: int) -> httpx.Response:
    """Whether it is ready, asked until a look was over."""
    async with asyncio.timeout(LONGEST_S):
        while True:
            ready = await client.get(f"http://127.0.0.1:{port}/readyz")
            if ready.json()["last_look_s"] is not None:
                return ready
            await asyncio.sleep(0.05)


async def test_health_is_told_to_whoever_asks(web: Site, tmp_path: Path) -> None:
    port = free_port()
    set_up(tmp_path, web, watch={"listen": f"127.0.0.1:{port}"})

    async with serving(tmp_path) as it, httpx.AsyncClient(trust_env=False) as client:
        await it.until("watching")
        await until_looked(client, port)
        alive = await client.get(f"http://127.0.0.1:{port}/healthz")
        ready = await client.get(f"http://127.0.0.1:{port}/readyz")
        head = await client.head(f"http://127.0.0.1:{port}/readyz")
        post = await client.post(f"http://127.0.0.1:{port}/readyz")

    assert alive.json() == {"alive": True}
    assert ready.json() | {"last_look_s": 0} == {
        "ready": True,
        "store": "ok",
        "campaigns": "ok",
        "watching": True,
        "watched_by": None,
        "last_look_s": 0,
        "under_way": 0,
        "outbox": "ok",
        "sending": None,
        "mail_server": "ok",
    }
    assert [answer.status_code for answer in (alive, ready, head, post)] == [200, 200, 200, 405]


async def test_a_start_in_the_wrong_folder_does_not_look_healthy(web: Site, tmp_path: Path) -> None:
    port = free_port()
    set_up(tmp_path, web, watch={"listen": f"127.0.0.1:{port}"}, campaigns="elsewhere")

    async with serving(tmp_path) as it, httpx.AsyncClient(trust_env=False) as client:
        await it.until("no-campaigns-folder")
        ready = await until_looked(client, port)

    assert (ready.status_code, ready.json()["campaigns"]) == (503, "missing")


async def test_a_new_campaign_with_last_years_date_is_told(web: Site, tmp_path: Path) -> None:
    del web
    async with serving(tmp_path) as it:
        await it.until("watching")
        await asyncio.sleep(0.5)  # for a look at no campaigns
        put(tmp_path, "spring", "nowhere", send_at="2025-11-24T09:00:00-05:00")
        checked = await it.until("checked")

    assert checked["notice"] == "spring was to be sent by now, and 1 link is broken"


async def test_a_page_that_died_is_seen_right_before_the_send(tmp_path: Path) -> None:
    dies = in_turn(titled("A ship of two hulls"), page("gone", "404 Not Found"))

    async with site({"/ship": dies}) as web:
        set_up(tmp_path, web, watch={"before": ["1s"], "after": []})
        async with serving(tmp_path) as it:
            await it.until("watching")
            send_at = datetime.now(UTC) + timedelta(seconds=12)
            put(tmp_path, "spring", send_at=send_at.isoformat())
            noticed = await it.until("checked", moment="noticed")
            before = await it.until("checked", moment="1s before")

    assert (noticed["decision"], before["decision"]) == ("pass", "block")


async def test_a_port_that_is_taken_ends_it(web: Site, tmp_path: Path) -> None:
    set_up(tmp_path, web, watch={"listen": f"127.0.0.1:{web.port}"})

    ran = await sendguard("serve", here=tmp_path)

    assert ran.code == 4
    assert "cannot be listened on (address already in use)" in ran.err.splitlines()[-1]


async def test_a_part_that_is_not_there_is_wrong_usage(web: Site, tmp_path: Path) -> None:
    del web

    ran = await sendguard("serve", "--only", "milter", here=tmp_path)

    assert ran.code == 2
    assert "gateway" in ran.err


async def test_without_a_store_it_does_not_begin(web: Site, tmp_path: Path) -> None:
    set_up(tmp_path, web, database=None)

    ran = await sendguard("serve", "--only", "scheduler", here=tmp_path)

    assert ran.code == 4
    assert "`database` is null: name one" in ran.err


async def test_a_store_of_a_later_release_ends_it(web: Site, tmp_path: Path) -> None:
    del web
    open_store(f"sqlite:///{tmp_path / 'sendguard.db'}").close()
    with closing(sqlite3.connect(tmp_path / "sendguard.db")) as store:
        store.execute("UPDATE sendguard_version SET version_num = '9999'")
        store.commit()

    ran = await sendguard("serve", here=tmp_path)

    assert ran.code == 4
    assert "was made by a later release" in ran.err


@pytest.mark.parametrize(("by", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
async def test_it_ends_at_once_when_it_is_told_to(
    web: Site, tmp_path: Path, by: signal.Signals, code: int
) -> None:
    put(tmp_path, "slow", "slow")
    async with serving(tmp_path) as it:
        async with asyncio.timeout(LONGEST_S):
            while "/slow" not in web.asked:  # noqa: ASYNC110 - asked by another process
                await asyncio.sleep(0.05)

        began_s = monotonic()
        assert await it.end(by) == code

        assert monotonic() - began_s < 10  # the page is waited for longer
    assert "Traceback" not in "".join(it.raw)


async def test_of_two_one_watches_and_the_other_takes_over(web: Site, tmp_path: Path) -> None:
    del web
    async with serving(tmp_path) as first:
        await first.until("watching")
        async with serving(tmp_path) as second:
            await second.until("standing-by")
            put(tmp_path, "spring")
            await first.until("checked")

            await first.end(signal.SIGKILL)
            await second.until("watching")
            put(tmp_path, "summer")
            await second.until("checked")

            assert [line["campaign"] for line in second.of("checked")] == ["summer"]


async def test_without_a_folder_for_campaigns_it_waits(web: Site, tmp_path: Path) -> None:
    del web
    (tmp_path / "campaigns").rmdir()
    async with serving(tmp_path) as it:
        await it.until("no-campaigns-folder")
        (tmp_path / "campaigns").mkdir()
        put(tmp_path, "spring")
        await it.until("checked")

    assert len(it.of("no-campaigns-folder")) == 1


async def kill_at_random_moments(here: Path, kills: int, seed: int) -> None:
    """Begin it, change a campaign, kill it; and in the end let it finish."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for number in range(kills):
        put(here, f"c{number % 3}", note=f"{number}")
        async with serving(here) as it:
            await it.until("started")
            await asyncio.sleep(chance.uniform(0, 1.2))
            await it.end(signal.SIGKILL)
    async with serving(here) as it:
        await it.until("watching")
        await asyncio.sleep(1)  # for one look at least
        async with asyncio.timeout(LONGEST_S):
            while waiting(here):  # noqa: ASYNC110 - for another process
                await asyncio.sleep(0.1)
        await it.end()


def waiting(here: Path) -> int:
    with closing(sqlite3.connect(here / "sendguard.db")) as store:
        is_open = "state IN ('pending', 'taken')"
        count = store.execute(f"SELECT count(*) FROM moment WHERE {is_open}")  # noqa: S608
        return int(count.fetchone()[0])


def assert_done_just_once(here: Path, campaigns: int) -> None:
    with closing(sqlite3.connect(here / "sendguard.db")) as store:
        done = store.execute("SELECT run FROM moment WHERE state = 'done'").fetchall()
        runs = store.execute("SELECT id FROM run").fetchall()
        now = "SELECT count(*) FROM watched JOIN moment USING (campaign, content)"
        current = store.execute(f"{now} WHERE state = 'done'").fetchone()[0]
    assert sorted(done) == sorted(runs)
    assert set(Counter(made(here)).values()) == {1}
    assert current == campaigns


async def test_however_often_it_is_killed_each_check_is_made_just_once(
    web: Site, tmp_path: Path
) -> None:
    del web
    await kill_at_random_moments(tmp_path, 3, seed=5)

    assert_done_just_once(tmp_path, campaigns=3)


@pytest.mark.soak
async def test_hundreds_of_kills_lose_and_double_nothing(web: Site, tmp_path: Path) -> None:
    del web
    await kill_at_random_moments(tmp_path, 300, seed=int.from_bytes(os.urandom(4)))

    assert_done_just_once(tmp_path, campaigns=3)


async def test_a_server_that_loses_us_is_found_again(web: Site, tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir()
    with Postgresql.running(tmp_path / "pg") as server:
        database = server.new_database("sendguard")
        set_up(tmp_path, web, database=database)
        async with serving(tmp_path) as it:
            await it.until("watching")
            end_all_sessions(database)
            await it.until("watching", count=2)
            put(tmp_path, "spring")
            await it.until("checked")

            assert it.of("store-lost")
            assert it.of("store-back")


def end_all_sessions(database: str) -> None:
    plain = urlsplit(database)._replace(scheme="postgresql").geturl()
    others = "pid != pg_backend_pid() AND datname = current_database()"
    end = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"  # noqa: S608
    with psycopg.connect(plain) as connection:
        connection.execute(end.encode())


async def test_a_time_limit_that_signals_twice_lets_it_say_goodbye(
    web: Site, tmp_path: Path
) -> None:
    del web
    async with serving(tmp_path, under=("timeout", "600")) as it:
        await it.until("watching")

        await it.end()  # `timeout` takes it for the end of the time

        await it.until("stopped")
