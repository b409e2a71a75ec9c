"""The store in trouble: the report is told in full, one line says what is wrong, nothing passes."""

import asyncio
import random
import signal
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic

import pytest

from sendguard.adapters.database.store import open_store
from sendguard.adapters.database.versions import VERSION_TABLE
from tests.journeys.program import SENDGUARD, Ran, begun, outcome_of, sendguard
from tests.journeys.stored import FINE, WRONG, a_campaign, check, kept, lines, names_in

KILLS = 12


def in_trouble(ran: Ran, says: str) -> None:
    """The report was told in full, then one line, and nothing passes."""
    assert ran.code == 4, ran
    assert "PASS" in ran.out
    assert len(lines(ran.err)) == 1
    assert says in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("options", [[], ["--reuse", "1h"]])
async def test_a_store_that_is_locked(tmp_path: Path, options: list[str]) -> None:
    a_campaign(tmp_path)
    await check(tmp_path)
    (tmp_path / "campaigns/spring/n.html").write_text(f"{FINE}!", "utf-8")
    with closing(sqlite3.connect(tmp_path / "sendguard.db")) as other:
        other.execute("BEGIN IMMEDIATE")

        ran = await check(tmp_path, *options)

    in_trouble(ran, "the store sendguard.db is locked: another program has been writing")


@pytest.mark.parametrize("options", [[], ["--reuse", "1h"]])
async def test_a_store_of_a_later_release(tmp_path: Path, options: list[str]) -> None:
    a_campaign(tmp_path)
    await check(tmp_path)
    with closing(sqlite3.connect(tmp_path / "sendguard.db")) as database, database:
        database.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608

    in_trouble(await check(tmp_path, *options), "was made by a later release of SendGuard")


async def test_a_store_that_is_none(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    (tmp_path / "sendguard.db").write_text("no database at all, but a longer text" * 9)

    in_trouble(await check(tmp_path), "the store sendguard.db is no database")


NO_EXCEPTIONS = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE
os.execv(sys.executable, [sys.executable, "-m", "sendguard", *sys.argv[1:]])
"""
"""Modes hold for root, too."""


async def by_the_modes(*arguments: str, here: Path) -> Ran:
    return await through(NO_EXCEPTIONS, *arguments, here=here)


async def through(program: str, *arguments: str, here: Path) -> Ran:
    """As `sendguard`, begun by a program that changes what it may do."""
    async with begun(sys.executable, "-c", program, *arguments, here=here) as running:
        return await outcome_of(running)


def close_to_writers(folder: Path) -> None:
    folder.chmod(0o555)


@pytest.mark.parametrize("options", [[], ["--reuse", "1h"]])
async def test_a_folder_that_is_read_only(tmp_path: Path, options: list[str]) -> None:
    a_campaign(tmp_path)
    close_to_writers(tmp_path)

    ran = await by_the_modes("check", "campaigns/spring", *options, here=tmp_path)

    in_trouble(ran, "cannot be opened: see that its folder is there and may be written")
    assert names_in(tmp_path) == {"campaigns"}


async def test_a_store_that_may_only_be_read_takes_no_check(tmp_path: Path) -> None:
    folder = a_campaign(tmp_path)
    await check(tmp_path)
    (folder / "n.html").write_text(f"{FINE}!", "utf-8")
    close_to_writers(tmp_path)

    in_trouble(
        await by_the_modes("check", "campaigns/spring", here=tmp_path), "the store sendguard.db"
    )
    assert len(kept(tmp_path)) == 1


async def test_a_store_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    (tmp_path / "config.yaml").write_text("database: sqlite:///gone/sendguard.db", "utf-8")

    in_trouble(await check(tmp_path), "cannot be opened: see that its folder is there")


async def test_trouble_hides_no_finding(tmp_path: Path) -> None:
    a_campaign(tmp_path, WRONG)
    (tmp_path / "sendguard.db").write_text("no database at all, but a longer text" * 9)

    ran = await check(tmp_path)

    assert ran.code == 4
    assert "SG101" in ran.out
    assert "BLOCKED" in ran.out


async def test_to_approve_goes_on_where_nothing_can_be_kept(tmp_path: Path) -> None:
    a_campaign(tmp_path, WRONG)
    (tmp_path / "sendguard.db").write_text("no database at all, but a longer text" * 9)

    word = ("--by", "Ada", "--because", "It is meant so")
    ran = await sendguard("approve", "campaigns/spring", "SG101", *word, here=tmp_path)

    assert ran.code == 0
    assert "approved by Ada" in ran.out
    assert "is no database" in ran.err


ANY_SIZE = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.executable, [sys.executable, "-m", "sendguard", *sys.argv[2:]])
"""
"""No file may grow beyond that: what a full disk is to whoever writes."""


async def in_little_room(here: Path, room: int) -> Ran:
    return await through(ANY_SIZE, f"{room}", "check", "campaigns/spring", "--offline", here=here)


@pytest.mark.parametrize("room", [0, 4_096, 32_768, 60_000])
async def test_a_disk_that_is_full_while_the_store_is_made(tmp_path: Path, room: int) -> None:
    a_campaign(tmp_path)

    in_trouble(await in_little_room(tmp_path, room), "the store sendguard.db")
    after = await check(tmp_path)

    assert after.code == 0
    assert len(kept(tmp_path)) == 1


async def test_a_disk_that_is_full_takes_nothing_by_half(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    await check(tmp_path)
    size = (tmp_path / "sendguard.db").stat().st_size

    ran = await in_little_room(tmp_path, 4_096)

    in_trouble(ran, "the store sendguard.db")
    assert (tmp_path / "sendguard.db").stat().st_size == size
    assert len(kept(tmp_path)) == 1


async def is_killed(here: Path, delay_s: float) -> bool:
    """Start a check and kill it after a while; True where it was not done by then."""
    async with begun(*SENDGUARD, "check", "campaigns/spring", "--offline", here=here) as running:
        with suppress(TimeoutError):
            await asyncio.wait_for(running.wait(), delay_s)
    return running.returncode == -signal.SIGKILL


async def survive_kills(here: Path, number: int) -> None:
    """So many checks that are killed at any moment leave a store that can be read."""
    a_campaign(here)
    chance = random.Random(42)  # noqa: S311 - no secret
    killed, whole_s = 0, 1.0
    while killed < number:
        before, began = len(kept(here)), monotonic()
        if await is_killed(here, chance.uniform(0, whole_s)):
            killed += 1
        else:
            whole_s = monotonic() - began  # what comes later than that kills nothing
        with closing(sqlite3.connect(here / "sendguard.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert not database.execute("PRAGMA foreign_key_check").fetchall()
        assert len(kept(here)) in {before, before + 1}
    with closing(open_store(f"sqlite:///{here / 'sendguard.db'}")) as store:
        assert all(store.record(one.id) for one in store.runs("spring"))


async def test_a_check_that_is_killed_at_any_moment_leaves_a_store_that_can_be_read(
    tmp_path: Path,
) -> None:
    await survive_kills(tmp_path, KILLS)


@pytest.mark.soak
async def test_thousands_of_checks_that_are_killed(tmp_path: Path) -> None:
    await survive_kills(tmp_path, 2_000)
